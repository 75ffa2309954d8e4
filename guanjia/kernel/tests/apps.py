from django.apps import AppConfig


class TestsConfig(AppConfig):
    """A room for the kernel's tests; loaded by conftest only."""

    name = "guanjia.kernel.tests"
    label = "tests"

    def ready(self) -> None:
        from guanjia.config.permissions import RIGHTS

        from . import room  # noqa: F401  (registers its operations)

        counter, worker = frozenset({"receptionist"}), frozenset({"steward"})
        RIGHTS["tests.open_ticket"] = RIGHTS["tests.note_phone"] = RIGHTS["tests.unseal"] = counter
        RIGHTS["tests.bring_in"] = counter
        RIGHTS["tests.take"] = RIGHTS["tests.close"] = worker
