"""Addresses of the look: the sheet, the worker of the phones, a person's wishes, the page of patterns."""

from django.urls import path

from . import screens

app_name = "web"
urlpatterns = [
    path("look/<slug:digest>.css", screens.style_sheet, name="sheet"),
    path("sw.js", screens.worker, name="worker"),
    path("offline", screens.offline, name="offline"),
    path("look/token", screens.token, name="token"),
    path("look/language", screens.language, name="language"),
    path("look/theme", screens.theme, name="theme"),
    path("look/density", screens.density, name="density"),
    path("look/keys", screens.keys, name="keys"),
    path("patterns/", screens.patterns, name="patterns"),
    path("patterns/phone/", screens.patterns_phone, name="patterns-phone"),
]
