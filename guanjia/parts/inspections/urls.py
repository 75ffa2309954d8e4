from django.urls import path

from guanjia.web import doors  # noqa: F401  (its import registers the converters of addresses)

from . import screens

app_name = "inspections"
urlpatterns = [
    path("p/<slug:project>/inspections", screens.register.screen, name="list"),
    path("p/<slug:project>/inspections/new", screens.new, name="new"),
    path("p/<slug:project>/inspections/lists", screens.lists, name="lists"),
    path("p/<slug:project>/inspections/lists/<slug:checklist>", screens.one_list, name="one_list"),
    path("p/<slug:project>/inspections/<id:pk>", screens.page, name="page"),
]
