from django.urls import path

from guanjia.web import doors  # noqa: F401  (its import registers the converters of addresses)

from . import screens

app_name = "obligations"
urlpatterns = [
    path("p/<slug:project>/duties", screens.calendar, name="list"),
    path("p/<slug:project>/duties/<id:pk>", screens.one, name="page"),
]
