"""Pages of keys."""

from django.urls import path

from . import cabinet, making, screens, sheets

app_name = "keys"
urlpatterns = [
    path("p/<slug:project>/keys", cabinet.home, name="home"),
    path("p/<slug:project>/keys/list", screens.register.screen, name="list"),
    path("p/<slug:project>/keys/mine", screens.mine.screen, name="mine"),
    path("p/<slug:project>/keys/new", screens.pages.new, name="new"),
    path("p/<slug:project>/keys/find", cabinet.find, name="find"),
    path("p/<slug:project>/keys/tag/<slug:tag>", cabinet.scanned, name="tag"),
    path("p/<slug:project>/keys/cabinets/new", making.new_cabinet, name="new_cabinet"),
    path("p/<slug:project>/keys/sheets", sheets.page, name="sheets"),
    *screens.papers.at("keys/authorisations"),
    *screens.issued.at("keys/issued"),
    path("p/<slug:project>/keys/of-house/<id:pk>/issue", making.issue, name="issue_to"),
    path("p/<slug:project>/keys/<id:pk>", screens.pages.page, name="page"),
    path("p/<slug:project>/keys/<id:pk>/copy", making.copy, name="copy"),
]
