from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "guanjia.parts.approvals"
    label = "approvals"
