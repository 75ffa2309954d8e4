"""Pages of things to lend."""

from django.urls import path

from . import screens

app_name = "goods"
urlpatterns = [
    path("p/<slug:project>/goods", screens.register.screen, name="list"),
    path("p/<slug:project>/goods/new", screens.pages.new, name="new"),
    path("p/<slug:project>/goods/<id:pk>", screens.pages.page, name="page"),
]
