from django.urls import path

from guanjia.web import doors  # noqa: F401  (its import registers the converters of addresses)

from . import screens

app_name = "clocks"
urlpatterns = [
    path("p/<slug:project>/clocks", screens.board, name="board"),
    path("p/<slug:project>/clocks/<id:pk>", screens.clock, name="clock"),
]
