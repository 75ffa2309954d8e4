"""Pages of gifts."""

from django.urls import path

from . import screens

app_name = "gifts"
urlpatterns = [
    path("p/<slug:project>/gifts", screens.register.screen, name="list"),
    path("p/<slug:project>/gifts/new", screens.pages.new, name="new"),
    path("p/<slug:project>/gifts/<id:pk>", screens.pages.page, name="page"),
]
