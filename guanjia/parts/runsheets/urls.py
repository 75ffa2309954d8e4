from django.urls import path

from guanjia.web import doors  # noqa: F401  (its import registers the converters of addresses)

from . import screens

app_name = "runsheets"
urlpatterns = [
    path("p/<slug:project>/run-sheets", screens.register.screen, name="list"),
    path("p/<slug:project>/run-sheets/new", screens.new, name="new"),
    path("p/<slug:project>/run-sheets/<id:pk>", screens.page, name="page"),
]
