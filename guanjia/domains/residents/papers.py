"""The care file as a sheet (F-CARE)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.parts.papers.press import Press
from guanjia.people.models import CareTag, EmergencyContact
from guanjia.web.sheets import paper
from guanjia.web.words import masked

from . import queries
from .models import CareFile
from .operations.care_files import is_near


@paper(CareFile, label=_("Print the care file"), whose=is_near, clauses=["RES-05"])
def print_care_file(file: CareFile, press: Press) -> bytes:
    """What stands on record; what does not stays open for the pen. The number to ring is masked as on the page."""
    signed = {"steward": (file.opened_by.name, None)}
    return press.form("F-CARE", file, values(file, press.by), number=f"GA-{file.pk}", signed=signed)


def values(file: CareFile, by: Actor) -> dict[str, Any]:
    person = file.resident
    home = queries.homes_of(file.project, [person.pk]).get(person.pk)
    tag = CareTag.visible_to(by).filter(resident=person, ended_on__isnull=True).order_by("pk").first()
    contact = EmergencyContact.objects.filter(resident=person).order_by("pk").first()
    return {
        "name": person.name,
        "house": home.house.code if home else "",
        "age": by.at.year - person.birth_year if person.birth_year else "",
        "kind": tag.kind if tag else "",
        "needs": "\n".join(part for part in (str(file.needs), file.get_measures_display()) if part),
        "contact": f"{contact.name} {masked(contact.phone)}" if contact else "",
        "needs_status": file.living,
        "home_service": file.home_service,
        "next_visit": file.next_visit_on,
        "safety_fittings": file.fittings,
    }
