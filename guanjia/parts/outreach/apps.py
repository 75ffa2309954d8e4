from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "guanjia.parts.outreach"
    label = "outreach"
