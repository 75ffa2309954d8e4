from django.urls import path

from . import by_post, screens

app_name = "compliance"
urlpatterns = [
    path("p/<slug:project>/compliance", screens.board, name="board"),
    path("p/<slug:project>/compliance/posts", by_post.page, name="by-post"),
    path("p/<slug:project>/compliance/export", screens.export, name="export"),
    path("p/<slug:project>/compliance/clause/<slug:clause_id>", screens.rows, name="rows"),
]
