"""Pages of hazardous goods."""

from django.urls import include, path

from . import phone, screens, stock

app_name = "hazmat"
HERE = "p/<slug:project>/hazmat"
substances = [
    path(HERE, stock.glance, name="list"),
    path(f"{HERE}/substances/new", screens.substance_pages.new, name="new"),
    path(f"{HERE}/substances/<id:pk>", stock.substance, name="page"),
]
urlpatterns = [
    path(HERE, stock.glance, name="stock"),
    path(f"{HERE}/phone", phone.home, name="phone"),
    path(f"{HERE}/phone/new/<name:verb>", phone.new, name="phone-new"),
    path(f"{HERE}/phone/<id:pk>/<name:verb>", phone.act, name="phone-act"),
    *screens.draws.at("hazmat/draws"),
    path(f"{HERE}/lots/move", screens.moves.new, name="move"),
    *screens.lots.at("hazmat/lots"),
    *screens.anomalies.at("hazmat/anomalies"),
    *screens.permits.at("hazmat/permits"),
    *screens.stores.at("hazmat/stores"),
    path("", include((substances, "substances"))),
]
