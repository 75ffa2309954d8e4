"""Pages of things left with us."""

from django.urls import path

from . import screens

app_name = "left_items"
urlpatterns = [
    path("p/<slug:project>/left-items", screens.register.screen, name="list"),
    path("p/<slug:project>/left-items/new", screens.pages.new, name="new"),
    path("p/<slug:project>/left-items/<id:pk>", screens.pages.page, name="page"),
]
