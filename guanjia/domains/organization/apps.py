from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "guanjia.domains.organization"
    label = "organization"
