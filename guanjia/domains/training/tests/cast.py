"""A supervisor who examines, a receptionist who sits: what several tests of this room begin with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from guanjia.domains.training import operations as training
from guanjia.domains.training.models import Attendance, Course, Exam, Result, Sitting
from guanjia.people.models import Employee, Posting
from guanjia.people.tests.cast import LONG_AGO, Community


def quality(north: Community) -> str:
    """The group's quality department is at the project: the cashier of the cast takes the post."""
    Posting.objects.create(
        project=north.project, employee=north.staff["cashier"], post="company_service_dept", from_on=LONG_AGO
    )
    return "cashier"


def held(north: Community, *who: str, by: str = "service_manager", at: datetime | None = None, **more: Any) -> Exam:
    given: dict[str, Any] = {
        "exam_subject": "internal", "level": "staff", "size": 10, "minutes": 30,
        "until_at": (at or timezone.now()) + timedelta(days=7), **more,
    }  # fmt: skip
    people = [north.staff[one] for one in who or ("receptionist",)]
    exam: Exam = training.hold_exam(north.project, by=north.by(by, at), employees=people, **given)
    return exam


def begun(north: Community, exam: Exam, who: str = "receptionist", at: datetime | None = None) -> Sitting:
    sitting = Sitting.objects.get(exam=exam, employee=north.staff[who])
    training.begin(sitting, by=north.by(who, at))
    return sitting


def rights(sitting: Sitting, wrong: int = 0) -> list[int | None]:
    """The right answers, the first few of them wrong."""
    found = [key["right"] for key in sitting.answer_key]
    return [None if n < wrong else one for n, one in enumerate(found)]


def sat(north: Community, exam: Exam, who: str = "receptionist", wrong: int = 0, at: datetime | None = None) -> Result:
    sitting = begun(north, exam, who, at)
    training.hand_in(sitting, by=north.by(who, at), chosen=rights(sitting, wrong))
    return Result.objects.get(sitting=sitting)


def taught(north: Community, *who: str, by: str = "service_manager", at: datetime | None = None) -> Course:
    moment = at or timezone.now()
    course: Course = training.give_course(
        north.project, by=north.by(by, at), name="内部资料应知应会", part="basic", mode="lecture", level="staff",
        exam_subject="internal", on=timezone.localdate(moment), hours=2, employees=[north.staff[one] for one in who],
    )  # fmt: skip
    for one in who:
        training.attend(Attendance.objects.get(course=course, employee=north.staff[one]), by=north.by(one, at))
    there = Attendance.objects.filter(course=course)
    training.close_course(course, by=north.by(by, at), results={str(one.pk): "合格" for one in there})
    return course


def ready(north: Community, who: str = "receptionist", at: datetime | None = None) -> Employee:
    """Taught, examined, the result confirmed: nothing is missing for a post of the service."""
    taught(north, who, at=at)
    result = sat(north, held(north, who, at=at), who, at=at)
    training.confirm_result(result.sitting, by=north.by("service_manager", at))
    return north.staff[who]
