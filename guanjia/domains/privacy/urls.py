"""Pages of privacy."""

from django.urls import path

from . import screens

app_name = "privacy"
urlpatterns = [
    path("p/<slug:project>/privacy/requests", screens.register.screen, name="list"),
    path("p/<slug:project>/privacy/requests/<id:pk>", screens.pages.page, name="page"),
    path("p/<slug:project>/privacy/kept", screens.kept, name="kept"),
]
