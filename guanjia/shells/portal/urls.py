"""Addresses of the residents' pages."""

from django.urls import path

from . import acting, bulletins, desk, guests, home, lost, matters, mine, poster, report, signing, ways, wechat_door

app_name = "portal"
urlpatterns = [
    path("portal", signing.enter, name="sign-in"),
    path("portal/code", signing.code, name="code"),
    path("portal/wechat", wechat_door.go, name="wechat"),
    path("portal/wechat/back", wechat_door.back, name="wechat-back"),
    path("portal/out", signing.leave, name="sign-out"),
    path("portal/who", signing.choose, name="who"),
    path("p/<slug:project>/portal-poster", poster.page, name="poster"),
    path("p/<slug:project>/home/", home.page, name="home"),
    path("p/<slug:project>/home/switch", home.switch, name="switch"),
    path("p/<slug:project>/home/report", report.page, name="report"),
    path("p/<slug:project>/home/question", report.question, name="question"),
    path("p/<slug:project>/home/matters", matters.listing, name="matters"),
    path("p/<slug:project>/home/matter/<id:pk>", matters.page, name="matter"),
    path("p/<slug:project>/home/matter/<id:pk>/<name:verb>", acting.act, name="act"),
    path("p/<slug:project>/home/messages", mine.messages, name="messages"),
    path("p/<slug:project>/home/messages/read", mine.read_all, name="read-all"),
    path("p/<slug:project>/home/messages/<id:pk>", mine.follow, name="follow"),
    path("p/<slug:project>/home/notices", bulletins.listing, name="bulletins"),
    path("p/<slug:project>/home/notices/<id:pk>", bulletins.page, name="bulletin"),
    path("p/<slug:project>/home/parcels", desk.parcels, name="parcels"),
    path("p/<slug:project>/home/kept", desk.kept, name="kept"),
    path("p/<slug:project>/home/lost", lost.page, name="lost"),
    path("p/<slug:project>/home/lost/new", lost.report, name="lost-new"),
    path("p/<slug:project>/home/me", mine.me, name="me"),
    path("p/<slug:project>/home/household", mine.household, name="household"),
    path("p/<slug:project>/home/visitors", guests.passes, name="passes"),
    path("p/<slug:project>/home/visitors/new", guests.issue, name="pass-new"),
    path("p/<slug:project>/home/visitors/<id:pk>", guests.one, name="pass"),
    path("p/<slug:project>/home/instructions", guests.instructions, name="instructions"),
    path("p/<slug:project>/home/consents", mine.consents, name="consents"),
    path("p/<slug:project>/home/ways", ways.page, name="ways"),
    path("p/<slug:project>/home/data", mine.data, name="data"),
    path("p/<slug:project>/home/number", mine.number, name="number"),
    path("p/<slug:project>/home/number/code", mine.number_code, name="number-code"),
]
