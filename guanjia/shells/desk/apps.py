from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "guanjia.shells.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where residents, houses and cases are found, and how the states of a case look."""
        from django.urls import reverse

        from guanjia.kernel import subjects

        from . import shown

        shown.register_marks()
        subjects.locate("case", shown.address)
        subjects.locate("saved_view", lambda thing: reverse("desk:queue", args=[thing.project.code]))
        subjects.locate("resident", lambda thing: reverse("desk:resident", args=[thing.project.code, thing.pk]))
        subjects.locate("house", lambda thing: reverse("desk:house", args=[thing.project.code, thing.pk]))
