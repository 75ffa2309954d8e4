"""Pages of reception."""

from django.urls import path

from . import lists, screens

app_name = "reception"
HERE = "p/<slug:project>/reception"
urlpatterns = [
    path(HERE, screens.home, name="home"),
    path(f"{HERE}/situations", screens.cards, name="situations"),
    path(f"{HERE}/call-backs/<id:pk>/number", screens.number, name="number"),
    *lists.calls.at("reception/calls"),
    *lists.call_backs.at("reception/call-backs"),
    *lists.slips.at("reception/slips"),
    *lists.walk_ins.at("reception/walk-ins"),
    *lists.replies.at("reception/replies"),
    *lists.helps.at("reception/help"),
    *lists.private.at("reception/private"),
    *lists.costs.at("reception/costs"),
]
