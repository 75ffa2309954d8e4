from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "guanjia.domains.training"
    label = "training"
