"""Addresses of the desk and of the front door."""

from django.urls import path

from . import signing

app_name = "desk"
urlpatterns = [
    path("", signing.home, name="home"),
    path("login", signing.log_in, name="login"),
    path("login/as", signing.log_in_as, name="login-as"),
    path("logout", signing.log_out, name="logout"),
    path("lock", signing.lock, name="lock"),
    path("unlock", signing.unlock, name="unlock"),
    path("account", signing.account, name="account"),
    path("account/password", signing.password, name="password"),
]
