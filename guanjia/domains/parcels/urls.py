"""Pages of parcels and letters."""

from django.urls import path

from . import counter, screens

app_name = "parcels"
urlpatterns = [
    path("p/<slug:project>/parcels", screens.register.screen, name="list"),
    path("p/<slug:project>/parcels/counter", counter.page, name="counter"),
    path("p/<slug:project>/parcels/sign", counter.sign, name="sign"),
    path("p/<slug:project>/parcels/accept", screens.accept, name="accept"),
    path("p/<slug:project>/parcels/mail", screens.mail, name="mail"),
    path("p/<slug:project>/parcels/turn-away", screens.turn_away, name="turn_away"),
    path("p/<slug:project>/parcels/letters", counter.letters, name="letters"),
    path("p/<slug:project>/parcels/letters/round", counter.go_round, name="round"),
    path("p/<slug:project>/parcels/<id:pk>", screens.pages.page, name="page"),
]
