"""Addresses of the desk and of the front door."""

from django.urls import path

from . import account, bar, bulk, card, case, idle, intake, locking, queue, signing, today

app_name = "desk"
urlpatterns = [
    path("", signing.home, name="home"),
    path("login", signing.log_in, name="login"),
    path("login/as", signing.log_in_as, name="login-as"),
    path("logout", signing.log_out, name="logout"),
    path("login/code", signing.code, name="code"),
    path("lock", locking.lock, name="lock"),
    path("unlock", locking.unlock, name="unlock"),
    path("take-over", locking.take_over, name="take-over"),
    path("alive", locking.alive, name="alive"),
    path("account", account.account, name="account"),
    path("account/pin", account.pin, name="pin"),
    path("account/password", account.password, name="password"),
    path("account/second", account.second, name="second"),
    path("p/<slug:project>/today", today.page, name="today"),
    path("p/<slug:project>/bar", bar.hits, name="bar"),
    path("p/<slug:project>/desk", idle.page, name="idle"),
    path("p/<slug:project>/desk/advice", intake.advice, name="advice"),
    path("p/<slug:project>/desk/stranger", card.stranger, name="stranger"),
    path("p/<slug:project>/desk/resident/<id:pk>", card.resident, name="resident"),
    path("p/<slug:project>/desk/resident/<id:pk>/number", card.number, name="number"),
    path("p/<slug:project>/desk/house/<id:pk>", card.house, name="house"),
    path("p/<slug:project>/cases", queue.page, name="queue"),
    path("p/<slug:project>/cases/counts", queue.counts, name="counts"),
    path("p/<slug:project>/cases/save-view", queue.save, name="save-view"),
    path("p/<slug:project>/cases/export", bulk.export, name="export"),
    path("p/<slug:project>/cases/dispatch", bulk.dispatch_picked, name="dispatch-picked"),
    path("p/<slug:project>/case/<id:pk>", case.page, name="case"),
]
