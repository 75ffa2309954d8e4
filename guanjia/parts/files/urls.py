from django.urls import path

from . import screens

app_name = "files"
urlpatterns = [path("p/<slug:project>/files/<int:file_id>", screens.show, name="show")]
