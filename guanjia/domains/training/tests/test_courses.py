"""Courses planned, given, signed and closed; the handbook; who may work alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.organization.operations import plan_duty
from guanjia.domains.training import operations as training
from guanjia.domains.training import papers
from guanjia.domains.training.models import Attendance, Confirmation, Course, Handbook, PlanLine, Question
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.parts.standards.models import Edition
from guanjia.parts.standards.queries import forget
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import address_of

from .cast import held, quality, ready, sat, taught

pytestmark = pytest.mark.django_db
BOOK: dict[str, Any] = {
    "plan": "2006 年交付，18 幢；目标：满意度 95%", "contracts": "业主公约、装修管理协议、物业管理合同",
    "policies": "停车收费公示", "kept_at": "管理处文件服务器", "second_copy_at": "公司档案室",
}  # fmt: skip


def planned(north: Community, **more: Any) -> PlanLine:
    given = {
        "name": "安全保卫基础", "part": "basic", "audience": "全体客服", "on": timezone.localdate() + timedelta(days=9),
        "trainer": "安保部经理", "examined": "笔试", **more,
    }  # fmt: skip
    made: PlanLine = training.plan_course(north.project, by=north.by("hr"), **given)
    return made


@pytest.mark.clause("TRN-08")
def test_hr_plans_the_year_what_is_given_comes_from_the_plan_and_the_plan_prints(north: Community) -> None:
    line = planned(north)
    with pytest.raises(Forbidden):
        training.plan_course(north.project, by=north.by("steward"))
    with pytest.raises(Refused):
        planned(north, on=timezone.localdate() - timedelta(days=1))
    client = north.signed_in("hr")
    assert line.name in client.get(reverse("training:plan", args=["north"])).content.decode()
    assert client.post(address_of(papers.print_plan, line)).content.startswith(b"%PDF")
    off = planned(north, name="绿化养护")
    training.call_off_course(off, by=north.by("hr"), reason="讲师离职")
    training.give(
        line, by=north.by("hr"), name=line.name, part="basic", mode="lecture", on=timezone.localdate(),
        employees=[north.staff["steward"]],
    )  # fmt: skip
    assert Course.objects.get().plan == line and line.state == PlanLine.State.HELD
    with pytest.raises(Conflict):
        training.call_off_course(line, by=north.by("hr"), reason="讲师没到")


@pytest.mark.clause("TRN-02", "TRN-03", "TRN-14")
def test_who_was_there_signs_for_themself_and_the_trainer_closes_with_a_result_for_each(north: Community) -> None:
    people = [north.staff["steward"], north.staff["receptionist"]]
    course = training.give_course(
        north.project, by=north.by("service_manager"), name="服务沟通理论", part="etiquette", mode="practice",
        level="staff", on=timezone.localdate(), hours=2, employees=people,
    )  # fmt: skip
    hers, his = (Attendance.objects.get(course=course, employee=one) for one in people)
    with pytest.raises(Refused):
        training.close_course(course, by=north.by("service_manager"), results={})
    with pytest.raises(Unknown):
        training.attend(hers, by=north.by("receptionist"))
    training.attend(hers, by=north.by("steward"))
    with pytest.raises(Forbidden):
        training.close_course(course, by=north.by("supervisor"), results={str(hers.pk): "合格"})
    with pytest.raises(Refused):
        training.close_course(course, by=north.by("service_manager"), results={str(his.pk): "合格"})
    page = reverse("acts:do", args=["north", "training_course", course.pk, "close_course"])
    assert north.signed_in("service_manager").post(page, {f"result_{hers.pk}": "合格"}).status_code == 302
    hers.refresh_from_db(), his.refresh_from_db()
    assert (hers.result, his.state) == ("合格", Attendance.State.ABSENT)
    sheet = address_of(papers.print_record, hers)
    assert north.signed_in("service_manager").post(sheet).content.startswith(b"%PDF")
    with pytest.raises(Conflict):
        training.attend(his, by=north.by("receptionist"))


def test_the_trainer_is_no_trainee_and_others_do_not_see_who_takes_part(north: Community) -> None:
    with pytest.raises(Refused):
        taught(north, "service_manager")
    course = taught(north, "steward")
    page = reverse("training:course", args=["north", course.pk])
    assert north.staff["steward"].name not in north.signed_in("technician").get(page).content.decode()


# -- the handbook ------------------------------------------------------------------------------------------------------


@pytest.mark.clause("TRN-09", "TRN-11")
def test_the_handbook_has_its_parts_and_two_places_and_prints(north: Community) -> None:
    for wrong in ({"second_copy_at": "管理处文件服务器"}, {"contracts": ""}):
        with pytest.raises(Refused):
            training.write_handbook(north.project, by=north.by("officer"), version="2026-1", **{**BOOK, **wrong})
    made = training.write_handbook(north.project, by=north.by("officer"), version="2026-1", **BOOK)
    with pytest.raises(Refused):
        training.write_handbook(north.project, by=north.by("officer"), version="2026-1", **BOOK)
    sheet = address_of(papers.print_handbook, made)
    assert north.signed_in("officer").post(sheet).content.startswith(b"%PDF")


@pytest.mark.clause("TRN-10")
def test_a_change_gives_the_handbook_three_working_days(north: Community) -> None:
    friday = datetime(2026, 3, 20, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
    change = training.note_change(north.project, by=north.by("officer", friday), what="停车收费调整")
    clock = Clock.objects.get(clause_id="TRN-10")
    assert (clock.due_at - timedelta(seconds=1)).astimezone(friday.tzinfo).date().isoformat() == "2026-03-25"
    training.update_handbook(change, by=north.by("officer", friday + timedelta(days=4)), version="2026-2", **BOOK)
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET and change.handbook == Handbook.objects.get()


@pytest.mark.clause("TRN-12")
def test_only_a_check_at_the_end_of_the_month_settles_it(north: Community) -> None:
    from guanjia.parts.obligations import keeping
    from guanjia.parts.obligations.models import Obligation

    zone = ZoneInfo("Asia/Shanghai")
    early, late = datetime(2026, 3, 10, 9, tzinfo=zone), datetime(2026, 3, 30, 9, tzinfo=zone)
    made = training.write_handbook(north.project, by=north.by("officer", early), version="2026-1", **BOOK)
    keeping.make(north.project, early)
    owed = Obligation.objects.filter(rule_key="training.check_handbook", period="2026-03")
    training.check_handbook(made, by=north.by("officer", early), gaps="")
    assert owed.get().state == Obligation.State.OPEN
    training.check_handbook(made, by=north.by("officer", late), gaps="补充电梯公示")
    assert owed.get().state == Obligation.State.MET


# -- who may work alone ------------------------------------------------------------------------------------------------


def off(north: Community, clause: str) -> None:
    Edition.objects.create(
        project=north.project, clause_id=clause, scope="project", number=2, values={"is_on": False}, reason="暂缓",
        effective_from=timezone.localdate() - timedelta(days=1), decided_by_name="主管", decided_at=timezone.now(),
    )  # fmt: skip
    forget()


@pytest.mark.clause("TRN-13")
def test_nobody_is_confirmed_untaught_or_unexamined_or_by_themself(north: Community) -> None:
    desk = {"employee": north.staff["receptionist"], "post": "receptionist"}
    with pytest.raises(Refused) as refusal:
        training.confirm_in_post(north.project, by=north.by("supervisor"), **desk)
    assert refusal.value.clause == "TRN-13" and len(refusal.value.errors["employee"]) == 2
    ready(north)
    with pytest.raises(Forbidden):
        training.confirm_in_post(north.project, by=north.by("officer"), **desk)
    with pytest.raises(Refused):
        training.confirm_in_post(north.project, by=north.by("supervisor"), **{**desk, "post": "steward"})
    assert training.confirm_in_post(north.project, by=north.by("supervisor"), **desk).post == "receptionist"
    ready(north, "supervisor")
    me = {"employee": north.staff["supervisor"], "post": "service_supervisor"}
    with pytest.raises(Refused):
        training.confirm_in_post(north.project, by=north.by("supervisor"), **me)


@pytest.mark.clause("TRN-05")
def test_a_supervisor_is_confirmed_by_the_company_after_english_and_law_at_that_level(north: Community) -> None:
    company = quality(north)
    ready(north, "supervisor")
    me = {"employee": north.staff["supervisor"], "post": "service_supervisor"}
    with pytest.raises(Refused) as refusal:
        training.confirm_in_post(north.project, by=north.by("service_manager"), **me)
    assert refusal.value.clause == "TRN-05"
    with pytest.raises(Refused) as refusal:
        training.confirm_in_post(north.project, by=north.by(company), **me)
    assert refusal.value.clause == "TRN-05" and len(refusal.value.errors["employee"]) == 2
    for subject in ("english", "law"):
        _questions(north, company, subject)
        exam = held(north, "supervisor", by=company, exam_subject=subject, level="senior_project_supervisor", size=5)
        training.confirm_result(sat(north, exam, "supervisor").sitting, by=north.by(company))
    assert training.confirm_in_post(north.project, by=north.by(company), **me).employee == north.staff["supervisor"]


def _questions(north: Community, company: str, subject: str) -> None:
    Question.objects.bulk_create(
        Question(
            project=north.project, clause_id="TRN-05", exam_subject=subject, level="senior_project_supervisor",
            ask=f"第 {n} 题", right="甲", wrong=["乙", "丙", "丁"], author=north.staff[company],
            written_at=timezone.now(), moved_at=timezone.now(), mark=_mark(north),
        )
        for n in range(6)
    )  # fmt: skip


def _mark(north: Community) -> str:
    from guanjia.domains.training.bank import fingerprint
    from guanjia.parts.standards.queries import rule_in_force

    return fingerprint(rule_in_force("TRN-05", north.project, timezone.localdate()))


def roster(north: Community, *who: str, days: int = 3) -> None:
    on = timezone.localdate() + timedelta(days=30 + days)
    plan_duty(
        north.project, by=north.by("supervisor"), employees=[north.staff[one] for one in who], post="receptionist",
        shift="day", first_on=on,
    )  # fmt: skip


@pytest.mark.clause("TRN-13")
def test_once_begun_the_roster_refuses_who_would_work_alone_unconfirmed(north: Community) -> None:
    from guanjia.people.models import Posting

    Posting.objects.create(
        project=north.project, employee=north.staff["officer"], post="receptionist", from_on=timezone.localdate()
    )
    roster(north, "receptionist", days=1)  # not begun: nobody is refused
    with pytest.raises(Refused):
        training.demand_confirmation(north.project, by=north.by("manager"), from_on=timezone.localdate(), days=30)
    tomorrow = timezone.localdate() + timedelta(days=1)
    demand = training.demand_confirmation(north.project, by=north.by("manager"), from_on=tomorrow, days=30)
    with pytest.raises(Refused) as refusal:
        roster(north, "receptionist", days=2)
    assert refusal.value.clause == "TRN-13"
    ready(north)
    training.confirm_in_post(
        north.project, by=north.by("supervisor"), employee=north.staff["receptionist"], post="receptionist"
    )
    roster(north, "receptionist", days=2)
    roster(north, "receptionist", "officer", days=3)  # a beginner beside somebody confirmed
    with pytest.raises(Refused):
        roster(north, "officer", days=4)
    training.end_demand(demand, by=north.by("manager"))
    roster(north, "officer", days=4)
    assert Confirmation.objects.count() == 1


@pytest.mark.clause("TRN-13")
def test_after_an_update_the_confirmed_are_examined_again_or_leave_the_roster(north: Community) -> None:
    past = timezone.now() - timedelta(days=60)
    ready(north, at=past)
    who = {"employee": north.staff["receptionist"], "post": "receptionist"}
    training.confirm_in_post(north.project, by=north.by("supervisor", past), **who)
    tomorrow = timezone.localdate() + timedelta(days=1)
    training.demand_confirmation(north.project, by=north.by("manager"), from_on=tomorrow, days=30)
    roster(north, "receptionist", days=1)
    then = timezone.now() - timedelta(days=40)
    training.write_handbook(north.project, by=north.by("officer", then), version="2026-9", **BOOK)
    with pytest.raises(Refused):
        roster(north, "receptionist", days=2)
    training.confirm_result(sat(north, held(north)).sitting, by=north.by("service_manager"))
    roster(north, "receptionist", days=2)


def test_where_the_clause_is_not_in_force_nobody_is_held_up(north: Community) -> None:
    off(north, "TRN-13")
    tomorrow = timezone.localdate() + timedelta(days=1)
    training.demand_confirmation(north.project, by=north.by("manager"), from_on=tomorrow, days=30)
    roster(north, "receptionist", days=1)
    who = {"employee": north.staff["receptionist"], "post": "receptionist"}
    assert training.confirm_in_post(north.project, by=north.by("supervisor"), **who).post == "receptionist"


@pytest.mark.clause("TRN-01")
def test_the_course_has_fifty_modules_in_eight_parts_and_is_planned_and_given_from_its_page(north: Community) -> None:
    client, page = north.signed_in("hr"), reverse("training:curriculum", args=["north"])
    shown = client.get(page).content.decode()
    assert all(part in shown for part in ("服务礼仪与沟通", "客户关系管理", "服务品质管理")) and "50 个模块" in shown
    new = f"{reverse('training:new-plan', args=['north'])}?module=M19"
    assert new in shown and 'value="M19" selected' in client.get(new).content.decode()
    ahead = (timezone.localdate() + timedelta(days=9)).isoformat()
    wrong = {"module": "M19", "part": "crm", "audience": "前台", "on": ahead}
    assert client.post(reverse("training:new-plan", args=["north"]), wrong).status_code == 422
    with pytest.raises(Refused):
        planned(north, name="", part="")
    assert client.post(reverse("training:new-plan", args=["north"]), {**wrong, "part": ""}).status_code in (302, 303)
    line = PlanLine.objects.get(module="M19")
    assert (
        line.part == "business"
        and line.name.startswith("钥匙")
        and f"计划 {ahead}" in client.get(page).content.decode()
    )
    act = reverse("acts:do", args=["north", "training_plan_line", line.pk, "give"])
    assert f'value="{line.name}"' in client.get(act).content.decode()
    training.give(
        line, by=north.by("hr"), module="M19", mode="lecture", on=timezone.localdate(),
        employees=[north.staff["receptionist"]],
    )  # fmt: skip
    training.attend(Attendance.objects.get(), by=north.by("receptionist"))
    assert "1 人签到" in client.get(page).content.decode()
    assert "我已参加" in north.signed_in("receptionist").get(page).content.decode()
