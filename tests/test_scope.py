"""Statements that do not name their project: what row-level security and a distribution by project would stumble over.

The journeys below send what the main job sends. A statement on an operational table names its project when `project_id`
stands outside its list of columns. The number of shapes that do not is written down, and only falls.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from bench.counting import statements
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community
from guanjia.shells.api.tests.caller import Caller

FLOOR = Path(__file__).with_name("unscoped.txt")
# Belong to the head office and are shared by all projects: they stand on every shard.
SHARED = {"people_employee", "places_project", "people_posting"}


def operational() -> set[str]:
    found = {m._meta.db_table for m in apps.get_models() if any(f.name == "project" for f in m._meta.fields)}
    return found - SHARED


def is_scoped(sql: str, tables: set[str]) -> bool:
    """Whether a statement touches no operational table, or names the project where rows are chosen or written."""
    named = set(re.findall(r'(?:FROM|JOIN|UPDATE|INTO)\s+"?(\w+)"?', sql))
    if not named & tables:
        return True
    if sql.lstrip().startswith("INSERT"):
        return "project_id" in sql
    chosen = re.split(r"\bFROM\b|\bSET\b", sql, maxsplit=1)[-1]
    return "project_id" in chosen


def shape(sql: str) -> str:
    """A statement without its lists: which tables, under which conditions."""
    short = re.sub(r"SELECT .*? FROM", "SELECT … FROM", sql, flags=re.DOTALL)
    return re.sub(r"\((%s(, )?)+\)", "(…)", re.sub(r"\s+", " ", short))


def journey(north: Community) -> list[str]:
    """The main job by the API and at the desk; the statements it sends."""
    desk, worker = Caller(north, "receptionist"), Caller(north, "technician")
    browser = Client()
    browser.force_login(Account.objects.get(username="north.supervisor"))
    session = browser.session
    session["generation"] = 0
    session.save()
    report: dict[str, Any] = {
        "place": "home", "house": str(north.house.pk), "resident": str(north.owner.pk), "content": "水管漏水",
        "channel": "phone", "urgency": "ordinary", "category": "plumbing", "problem": "leak",
    }  # fmt: skip
    with statements() as seen:
        number = desk.post("/cases/record", report).json()["id"]
        answers = [
            desk.post(f"/cases/{number}/dispatch", {"executor": str(north.staff["technician"].pk)}),
            worker.post(f"/cases/{number}/accept"),
            desk.get("/cases", q="漏水"),
            desk.get("/residents"),
            desk.get(f"/cases/{number}/events"),
            *(browser.get(f"/p/north/{page}") for page in ("today", "cases", f"case/{number}", "gifts")),
        ]
    assert [a.status_code for a in answers] == [200] * len(answers)
    return seen.statements


@pytest.mark.django_db
def test_the_number_of_statements_without_their_project_only_falls(north: Community) -> None:
    tables = operational()
    loose = sorted({shape(sql) for sql in journey(north) if not is_scoped(sql, tables)})
    allowed = int(FLOOR.read_text())
    assert len(loose) <= allowed, "\n".join(loose)


def test_it_knows_a_statement_that_names_its_project_from_one_that_does_not() -> None:
    tables = {"casework_case"}
    assert is_scoped('SELECT "a" FROM "casework_case" WHERE "casework_case"."project_id" = %s', tables)
    assert is_scoped('SELECT "a" FROM "django_session"', tables)
    assert is_scoped('INSERT INTO "casework_case" ("project_id", "x") VALUES (%s, %s)', tables)
    assert not is_scoped('SELECT "project_id" FROM "casework_case" WHERE "id" = %s', tables)
    assert not is_scoped('UPDATE "casework_case" SET "x" = %s WHERE "id" = %s', tables)
