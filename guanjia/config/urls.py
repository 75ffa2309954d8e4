"""All addresses. Pages carry their project: /p/<project>/…"""

from django.urls import path

from . import doors

urlpatterns = [path("healthz", doors.healthz, name="healthz")]
