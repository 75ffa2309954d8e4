"""A handbook, a course, certificates, an exam passed and one that waits, two lines of the plan: by the operations."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from guanjia.domains.training import operations as training
from guanjia.domains.training.models import Attendance, Exam
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.places.models import Project

from .care import _as

PLAN = (
    ("安全保卫基础知识", "M34", "emergency", "全体客服人员", 12, "安保部经理", "笔试"),
    ("装修巡检与违规劝阻案例", "M24", "business", "楼宇管家", 26, "客服部经理", "情景考核"),
)
WRONG = 2  # of ten


def teach(project: Project, crew: dict[str, list[Employee]], at: datetime) -> None:
    """Three weeks ago the course, then the exam of who passed; today one waits for the desk and a steward."""
    then, manager = at - timedelta(days=20), crew[posts.SERVICE_MANAGER][0]
    lead, officer = _as(manager, then), _as(crew[posts.SERVICE_OFFICER][0], then)
    training.write_handbook(
        project, by=officer, version="2026-1", plan="项目历史与基本情况、管理原则、管理目标、财务目标各一章",
        contracts="业主公约、装修管理协议、物业管理合同", policies="停车、装修、宠物管理规定及公示说明",
        kept_at="项目文件服务器", second_copy_at="公司档案室",
    )  # fmt: skip
    people = [crew[posts.SERVICE_OFFICER][0], crew[posts.RECEPTIONIST][1]]
    course = training.give_course(
        project, by=lead, module="M03", name="内部资料应知应会", part="basic", mode="lecture", level="staff", hours=2,
        exam_subject="internal", on=timezone.localdate(then), employees=people,
    )  # fmt: skip
    there = list(Attendance.objects.filter(project=project, course=course).select_related("employee"))
    for one in there:
        training.attend(one, by=_as(one.employee, then))
    training.close_course(course, by=lead, results={str(one.pk): "合格" for one in there})
    _examined(project, people[0], manager, at - timedelta(days=12))
    _hold(project, manager, at - timedelta(hours=3), [crew[posts.RECEPTIONIST][0], crew[posts.STEWARD][0]])
    _certify(project, crew[posts.CLEANING_LEAD][0], manager, at)
    for name, module, part, audience, days, trainer, examined in PLAN:
        on = timezone.localdate(at) + timedelta(days=days)
        training.plan_course(
            project, by=_as(manager, at - timedelta(hours=3)), module=module, name=name, part=part,
            audience=audience, on=on, trainer=trainer, examined=examined,
        )  # fmt: skip


def _hold(project: Project, manager: Employee, at: datetime, people: list[Employee]) -> Exam:
    exam: Exam = training.hold_exam(
        project, by=_as(manager, at), exam_subject="internal", level="staff", employees=people, size=10, minutes=20,
        until_at=at + timedelta(days=7),
    )  # fmt: skip
    return exam


def _certify(project: Project, employee: Employee, manager: Employee, at: datetime) -> None:
    """Trained this year; the health certificate ends in three weeks."""
    today = timezone.localdate(at)
    for kind, number, since in (("training", "WS-2026-0417", 120), ("health", "JK-2026-1183", 344)):
        issued = today - timedelta(days=since)
        training.register_certificate(
            project, by=_as(manager, at - timedelta(days=10)), employee=employee, kind=kind, number=number,
            issued_on=issued, valid_until=issued + timedelta(days=365),
        )  # fmt: skip


def _examined(project: Project, employee: Employee, manager: Employee, at: datetime) -> None:
    """Sat with two wrong answers, passed, confirmed by the manager."""
    exam = _hold(project, manager, at, [employee])
    sitting = exam.sittings.get(project=project)
    training.begin(sitting, by=_as(employee, at))
    chosen = [(key["right"] + (n < WRONG)) % 4 for n, key in enumerate(sitting.answer_key)]
    training.hand_in(sitting, by=_as(employee, at), chosen=chosen)
    training.confirm_result(sitting, by=_as(manager, at))
