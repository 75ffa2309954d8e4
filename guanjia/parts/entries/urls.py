"""Pages of entries."""

from django.urls import path, re_path

from . import screens

app_name = "entries"
urlpatterns = [
    path("p/<slug:project>/entries", screens.register.screen, name="list"),
    path("p/<slug:project>/entries/new", screens.choose, name="choose"),
    re_path(r"^p/(?P<project>[-a-zA-Z0-9_]+)/entries/new/(?P<form_id>F-[A-Z0-9-]{1,30})$", screens.new, name="new"),
    path("p/<slug:project>/entries/<id:pk>", screens.page, name="page"),
]
