"""Addresses of approvals."""

from django.urls import path

from . import phone, screens

app_name = "approvals"
_AT = "p/<slug:project>/approvals"
urlpatterns = [
    path(_AT, screens.inbox, name="inbox"),
    path(f"{_AT}/rules", screens.rules_page, name="rules"),
    path(f"{_AT}/rules/<slug:rule>", screens.rule, name="rule"),
    path(f"{_AT}/phone", phone.inbox, name="phone"),
    path(f"{_AT}/phone/batch", phone.batch, name="batch"),
    path(f"{_AT}/phone/<id:pk>", phone.page, name="phone-page"),
    path(f"{_AT}/phone/<id:pk>/refuse", phone.refuse, name="phone-refuse"),
    path(f"{_AT}/<id:pk>", screens.page, name="page"),
    path(f"{_AT}/<id:pk>/again", screens.again, name="again"),
]
