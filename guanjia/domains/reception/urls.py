"""Pages of reception."""

from typing import Any

from django.urls import path

from . import lists, screens

app_name = "reception"


def pages(where: str, register: Any, things: Any) -> list[Any]:
    """A list, the form of a new one where there is one, one of them."""
    at, (_list, new, one) = f"p/<slug:project>/reception/{where}", things.names
    made = [path(at, register.screen, name=where), path(f"{at}/<id:pk>", things.page, name=one)]
    return [*made, path(f"{at}/new", things.new, name=new)] if things.create else made


urlpatterns = [
    path("p/<slug:project>/reception", screens.home, name="home"),
    path("p/<slug:project>/reception/situations", screens.cards, name="situations"),
    path("p/<slug:project>/reception/call-backs/<id:pk>/number", screens.number, name="number"),
    *pages("calls", lists.calls, lists.call_pages),
    *pages("call-backs", lists.call_backs, lists.back_pages),
    *pages("slips", lists.slips, lists.slip_pages),
    *pages("walk-ins", lists.walk_ins, lists.walk_in_pages),
    *pages("replies", lists.replies, lists.reply_pages),
    *pages("help", lists.helps, lists.help_pages),
    *pages("private", lists.private, lists.private_pages),
    *pages("costs", lists.costs, lists.cost_pages),
]
