"""Rights for the tests of editions."""

import pytest

from guanjia.config.permissions import RIGHTS
from guanjia.parts.approvals.tests.conftest import quality  # noqa: F401  (who signs)


@pytest.fixture(autouse=True)
def _rights(monkeypatch):
    deciders = frozenset({"project_manager", "company_service_dept"})
    for name in ("change_limit", "withdraw_edition", "decide_day"):
        monkeypatch.setitem(RIGHTS, f"standards.{name}", deciders)


@pytest.fixture
def nobody_signs(monkeypatch):
    """Decisions hold at once: approvals have tests of their own."""
    from guanjia.parts.approvals import rules

    monkeypatch.setattr(rules, "book_rules", dict if isinstance(rules.book_rules(), dict) else tuple)
    rules._by_operation.cache_clear()
    rules.held_labels.cache_clear()
    yield
    rules._by_operation.cache_clear()
    rules.held_labels.cache_clear()
