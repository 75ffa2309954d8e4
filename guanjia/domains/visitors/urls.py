"""Pages of visitors."""

from django.urls import path

from . import screens, sharing

app_name = "visitors"
urlpatterns = [
    path("p/<slug:project>/visitors", screens.register.screen, name="list"),
    path("p/<slug:project>/visitors/inside", screens.inside.screen, name="inside"),
    path("p/<slug:project>/visitors/new", screens.pages.new, name="new"),
    path("p/<slug:project>/visitors/<id:pk>", screens.pages.page, name="page"),
    path("p/<slug:project>/visitors/passes", screens.passes.screen, name="passes"),
    path("p/<slug:project>/visitors/passes/new", screens.pass_pages.new, name="new-pass"),
    path("p/<slug:project>/visitors/passes/<id:pk>", screens.pass_pages.page, name="pass"),
    path("p/<slug:project>/visitors/shared", sharing.register.screen, name="shared"),
    path("p/<slug:project>/visitors/shared/new", sharing.pages.new, name="new-shared"),
    path("p/<slug:project>/visitors/shared/<id:pk>", sharing.pages.page, name="shared-word"),
    path("p/<slug:project>/visitors/watch", screens.watch.screen, name="watch"),
    path("p/<slug:project>/visitors/watch/new", screens.watch_pages.new, name="new-watch"),
    path("p/<slug:project>/visitors/watch/<id:pk>", screens.watch_pages.page, name="watched"),
]
