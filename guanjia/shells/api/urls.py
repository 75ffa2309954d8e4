"""Addresses of the API: `/api/p/<project>/<things>[/<id>]/<operation>`."""

from django.urls import include, path, re_path

from . import screens

doors = [
    path("login", screens.login, name="login"),
    path("logout", screens.logout, name="logout"),
    path("me", screens.me, name="me"),
    path("openapi.json", screens.openapi, name="openapi"),
    path("docs", screens.docs, name="docs"),
    path("p/<str:project>/<str:slug>", screens.collection, name="things"),
    path("p/<str:project>/<str:slug>/<str:word>", screens.one, name="thing"),
    path("p/<str:project>/<str:slug>/<str:number>/<str:word>", screens.act, name="act"),
    re_path(r"^(?P<rest>.*)$", screens.nowhere, name="nowhere"),
]
urlpatterns = [path("api/", include((doors, "api")))]
