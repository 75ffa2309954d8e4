"""Addresses of the telephone."""

from django.urls import path

from . import screens

app_name = "telephone"
urlpatterns = [
    path("hooks/telephone/<slug:project>", screens.hook, name="hook"),
    path("p/<slug:project>/telephone/ringing", screens.ringing, name="ringing"),
    path("p/<slug:project>/telephone/seat", screens.seat, name="seat"),
    path("p/<slug:project>/telephone/calls", screens.calls.screen, name="calls"),
    path("p/<slug:project>/telephone/calls/<id:pk>/open", screens.open_card, name="open"),
]
