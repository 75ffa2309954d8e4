"""Whom to ring in an emergency: what is missing is asked of who may enter it, before somebody is trapped."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from guanjia.people.models import Department
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def test_today_asks_the_manager_for_a_missing_number_until_it_is_there(north: Community, seat: Any) -> None:
    manager = seat(north, "manager")
    page = manager.get("/p/north/today").content.decode()
    assert page.count("应急电话还没登记") == 2
    link = html.unescape(re.findall(r'href="([^"]*keep_department[^"]*)"', page)[0])
    form = manager.get(link).content.decode()
    assert 'value="elevator_vendor"' in form
    for key in ("elevator_vendor", "gas_company"):
        Department.objects.create(project=north.project, key=key, name=key, phone="96777")
    assert "应急电话还没登记" not in manager.get("/p/north/today").content.decode()


def test_who_may_not_enter_it_is_not_asked(north: Community, seat: Any) -> None:
    assert "应急电话还没登记" not in seat(north, "receptionist").get("/p/north/today").content.decode()
