"""Pages of what cleaning and greening was asked for."""

from django.urls import path

from . import screens

app_name = "cases"
urlpatterns = [path("p/<slug:project>/cleaning", screens.cleaning.screen, name="cleaning")]
