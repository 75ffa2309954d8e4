"""The log of a shift."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import FilesField, OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.places.models import Project

from .. import queries
from ..models import Note
from .fields import LINES


class LogForm(OperationForm):
    words = asked(Note.words, widget=LINES)
    kind = asked(Note.kind, required=False, initial=Note.Kind.EVENT, widget=forms.RadioSelect)
    is_important = forms.BooleanField(label=_("Important: the next shift must know"), required=False)
    photos = FilesField(label=_("Photos"), required=False, most=3)


@operation(Project, label=_("Note in the log"), form=LogForm, creates=Note, clauses=["SFT-06"], icon="note")
def log(project: Project, *, by: Actor, words: str, kind: str, is_important: bool, photos: list[Any]) -> Note:
    """A line of the log, under the shift that runs."""
    shift = queries.shift_of(by, project)
    held = by.posts.get(project.pk, frozenset())
    post = shift.post if shift else next(post for post in posts.NAMES if post in held)
    note = Note.objects.create(
        project=project, kind=kind or Note.Kind.EVENT, words=words, is_important=is_important, post=post,
        author_id=by.id, duty=shift, at=by.at,
    )  # fmt: skip
    files.keep(note, photos, "note", by=by)
    return note
