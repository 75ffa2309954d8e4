"""Pages of finds and losses."""

from django.urls import path

from . import screens

app_name = "lostfound"
urlpatterns = [
    path("p/<slug:project>/found", screens.finds.screen, name="list"),
    path("p/<slug:project>/found/new", screens.find_pages.new, name="new"),
    path("p/<slug:project>/found/<id:pk>", screens.find_pages.page, name="page"),
    path("p/<slug:project>/losses", screens.losses.screen, name="losses"),
    path("p/<slug:project>/losses/new", screens.loss_pages.new, name="new_loss"),
    path("p/<slug:project>/losses/<id:pk>", screens.loss_pages.page, name="loss"),
]
