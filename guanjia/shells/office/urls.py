"""Addresses of the office."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from guanjia.web.doors import staff_page

from . import company, displays, doing, duty, frame, imports, outside, places, residents, sent, staff

app_name = "office"


@staff_page
def home(request: Any) -> HttpResponse:
    """The first page that this person's posts open."""
    found = frame.tabs(request, "")
    return HttpResponseRedirect(found[0]["url"] if found else reverse("desk:today", args=[request.project.code]))


_AT = "p/<slug:project>/office"
urlpatterns = [
    path(_AT, home, name="home"),
    path(f"{_AT}/project", company.project, name="project"),
    path(f"{_AT}/staff", staff.register.screen, name="staff"),
    path(f"{_AT}/staff/<id:pk>", staff.employee, name="employee"),
    path(f"{_AT}/duty", duty.page, name="duty"),
    path(f"{_AT}/duty/<id:pk>", duty.shift, name="shift"),
    path(f"{_AT}/districts", places.districts, name="districts"),
    path(f"{_AT}/districts/<id:pk>", places.district, name="district"),
    path(f"{_AT}/places", places.page, name="places"),
    path(f"{_AT}/places/<id:pk>", places.building, name="building"),
    path(f"{_AT}/house/<id:pk>", places.house, name="house"),
    path(f"{_AT}/residents", residents.register.screen, name="residents"),
    path(f"{_AT}/residents/<id:pk>", residents.page, name="resident"),
    path(f"{_AT}/imports", imports.home, name="imports"),
    path(f"{_AT}/imports/<id:pk>", imports.page, name="import"),
    path(f"{_AT}/imports/<id:pk>/progress", imports.progress, name="import_progress"),
    path(f"{_AT}/imports/<id:pk>/wrong", imports.wrong_rows, name="import_report"),
    path(f"{_AT}/imports/<id:pk>/do/<name:verb>", imports.act, name="import_act"),
    path(f"{_AT}/imports/template/<name:kind>", imports.template, name="import_template"),
    path(f"{_AT}/tree", company.tree, name="tree"),
    path(f"{_AT}/rights", company.rights, name="rights"),
    path(f"{_AT}/calendar", company.calendar, name="calendar"),
    path(f"{_AT}/outside", outside.channels, name="channels"),
    path(f"{_AT}/outside/templates", outside.templates, name="templates"),
    path(f"{_AT}/outside/messages", sent.register.screen, name="messages"),
    path(f"{_AT}/outside/webhooks", outside.webhooks, name="webhooks"),
    path(f"{_AT}/outside/telephone", outside.telephone, name="telephone"),
    path(f"{_AT}/outside/clients", outside.clients, name="clients"),
    path(f"{_AT}/outside/displays", displays.page, name="displays"),
    path(f"{_AT}/outside/<name:label>/<id:pk>", outside.thing, name="outside"),
    path(f"{_AT}/do/<name:label>/<id:pk>/<name:room>/<name:verb>", doing.do, name="do"),
]
