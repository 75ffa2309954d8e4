"""Addresses of the phone pages."""

from django.urls import path

from . import acting, case, district, gate, me, more, report, tasks

app_name = "field"
urlpatterns = [
    path("p/<slug:project>/field/", tasks.home, name="home"),
    path("p/<slug:project>/field/care", tasks.care, name="care"),
    path("p/<slug:project>/field/district", district.page, name="district"),
    path("p/<slug:project>/field/report", report.page, name="report"),
    path("p/<slug:project>/field/household", report.household, name="household"),
    path("p/<slug:project>/field/gate", gate.page, name="gate"),
    path("p/<slug:project>/field/gate/new", gate.arrive, name="gate-arrive"),
    path("p/<slug:project>/field/gate/pass/<id:pk>", gate.by_pass, name="gate-pass"),
    path("p/<slug:project>/field/gate/visitor/<id:pk>", gate.visitor, name="gate-visitor"),
    path("p/<slug:project>/field/gate/visitor/<id:pk>/do/<name:verb>", gate.act, name="gate-act"),
    path("p/<slug:project>/field/waiting", me.waiting, name="waiting"),
    path("p/<slug:project>/field/notices", me.notices, name="notices"),
    path("p/<slug:project>/field/notices/read", me.read_all, name="read-all"),
    path("p/<slug:project>/field/notices/<id:pk>", me.follow, name="follow"),
    path("p/<slug:project>/field/more", more.page, name="more"),
    path("p/<slug:project>/field/scan", more.scan, name="scan"),
    path("p/<slug:project>/field/me", me.page, name="me"),
    path("p/<slug:project>/field/duty/<id:pk>/<name:verb>", me.duty, name="duty"),
    path("p/<slug:project>/field/case/<id:pk>", case.page, name="case"),
    path("p/<slug:project>/field/case/<id:pk>/contact", case.contact, name="contact"),
    path("p/<slug:project>/field/case/<id:pk>/timeline", case.timeline, name="timeline"),
    path("p/<slug:project>/field/case/<id:pk>/call", case.call, name="call"),
    path("p/<slug:project>/field/case/<id:pk>/do/<name:verb>", acting.act, name="act"),
]
