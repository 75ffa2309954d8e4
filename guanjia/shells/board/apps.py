from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "guanjia.shells.board"
    label = "board"
