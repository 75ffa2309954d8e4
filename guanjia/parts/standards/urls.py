from django.urls import path

from . import deciding, screens

app_name = "standards"
urlpatterns = [
    path("p/<slug:project>/standards", screens.home, name="home"),
    path("p/<slug:project>/standards/decide", deciding.decide, name="decide"),
    path("p/<slug:project>/standards/days", screens.days, name="days"),
    path("p/<slug:project>/standards/chapter/<slug:area>", screens.chapter, name="chapter"),
    path("p/<slug:project>/standards/clause/<slug:clause_id>", screens.clause, name="clause"),
    path("p/<slug:project>/standards/clause/<slug:clause_id>/change", screens.change, name="change"),
]
