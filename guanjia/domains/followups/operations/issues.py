"""What a visit brought up: a department and a day (REV-09), solved, asked again (REV-10)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.when import NOW, When
from guanjia.people import queries as people
from guanjia.places.models import Project

from ..models import Issue, Mode


class IssueForm(OperationForm):
    """No issue stands without who is in charge and until when (REV-09)."""

    of = Issue
    asks = ("words", "house", "case", "scope", "department", "due_at", "is_important")

    words = asked(widget=forms.Textarea(attrs={"rows": 2}))
    due_at = asked(validators=[When(NOW, said=_("This day is over. Choose a time from now on."), code="REV-09")])
    case = asked(widget=forms.HiddenInput)
    scope = asked(choices=[("individual", _("One household")), ("common", _("Shared by many"))])

    def narrow(self) -> None:
        super().narrow()
        field: Any = self.fields["department"]
        field.queryset = people.departments(self.subject)


@operation(Project, label=_("Note an issue"), form=IssueForm, creates=Issue, clauses=["REV-09"], icon="flag")
def note_issue(project: Project, *, by: Actor, **given: Any) -> Issue:
    """A problem that came up on a visit or a revisit: whose it is and until when, from the first moment."""
    return Issue.objects.create(project=project, noted_by_id=by.id, noted_at=by.at, moved_at=by.at, **given)


class SolveForm(OperationForm):
    solution = asked(Issue.solution, required=True)


@operation(Issue, label=_("Solved"), form=SolveForm, clauses=["REV-09"], icon="check")
def solve_issue(issue: Issue, *, by: Actor, solution: str) -> None:
    """The department is done; it is not over before the household was asked again."""
    issue.solution, issue.solved_by_id, issue.solved_at = solution, by.id, by.at


class AskAgainForm(OperationForm):
    """The second revisit."""

    personal: ClassVar[frozenset[str]] = frozenset({"second_words"})

    second_mode = forms.ChoiceField(label=_("How"), choices=Mode.choices)
    second_words = forms.CharField(label=pgettext_lazy("followups", "What they said"), max_length=300, min_length=2)


def did_not_solve_it(issue: Issue, by: Actor) -> bool:
    """Nobody confirms their own work."""
    return by.is_staff and issue.solved_by_id != by.id


@operation(
    Issue, label=_("Confirmed at the second revisit"), form=AskAgainForm, clauses=["REV-10"], whose=did_not_solve_it,
    icon="circle-check",
)  # fmt: skip
def close_issue(issue: Issue, *, by: Actor, second_mode: str, second_words: str) -> None:
    """Asked again and confirmed: only now it is closed."""
    issue.second_mode, issue.second_words, issue.second_at = second_mode, second_words, by.at


@operation(
    Issue, label=_("Not solved after all"), form=AskAgainForm, clauses=["REV-10"], whose=did_not_solve_it,
    icon="refresh",
)  # fmt: skip
def return_issue(issue: Issue, *, by: Actor, second_mode: str, second_words: str) -> None:
    """Asked again, and it is still there: back to the department."""
    issue.second_mode, issue.second_words, issue.second_at = second_mode, second_words, by.at
    issue.solved_at, issue.solved_by_id = None, None
    issue.reopened += 1
