"""The handbook: its versions, the changes it follows within three working days, the check at the month's end."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.places.models import Project

from ..forms import ChangeForm, CheckForm, HandbookForm
from ..models import Handbook, MaterialChange


@operation(
    Project, label=_("Write the handbook"), form=HandbookForm, creates=Handbook, clauses=["TRN-09", "TRN-11"],
    icon="book-2",
)  # fmt: skip
def write_handbook(project: Project, *, by: Actor, **given: Any) -> Handbook:
    """The first version, or one that no noted change asked for."""
    return _version(project, by, str(_("Written anew")), **given)


@operation(Project, label=_("Note a change"), form=ChangeForm, creates=MaterialChange, clauses=["TRN-10"], icon="bell")
def note_change(project: Project, *, by: Actor, what: str) -> MaterialChange:
    """A policy, rule or explanation changed: the handbook has to follow, and everybody is examined again."""
    return MaterialChange.objects.create(project=project, what=what, noted_by_id=by.id, noted_at=by.at, moved_at=by.at)


@operation(
    MaterialChange, label=_("Update the handbook"), form=HandbookForm, clauses=["TRN-09", "TRN-10", "TRN-11"],
    icon="book-2",
)  # fmt: skip
def update_handbook(change: MaterialChange, *, by: Actor, **given: Any) -> None:
    """A new version with the change in it; earlier passes no longer confirm anybody."""
    change.handbook = _version(change.project, by, change.what, **given)


def _version(project: Project, by: Actor, source: str, *, documents: list[Any], **given: Any) -> Handbook:
    if Handbook.objects.filter(project=project, version=given["version"]).exists():
        raise Refused("version", _("This version stands already."))
    made = Handbook.objects.create(project=project, source=source, editor_id=by.id, updated_at=by.at, **given)
    files.keep(made, documents, "note", by=by, field="documents")
    return made


@operation(Handbook, label=_("Check the handbook"), form=CheckForm, clauses=["TRN-12"], icon="checklist")
def check_handbook(handbook: Handbook, *, by: Actor, gaps: str) -> None:
    """At the month's end: is it whole? What was missing is added, and stands in the journal."""
