"""Pages of archives."""

from django.urls import include, path

from . import scans, screens, shelves

app_name = "archives"
HERE = "p/<slug:project>/archives"
documents = [
    path(f"{HERE}/documents", screens.documents.screen, name="list"),
    path(f"{HERE}/documents/<id:pk>", shelves.document, name="page"),
]
urlpatterns = [
    path(f"{HERE}/loans", screens.loans.screen, name="loans"),
    path(f"{HERE}/retention", shelves.retention, name="retention"),
    path(f"{HERE}/scans/<id:pk>", scans.show, name="scan"),
    *screens.files.at("archives", page=shelves.file),
    path("", include((documents, "documents"))),
    *screens.destructions.at("archives/destructions"),
    *screens.tidyings.at("archives/tidyings"),
]
