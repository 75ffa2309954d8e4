"""Pages of hazardous goods."""

from django.urls import include, path

from . import phone, screens, stock

app_name = "hazmat"
HERE = "p/<slug:project>/hazmat"
draws = [
    path(f"{HERE}/draws", screens.draws.screen, name="list"),
    path(f"{HERE}/draws/new", screens.draw_pages.new, name="new"),
    path(f"{HERE}/draws/<id:pk>", screens.draw_pages.page, name="page"),
]
lots = [
    path(f"{HERE}/lots", screens.lots.screen, name="list"),
    path(f"{HERE}/lots/new", screens.lot_pages.new, name="new"),
    path(f"{HERE}/lots/move", screens.moves.new, name="move"),
    path(f"{HERE}/lots/<id:pk>", screens.lot_pages.page, name="page"),
]
anomalies = [
    path(f"{HERE}/anomalies", screens.anomalies.screen, name="list"),
    path(f"{HERE}/anomalies/new", screens.anomaly_pages.new, name="new"),
    path(f"{HERE}/anomalies/<id:pk>", screens.anomaly_pages.page, name="page"),
]
permits = [
    path(f"{HERE}/permits", screens.permits.screen, name="list"),
    path(f"{HERE}/permits/new", screens.permit_pages.new, name="new"),
    path(f"{HERE}/permits/<id:pk>", screens.permit_pages.page, name="page"),
]
stores = [
    path(f"{HERE}/stores", screens.stores.screen, name="list"),
    path(f"{HERE}/stores/new", screens.store_pages.new, name="new"),
    path(f"{HERE}/stores/<id:pk>", screens.store_pages.page, name="page"),
]
substances = [
    path(f"{HERE}", stock.glance, name="list"),
    path(f"{HERE}/substances/new", screens.substance_pages.new, name="new"),
    path(f"{HERE}/substances/<id:pk>", stock.substance, name="page"),
]
urlpatterns = [
    path(f"{HERE}", stock.glance, name="stock"),
    path(f"{HERE}/phone", phone.home, name="phone"),
    path(f"{HERE}/phone/new/<name:verb>", phone.new, name="phone-new"),
    path(f"{HERE}/phone/<id:pk>/<name:verb>", phone.act, name="phone-act"),
    path("", include((draws, "draws"))),
    path("", include((lots, "lots"))),
    path("", include((anomalies, "anomalies"))),
    path("", include((permits, "permits"))),
    path("", include((stores, "stores"))),
    path("", include((substances, "substances"))),
]
