"""Pages of care and customers."""

from django.urls import path

from . import screens

app_name = "residents"
_AT = "p/<slug:project>"
urlpatterns = [
    path(f"{_AT}/care", screens.care.screen, name="care"),
    path(f"{_AT}/care/<id:pk>", screens.file_pages.page, name="care-file"),
    path(f"{_AT}/customers", screens.customers.screen, name="customers"),
    path(f"{_AT}/customers/layers", screens.layers, name="layers"),
    path(f"{_AT}/customers/<id:pk>", screens.customer, name="customer"),
    path(f"{_AT}/referrals", screens.referrals.screen, name="referrals"),
    path(f"{_AT}/referrals/<id:pk>", screens.referral_pages.page, name="referral"),
    path(f"{_AT}/experiences", screens.experiences.screen, name="experiences"),
    path(f"{_AT}/experiences/new", screens.experience_pages.new, name="experience-new"),
    path(f"{_AT}/experiences/<id:pk>", screens.experience_pages.page, name="experience"),
]
