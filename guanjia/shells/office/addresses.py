"""Where the things of the office are found."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from guanjia.kernel import subjects

PAGES = {
    "employee": "office:employee",
    "duty": "office:shift",
    "district": "office:district",
    "building": "office:building",
    "house": "office:house",
    "resident": "office:resident",
    "import": "office:import",
}
LISTS = {"cover": "office:duty", "department": "office:tree", "spot": "office:places", "project": "office:project"}
OF_RESIDENT = ("occupancy", "consent", "care_tag", "emergency_contact")


def locate() -> None:
    """Say it to the kernel, once, at start-up."""
    for label, name in PAGES.items():
        subjects.locate(label, lambda thing, name=name: reverse(name, args=[_code(thing), thing.pk]))  # type: ignore[misc]
    for label, name in LISTS.items():
        subjects.locate(label, lambda thing, name=name: reverse(name, args=[_code(thing)]))  # type: ignore[misc]
    for label in OF_RESIDENT:
        subjects.locate(label, lambda thing: reverse("office:resident", args=[_code(thing), thing.resident_id]))


def _code(thing: Any) -> str:
    return str(thing.code if thing.SUBJECT == "project" else thing.project.code)
