from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "guanjia.domains.privacy"
    label = "privacy"
