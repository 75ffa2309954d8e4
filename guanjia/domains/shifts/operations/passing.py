"""Pass something on, read it, remind who has not, take it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import FilesField, asked
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.people.forms import ColleagueForm
from guanjia.people.models import Employee
from guanjia.places.models import Project

from .. import queries
from ..models import PassOn, Reader
from ..models.passing import LEADS

LONGEST = timedelta(days=92)


class PassOnForm(ColleagueForm):
    of = PassOn
    asks = ("title", "words", "posts", "people", "until_on", "is_urgent", "photos")
    others = ("people",)

    words = asked(widget=forms.Textarea(attrs={"rows": 4}))
    posts = forms.MultipleChoiceField(
        label=_("Posts that must read it"), choices=posts.CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.ModelMultipleChoiceField(
        Employee.objects.all(), label=_("People who must read it"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    until_on = asked(required=False)
    photos = FilesField(label=_("Photos"), required=False, most=3)


@operation(Project, label=_("Pass something on"), form=PassOnForm, creates=PassOn, clauses=["SFT-06"], icon="send")
def pass_on(
    project: Project, *, by: Actor, title: str, words: str, posts: list[str], people: Any, until_on: date | None,
    is_urgent: bool, photos: list[Any],
) -> PassOn:  # fmt: skip
    """Whom it names must read it; who has stands beside it."""
    named = {one.pk for one in people}
    if not posts and not named:
        raise Refused("posts", _("Name the posts or the people who must read it."))
    today = by.at.astimezone(ZoneInfo(project.zone)).date()
    last = until_on or today + timedelta(days=7)
    if not today <= last <= today + LONGEST:
        raise Refused("until_on", _("Choose a day from today to three months ahead."))
    made = PassOn.objects.create(
        project=project, title=title, words=words, author_id=by.id, posts=posts, until_on=last, is_urgent=is_urgent,
        passed_at=by.at, moved_at=by.at,
    )  # fmt: skip
    named |= set(queries.holders_of(project, posts, by.at))
    Reader.objects.bulk_create(
        Reader(project=project, note=made, employee_id=one) for one in sorted(named - {by.id})
    )  # fmt: skip
    files.keep(made, photos, "note", by=by)
    return made


@operation(PassOn, label=_("I have read it"), whose=queries.must_read, clauses=["SFT-04"], icon="check")
def read(note: PassOn, *, by: Actor) -> None:
    """Name and moment stand on it; who took up a post later joins its readers here."""
    Reader.objects.update_or_create(
        project_id=note.project_id, note=note, employee_id=by.id, defaults={"read_at": by.at}
    )


def is_authors_or_leads(note: PassOn, by: Actor) -> bool:
    return note.author_id == by.id or by.holds(note.project_id, *LEADS)


@need(sentence=_("Everybody has read it."))
def somebody_has_not(note: PassOn) -> bool:
    return bool(queries.unread_ids(note))


@operation(
    PassOn, label=_("Remind"), needs=[somebody_has_not], whose=is_authors_or_leads, clauses=["SFT-06"], icon="bell"
)
def remind(note: PassOn, *, by: Actor) -> None:
    """Who has not read it is told again; the evening does it too."""
    note.reminded_at = by.at


@operation(PassOn, label=pgettext_lazy("shifts", "Take back"), whose=is_authors_or_leads, danger=True, icon="x")
def take_back(note: PassOn, *, by: Actor) -> None:
    """It no longer holds; who had read it stays on it."""
