"""Pages of visits and of the issues they brought up."""

from django.urls import path

from . import screens, views

app_name = "followups"
urlpatterns = [
    path("p/<slug:project>/revisits", views.queue, name="queue"),
    path("p/<slug:project>/trail", views.month, name="trail"),
    *screens.visits.at("visits"),
    *screens.issues.at("issues"),
]
