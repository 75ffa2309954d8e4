"""Pages of notices."""

from django.urls import path

from . import screens

app_name = "notices"
urlpatterns = [
    path("p/<slug:project>/bulletins", screens.register.screen, name="list"),
    path("p/<slug:project>/bulletins/new", screens.pages.new, name="new"),
    path("p/<slug:project>/bulletins/<id:pk>", screens.pages.page, name="page"),
]
