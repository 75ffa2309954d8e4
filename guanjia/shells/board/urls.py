"""The wall's own short address, to be typed with a remote control; the leader's board under the project."""

from django.urls import path

from . import screens

app_name = "board"
urlpatterns = [
    path("board", screens.wall, name="wall"),
    path("board/code", screens.code, name="code"),
    path("board/waiting", screens.waiting, name="waiting"),
    path("board/figures", screens.figures, name="figures"),
    path("p/<slug:project>/board", screens.page, name="page"),
    path("p/<slug:project>/board/figures", screens.page_figures, name="page-figures"),
    path("p/<slug:project>/board/day", screens.day, name="day"),
]
