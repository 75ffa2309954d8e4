"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "training:certificate": "staff_certificate",
    "training:change": "material_change",
    "training:confirmation": "post_confirmation",
    "training:course": "training_course",
    "training:demand": "confirmation_demand",
    "training:exam": "exam",
    "training:handbook-version": "handbook",
    "training:plan-line": "training_plan_line",
    "training:question": "exam_question",
    "training:sit": "exam_sitting",
    "training:sitting": "exam_sitting",
}


def _confirmation(community: Community) -> Any:
    model = subjects.model_of("post_confirmation")
    return filled(model, community, post="steward", confirmed_by=community.staff["supervisor"])


def _certificate(community: Community) -> Any:
    own, other = community.staff["officer"], community.staff["hr"]
    days = {"issued_on": date(2026, 1, 5), "valid_until": date(2027, 1, 4)}
    return filled(subjects.model_of("staff_certificate"), community, employee=own, recorded_by=other, **days)


def _exam(community: Community) -> Any:
    return filled(subjects.model_of("exam"), community, exam_subject="internal", level="staff", size=5)


def _attendance(community: Community) -> Any:
    model = subjects.model_of("training_attendance")
    return filled(model, community, state="signed", signed_at=timezone.now())


def _result(community: Community) -> Any:
    sitting = filled(subjects.model_of("exam_sitting"), community, exam=_exam(community), state="marked")
    return filled(subjects.model_of("exam_result"), community, sitting=sitting, score=0, right=0)


def _sitting(community: Community) -> Any:
    return _result(community).sitting


MAKERS: dict[str, Callable[[Community], Any]] = {
    "post_confirmation": _confirmation,
    "staff_certificate": _certificate,
    "exam": _exam,
    "training_attendance": _attendance,
    "exam_sitting": _sitting,
    "exam_result": _result,
}
