from django.urls import path

from .screens import attendance, home, pages, phone, registers

app_name = "shifts"
P = "p/<slug:project>/shift"
urlpatterns = [
    path(P, home.page, name="home"),
    path(f"{P}/attendance", attendance.attendance.screen, name="attendance"),
    path(f"{P}/phone", phone.page, name="phone"),
    path(f"{P}/phone/handover/<id:pk>", phone.handover, name="phone-handover"),
    path(f"{P}/phone/new/<name:verb>", phone.new, name="phone-new"),
    path(f"{P}/phone/<name:label>/<id:pk>/<name:verb>", phone.act, name="phone-act"),
    *registers.handovers.at("shift/handovers", page=pages.handover),
    *registers.notes.at("shift/log"),
    *registers.pass_ons.at("shift/pass-ons", page=pages.pass_on),
    *registers.outings.at("shift/outings"),
    *registers.permits.at("shift/permits"),
    *registers.transfers.at("shift/transfers", page=pages.transfer),
    *attendance.leaves.at("shift/leaves"),
    *attendance.office.at("shift/office"),
    *attendance.weather.at("shift/weather", page=attendance.weather_page),
]
