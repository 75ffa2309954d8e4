"""Pages of standing instructions."""

from django.urls import path

from . import screens

app_name = "instructions"
urlpatterns = [
    path("p/<slug:project>/instructions", screens.register.screen, name="list"),
    path("p/<slug:project>/instructions/new", screens.pages.new, name="new"),
    path("p/<slug:project>/instructions/<id:pk>", screens.pages.page, name="page"),
]
