from django.urls import path

from . import screens

app_name = "compliance"
urlpatterns = [
    path("p/<slug:project>/compliance", screens.board, name="board"),
    path("p/<slug:project>/compliance/export", screens.export, name="export"),
    path("p/<slug:project>/compliance/clause/<slug:clause_id>", screens.rows, name="rows"),
]
