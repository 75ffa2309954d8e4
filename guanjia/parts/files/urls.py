from django.urls import path

from . import screens

app_name = "files"
urlpatterns = [path("p/<slug:project>/files/<id:pk>", screens.show, name="show")]
