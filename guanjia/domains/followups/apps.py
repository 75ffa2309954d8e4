from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "guanjia.domains.followups"
    label = "followups"
