"""Rights and a fresh memory for the tests of editions."""

import pytest

from guanjia.config.permissions import RIGHTS
from guanjia.parts.standards import queries


@pytest.fixture(autouse=True)
def _fresh():
    queries.forget()
    yield
    queries.forget()


@pytest.fixture(autouse=True)
def _rights(monkeypatch):
    deciders = frozenset({"project_manager", "company_service_dept"})
    for name in ("change_limit", "withdraw_edition", "decide_day"):
        monkeypatch.setitem(RIGHTS, f"standards.{name}", deciders)
