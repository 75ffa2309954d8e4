from django.apps import AppConfig


class InstructionsConfig(AppConfig):
    name = "guanjia.parts.instructions"
    label = "instructions"
