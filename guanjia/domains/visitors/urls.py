"""Pages of visitors."""

from django.urls import path

from . import screens, sharing

app_name = "visitors"
urlpatterns = [
    path("p/<slug:project>/visitors/inside", screens.inside.screen, name="inside"),
    *screens.register.at("visitors"),
    *screens.passes.at("visitors/passes"),
    *sharing.register.at("visitors/shared"),
    *screens.watch.at("visitors/watch"),
]
