from django.apps import AppConfig


class ParcelsConfig(AppConfig):
    name = "guanjia.domains.parcels"
    label = "parcels"
