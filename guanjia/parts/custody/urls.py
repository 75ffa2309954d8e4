from django.urls import path

from guanjia.web import doors  # noqa: F401  (its import registers the converters of addresses)

from . import screens

app_name = "custody"
urlpatterns = [
    path("p/<slug:project>/custody", screens.home, name="home"),
    *screens.ledger.at("custody/ledger"),
    path("p/<slug:project>/custody/counts", screens.counts.screen, name="counts"),
    path("p/<slug:project>/custody/counts/new", screens.new_count, name="new_count"),
    path("p/<slug:project>/custody/counts/<id:pk>", screens.count_page, name="count"),
]
