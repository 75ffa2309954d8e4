"""Pages of archives."""

from django.urls import include, path

from . import scans, screens, shelves

app_name = "archives"
HERE = "p/<slug:project>/archives"
documents = [
    path(f"{HERE}/documents", screens.documents.screen, name="list"),
    path(f"{HERE}/documents/<id:pk>", shelves.document, name="page"),
]
destructions = [
    path(f"{HERE}/destructions", screens.destructions.screen, name="list"),
    path(f"{HERE}/destructions/new", screens.destruction_pages.new, name="new"),
    path(f"{HERE}/destructions/<id:pk>", screens.destruction_pages.page, name="page"),
]
tidyings = [
    path(f"{HERE}/tidyings", screens.tidyings.screen, name="list"),
    path(f"{HERE}/tidyings/new", screens.tidying_pages.new, name="new"),
    path(f"{HERE}/tidyings/<id:pk>", screens.tidying_pages.page, name="page"),
]
files = [
    path(f"{HERE}", screens.files.screen, name="list"),
    path(f"{HERE}/new", screens.file_pages.new, name="new"),
    path(f"{HERE}/<id:pk>", shelves.file, name="page"),
]
urlpatterns = [
    *files,
    path(f"{HERE}/loans", screens.loans.screen, name="loans"),
    path(f"{HERE}/retention", shelves.retention, name="retention"),
    path(f"{HERE}/scans/<id:pk>", scans.show, name="scan"),
    path("", include((documents, "documents"))),
    path("", include((destructions, "destructions"))),
    path("", include((tidyings, "tidyings"))),
]
