"""Any paper of a thing, and blank forms."""

from django.urls import path, re_path

from . import screens

app_name = "papers"
urlpatterns = [
    path(
        "p/<slug:project>/<name:label>/<id:pk>/print/<name:room>/<name:verb>",
        screens.sheet,
        name="sheet",
    ),
    path("p/<slug:project>/forms", screens.blanks, name="blanks"),
    re_path(r"^p/(?P<project>[-a-zA-Z0-9_]+)/forms/(?P<form_id>F-[A-Z0-9-]{1,30})\.pdf$", screens.blank, name="blank"),
]
