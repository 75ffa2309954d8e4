from django.urls import include, path

from guanjia.web import doors  # noqa: F401  (its import registers the converters of addresses)

from .screens import attendance, creating, home, pages, phone, registers

app_name = "shifts"
P = "p/<slug:project>/shift"


def _space(name: str, screen: object, new: object, page: object) -> object:
    """The three addresses of one kind of thing."""
    at = f"{P}/{name}"
    rows = [path(at, screen, name="list"), path(f"{at}/new", new, name="new"), path(f"{at}/<id:pk>", page, name="page")]  # type: ignore[call-overload]
    return path("", include((rows, name)))


urlpatterns = [
    path(P, home.page, name="home"),
    path(f"{P}/handovers", registers.handovers.screen, name="handovers"),
    path(f"{P}/handovers/new", creating.new_handover, name="begin"),
    path(f"{P}/handovers/<id:pk>", pages.handover, name="handover"),
    path(f"{P}/attendance", attendance.attendance.screen, name="attendance"),
    path(f"{P}/phone", phone.page, name="phone"),
    path(f"{P}/phone/handover/<id:pk>", phone.handover, name="phone-handover"),
    path(f"{P}/phone/new/<name:verb>", phone.new, name="phone-new"),
    path(f"{P}/phone/<name:label>/<id:pk>/<name:verb>", phone.act, name="phone-act"),
    _space("log", registers.notes.screen, registers.note_pages.new, registers.note_pages.page),
    _space("pass-ons", registers.pass_ons.screen, creating.new_pass_on, pages.pass_on),
    _space("outings", registers.outings.screen, registers.outing_pages.new, registers.outing_pages.page),
    _space("leaves", attendance.leaves.screen, attendance.leave_pages.new, attendance.leave_pages.page),
    _space("office", attendance.office.screen, attendance.office_pages.new, attendance.office_pages.page),
    _space("weather", attendance.weather.screen, attendance.weather_pages.new, attendance.weather_page),
    _space("permits", registers.permits.screen, registers.permit_pages.new, registers.permit_pages.page),
    _space("transfers", registers.transfers.screen, creating.new_transfer, pages.transfer),
]
