"""Service tells security, security tells service; the other side says what it does about it."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.people import posts
from guanjia.places.forms import AtHouse, said_house
from guanjia.places.models import House, Project

from ..models import Pass, SharedWord
from ..models.sharing import side_of

LINES = forms.Textarea(attrs={"rows": 2})
NUMBER = re.compile(r"\d[\d\s-]{5,}\d")
Side = SharedWord.Side


class ShareForm(AtHouse):
    of = SharedWord
    asks = ("kind", "house", "words")

    house = said_house(required=False)
    words = asked(
        min_length=2, widget=LINES, help_text=_("No phone or identity numbers: only what they need for their work.")
    )

    def clean_words(self) -> str:
        """Only what the guard needs (PRIV-02): whoever needs a number asks for it with a reason."""
        said = str(self.cleaned_data["words"])
        if NUMBER.search(said):
            raise forms.ValidationError(_("Leave phone and identity numbers out."), code="PRIV-02")
        return said


class AnswerForm(OperationForm):
    answer = asked(SharedWord.answer, required=True, min_length=2, widget=LINES)


@operation(
    Project, label=_("Tell the other side"), form=ShareForm, creates=SharedWord, clauses=["ORG-16"], icon="share"
)  # fmt: skip
def share(project: Project, *, by: Actor, kind: str, house: House | None, words: str) -> SharedWord:
    """From service to security, or back; whoever is on there is told at once."""
    to_side = Side.SERVICE if side_of(by, project.pk) == Side.SECURITY else Side.SECURITY
    return SharedWord.objects.create(
        project=project, kind=kind, house=house, words=words, to_side=to_side, told_by_id=by.id, told_at=by.at,
        moved_at=by.at,
    )  # fmt: skip


@operation(
    Pass, label=_("Tell security of the guest"), internal=True, creates=SharedWord, clauses=["ORG-16"], icon="share"
)
def share_guest(one: Pass, *, by: Actor) -> SharedWord:
    """A guest of importance is expected: security hears of it without anybody writing it down again."""
    words = pgettext_lazy("shared", "%(n)d expected: %(purpose)s") % {"n": one.headcount, "purpose": one.purpose}
    return SharedWord.objects.create(
        project_id=one.project_id, kind=SharedWord.Kind.GUEST, house=one.house, words=str(words)[:200],
        to_side=Side.SECURITY, told_by_id=one.issued_by_id, told_at=by.at, moved_at=by.at,
    )  # fmt: skip


def is_of_the_other_side(word: SharedWord, by: Actor) -> bool:
    """The side it is for answers, or who leads."""
    return side_of(by, word.project_id) == word.to_side or by.holds(word.project_id, *posts.SUPERVISORS)


@operation(
    SharedWord, label=_("Say what is done"), form=AnswerForm, whose=is_of_the_other_side, clauses=["ORG-16"],
    icon="message-reply",
)  # fmt: skip
def answer_word(word: SharedWord, *, by: Actor, answer: str) -> None:
    """The other side acts on it and says how."""
    word.answer, word.answered_by_id, word.answered_at = answer, by.id, by.at
