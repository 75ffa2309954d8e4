"""All addresses. Pages carry their project: /p/<project>/…; every room with a `urls` module is mounted here."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

from guanjia.web import acts  # its import registers the converters that every room uses

from . import doors

urlpatterns = [
    path("healthz", doors.healthz, name="healthz"),
    *(
        path("", include(f"{room.name}.urls"))
        for room in apps.get_app_configs()
        if room.name.startswith("guanjia.") and room.name != "guanjia.config" and find_spec(f"{room.name}.urls")
    ),
    path("", include(acts)),
]

handler500 = doors.broken
