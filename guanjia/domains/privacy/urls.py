"""Pages of privacy."""

from django.urls import path

from . import screens

app_name = "privacy"
urlpatterns = [
    path("p/<slug:project>/privacy/requests", screens.register.screen, name="list"),
    path("p/<slug:project>/privacy/requests/<id:pk>", screens.pages.page, name="page"),
    path("p/<slug:project>/privacy/backups", screens.backups.screen, name="backups"),
    path("p/<slug:project>/privacy/backups/new", screens.backup_pages.new, name="new-trial"),
    path("p/<slug:project>/privacy/backups/<id:pk>", screens.backup_pages.page, name="backup"),
    path("p/<slug:project>/privacy/kept", screens.kept, name="kept"),
]
