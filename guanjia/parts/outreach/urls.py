"""Addresses of what one is told."""

from django.urls import path

from . import screens

app_name = "outreach"
urlpatterns = [
    path("p/<slug:project>/notices", screens.notices, name="inbox"),
    path("p/<slug:project>/notices/read-all", screens.read_all, name="read-all"),
    path("p/<slug:project>/notices/mail", screens.mail, name="mail"),
    path("p/<slug:project>/notices/<id:notice_id>", screens.go, name="go"),
]
