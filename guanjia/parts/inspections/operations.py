"""Record an inspection, correct a fault, look at it again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.book import conduct
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.people.models import Employee
from guanjia.places.models import Project, Spot

from .forms import CorrectionForm, RecordForm, SendBackForm
from .models import Inspection, Mark, State


@operation(
    Project, label=_("Record an inspection"), form=RecordForm, creates=Inspection, clauses=["QLT-03"],
    icon="clipboard-check",
)  # fmt: skip
def record(
    project: Project, *, by: Actor, checklist: str, occasion: str, employee: Employee | None, spot: Spot | None,
    place: str, outsider: str, marks: list[dict[str, Any]],
) -> Inspection:  # fmt: skip
    """A checklist is gone through; each fault stays open until it is corrected and looked at again."""
    if not marks:
        raise Refused("checklist", _("Go through the items of the checklist."))
    inspection = Inspection.objects.create(
        project=project, checklist=checklist, occasion=occasion, employee=employee, spot=spot, place=place,
        inspector_id=by.id, outsider=outsider, inspected_at=by.at,
        checked=sum(mark["result"] != State.SKIPPED for mark in marks),
        faults=sum(mark["result"] == State.FAULT for mark in marks),
    )  # fmt: skip
    items = {item.id: item for item in conduct.checklist(checklist).items}
    made = Mark.objects.bulk_create(
        Mark(
            project=project, inspection=inspection, clause_id=items[one["item"]].clause, item=one["item"],
            words=items[one["item"]].zh, state=one["result"], is_fault=one["result"] == State.FAULT, note=one["note"],
            inspected_at=by.at, moved_at=by.at,
        )
        for one in marks
    )  # fmt: skip
    for mark, one in zip(made, marks, strict=True):
        if one["photo"]:
            files.keep(mark, [one["photo"]], "note", by=by, field=f"f_{one['item']}")
    return inspection


def is_not_who_corrected(mark: Mark, by: Actor) -> bool:
    """Nobody looks at their own correction."""
    return mark.corrected_by_id != by.id


@operation(Mark, label=pgettext_lazy("inspections", "Correct"), form=CorrectionForm, icon="tool")
def correct(mark: Mark, *, by: Actor, correction: str, photo: Any) -> None:
    """What was wrong is put right; somebody else looks at it again."""
    mark.correction, mark.corrected_by_id, mark.corrected_at = correction, by.id, by.at
    files.keep(mark, [photo], "note", by=by, field="photo")


@operation(Mark, label=_("Found corrected"), whose=is_not_who_corrected, icon="circle-check")
def accept_correction(mark: Mark, *, by: Actor) -> None:
    """Looked at again: it is in order."""


@operation(Mark, label=_("Not yet corrected"), form=SendBackForm, whose=is_not_who_corrected, icon="rotate")
def send_back(mark: Mark, *, by: Actor, reason: str) -> None:
    """Looked at again: it is not in order."""
    mark.correction, mark.corrected_by, mark.corrected_at = "", None, None
