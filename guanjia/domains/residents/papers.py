"""The care file as a sheet (F-CARE)."""

from __future__ import annotations

from typing import Any

from guanjia.kernel.actors import Actor
from guanjia.parts import papers
from guanjia.parts.papers.records import heading, on_paper, seal_of
from guanjia.people.models import CareTag, EmergencyContact
from guanjia.web.words import masked

from . import queries
from .models import CareFile

FORM = "F-CARE"


@on_paper
def care_file(file: CareFile, *, by: Actor, address: str = "") -> bytes:
    """What stands on record; what does not stays open for the pen. The number to ring is masked as on the page."""
    return papers.render(
        FORM, values(file, by), printed_by=by.name, at=by.at, heading=heading(file.project), number=f"GA-{file.pk}",
        seal=seal_of(file), address=address, signed={"steward": (file.opened_by.name, None)}, zone=file.project.zone,
    )  # fmt: skip


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
