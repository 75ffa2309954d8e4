"""What the verbs of this room take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia import book
from guanjia.kernel.forms import FilesField, OperationForm, RowsField, asked
from guanjia.kernel.languages import said
from guanjia.kernel.when import NOW, When
from guanjia.people import posts
from guanjia.people.forms import ColleagueForm
from guanjia.people.models import Employee

from .models import Certificate, Confirmation, Course, Demand, Exam, Handbook, MaterialChange, PlanLine, Question
from .models.exams import MOST_QUESTIONS
from .models.reach import module_words, named
from .queries import MINUTES, SIZE

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
LINES = forms.Textarea(attrs={"rows": 3})


class QuestionForm(OperationForm):
    of = Question

    clause = asked(Question.clause_id, help_text=_("What the question is about: DESK-01."))
    exam_subject = asked(choices=lambda: named("exam_subjects"))
    level = asked(choices=lambda: named("exam_levels"))
    ask = asked(min_length=4, widget=LINES)
    right = asked()
    wrong_1 = forms.CharField(label=_("Wrong answer"), max_length=200)
    wrong_2 = forms.CharField(label=_("Second wrong answer"), max_length=200)
    wrong_3 = forms.CharField(label=_("Third wrong answer"), max_length=200)

    def clean_clause(self) -> str:
        clause: str = self.cleaned_data["clause"].strip().upper()
        if not book.is_clause(clause):
            raise forms.ValidationError(_("The Book has no clause %(id)s."), params={"id": clause})
        return clause

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        answers = [cleaned.get(name) for name in ("right", "wrong_1", "wrong_2", "wrong_3")]
        if all(answers) and len(set(answers)) < len(answers):
            self.add_error("wrong_3", _("Four different answers, one of them right."))
        return cleaned


class RenewForm(OperationForm):
    as_it_stands = True

    right = asked(Question.right)


class ExamForm(ColleagueForm):
    of = Exam
    colleagues = ("employees",)

    exam_subject = asked(choices=lambda: named("exam_subjects"), initial="internal")
    level = asked(choices=lambda: named("exam_levels"))
    employees = forms.ModelMultipleChoiceField(Employee.objects.all(), label=_("Who sits it"))
    size = asked(initial=SIZE, min_value=5, max_value=MOST_QUESTIONS)
    minutes = asked(initial=MINUTES, min_value=5, max_value=240)
    pass_mark = asked(
        required=False, min_value=1, max_value=100,
        help_text=_("Of 100 points. Left empty: the pass mark of this project."),
    )  # fmt: skip
    until_at = asked(validators=[When(NOW, timedelta(days=92), _("Within the next three months."))])


class HandInForm(OperationForm):
    """A field for each question of the paper (`q_1` …), or one list of the numbers chosen for a program."""

    personal: ClassVar[frozenset[str]] = frozenset({"chosen"})
    chosen = RowsField()

    def narrow(self) -> None:
        super().narrow()
        if self.data.get("chosen"):
            return
        for number, one in enumerate(getattr(self.subject, "paper", None) or (), 1):
            choices = [(str(n), words) for n, words in enumerate(one["answers"])]
            self.fields[f"q_{number}"] = forms.TypedChoiceField(
                label=one["ask"], choices=choices, coerce=int, widget=forms.RadioSelect, required=False,
                empty_value=None,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        paper = self.subject.paper
        if not cleaned.get("chosen"):
            cleaned["chosen"] = [cleaned.pop(f"q_{number}", None) for number in range(1, len(paper) + 1)]
        chosen = cleaned["chosen"]
        fits = isinstance(chosen, list) and len(chosen) == len(paper)
        if not fits or not all(one is None or _is_choice(one, ask) for one, ask in zip(chosen, paper, strict=True)):
            self.add_error(None, _("One number for each question, or none where it was left open."))
        return cleaned


def _is_choice(one: Any, ask: dict[str, Any]) -> bool:
    return isinstance(one, int) and not isinstance(one, bool) and 0 <= one < len(ask["answers"])


class ModuleForm(OperationForm):
    """What is taught: a module of the course, which names itself and its part, or something of one's own."""

    module = asked(
        PlanLine.module, choices=lambda: [("", "–"), *((key, module_words(key)) for key in book.modules())],
        help_text=_("One of the course's modules gives the name and the part."),
    )  # fmt: skip
    name = asked(PlanLine.name, required=False, min_length=2)
    part = asked(PlanLine.part, required=False, choices=lambda: [("", "–"), *named("course_parts")])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        module = book.modules().get(cleaned.get("module") or "")
        if module is not None:
            cleaned["name"] = cleaned.get("name") or said(module.zh, module.en)
            if cleaned.get("part") not in ("", None, module.part):
                self.add_error("part", _("This module belongs to another part. Leave the part open."))
            cleaned["part"] = module.part
        for name in ("name", "part"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Say what it is, or choose a module."))
        return cleaned


class PlanForm(ModuleForm):
    of = PlanLine
    asks = ("audience", "on", "trainer", "examined")


class ReasonForm(OperationForm):
    reason = forms.CharField(label=_("Reason"), max_length=100, min_length=2)


class CourseForm(ModuleForm, ColleagueForm):
    """What stands in the plan is not typed again."""

    of = Course
    as_it_stands = True
    colleagues = ("employees",)

    mode = asked(choices=lambda: named("learning_modes"))
    level = asked(choices=lambda: [("", "–"), *named("exam_levels")])
    exam_subject = asked(choices=lambda: [("", "–"), *named("exam_subjects")])
    on = asked(validators=[When(most=NOW, said=_("What lies ahead belongs into the plan."))])
    hours = asked(required=False, max_value=200)
    employees = forms.ModelMultipleChoiceField(Employee.objects.all(), label=_("Who takes part"))


class CloseForm(OperationForm):
    """One result for each who signed."""

    personal: ClassVar[frozenset[str]] = frozenset({"results"})
    results = RowsField()

    def narrow(self) -> None:
        super().narrow()
        if self.data.get("results"):
            return
        for one in self._there():
            self.fields[f"result_{one.pk}"] = forms.CharField(label=one.employee.name, max_length=60)

    def _there(self) -> list[Any]:
        course = self.subject
        if not hasattr(course, "attendances"):
            return []
        rows = course.attendances.filter(project_id=course.project_id, state="signed")
        return list(rows.select_related("employee").order_by("id"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if not cleaned.get("results"):
            cleaned["results"] = {str(o.pk): cleaned.pop(f"result_{o.pk}") for o in self._there()}
        given, wanted = cleaned["results"], {str(one.pk) for one in self._there()}
        if (
            not isinstance(given, dict)
            or set(given) != wanted
            or not all(isinstance(said, str) and 0 < len(said) <= 60 for said in given.values())
        ):
            self.add_error(None, _("A result for each who signed."))
        return cleaned


class HandbookForm(OperationForm):
    of = Handbook
    asks = ("version", "plan", "contracts", "policies", "kept_at", "second_copy_at", "documents")

    plan = asked(widget=LINES)
    contracts = asked(widget=LINES)
    policies = asked(widget=LINES)
    documents = FilesField(label=_("Files of the handbook"), required=False, most=6)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        places = [str(cleaned.get(name, "")).strip().lower() for name in ("kept_at", "second_copy_at")]
        if all(places) and places[0] == places[1]:
            error = forms.ValidationError(_("The second copy lies somewhere else."), code="TRN-11")
            self.add_error("second_copy_at", error)
        return cleaned


class ChangeForm(OperationForm):
    what = asked(MaterialChange.what, min_length=2, widget=LINES)


class CheckForm(OperationForm):
    gaps = forms.CharField(
        label=_("What was missing, and was added"), max_length=300, required=False, widget=LINES,
        help_text=_("Left empty: nothing was missing."),
    )  # fmt: skip


class ConfirmForm(ColleagueForm):
    colleagues = ("employee",)
    employee = asked(Confirmation.employee)
    post = asked(Confirmation.post, choices=[])

    def narrow(self) -> None:
        super().narrow()
        from .posts import EXAMINED

        field: Any = self.fields["post"]
        field.choices = [(post, posts.NAMES[post]) for post in posts.NAMES if post in EXAMINED]


class DemandForm(OperationForm):
    from_on = asked(Demand.from_on)
    days = asked(Demand.days, initial=30, min_value=1, max_value=365)


class RenewCertificateForm(OperationForm):
    of = Certificate
    asks: tuple[str, ...] = ("number", "issued_on", "valid_until", "documents")
    documents = FilesField(label=_("Photos of the certificate"), required=False, most=2)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        issued, until = cleaned.get("issued_on"), cleaned.get("valid_until")
        if issued and until and not issued < until <= issued + timedelta(days=3660):
            self.add_error("valid_until", _("After the day of issue, within ten years of it."))
        return cleaned


class CertificateForm(RenewCertificateForm, ColleagueForm):
    asks = ("employee", "kind", "number", "issued_on", "valid_until", "documents")
    colleagues = ("employee",)
    kind = asked(choices=lambda: named("cert_kinds"))
