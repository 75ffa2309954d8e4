"""A list of staff: what is wrong with a row, who gets which post, passwords once, and what keeps it from going back."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.domains.organization import operations as organization
from guanjia.kernel.outcomes import Forbidden, Refused, RefusedRows
from guanjia.parts.imports import operations
from guanjia.parts.imports.models import Import, State
from guanjia.parts.imports.tests.files import (
    STAFF_HEAD,
    STAFF_ROWS,
    at_the_office,
    bring,
    csv_of,
    send,
    sentences,
    take_back,
)
from guanjia.people import posts
from guanjia.people.login import AccountBackend, phone_hash, posts_of
from guanjia.people.models import Account, Employee, Posting
from guanjia.people.tests.cast import Community, hire

pytestmark = pytest.mark.django_db
HR = "office_hr"


@pytest.fixture
def company(north: Community) -> Community:
    return at_the_office(north)


def sent(company: Community, *rows: list[Any]) -> Import:
    return send(company, csv_of([STAFF_HEAD, *rows]), "staff.csv", HR, "staff")


def row(**said: str) -> list[str]:
    """A technician of North, with what a test says otherwise."""
    given = {
        "工号": "QH200", "姓名": "江三石", "手机号": "13800002200", "部门": "", "学历": "",
        "保密协议签署日期": "2024-01-02", "项目": "north", "岗位": "维修人员", "到岗日期": "", **said,
    }  # fmt: skip
    return [given[name] for name in STAFF_HEAD]


@pytest.mark.clause("ORG-02", "PRIV-03")
def test_staff_come_in_with_posts_and_accounts_and_their_passwords_are_seen_once(company: Community) -> None:
    one = bring(company, sent(company, *STAFF_ROWS), HR)
    steward, technician = (Employee.objects.get(number=number) for number in ("QH101", "QH102"))
    assert steward.education == "college" and steward.nda_signed_on is not None
    assert posts_of(steward, company.by(HR).at) == {company.project.pk: {posts.STEWARD}}
    assert posts_of(technician, company.by(HR).at) == {company.project.pk: {posts.TECHNICIAN, posts.DUTY_MANAGER}}
    assert "13800002001" not in str(list(Account.objects.filter(username="QH101").values()))
    assert Account.objects.get(username="QH101").phone_hash == phone_hash("13800002001")

    office = company.staff[HR].project
    company.staff["second"] = hire(office, office, "office.hr2", "罗同事", posts.HR_OFFICER)
    with pytest.raises(Refused):  # a colleague who may import does not see them
        operations.show_once(one, by=company.by("second"))
    shown = operations.show_once(one, by=company.by(HR)).shown_once
    assert [cells[:2] for cells in shown] == [["QH101", "方一禾"], ["QH102", "蒋二木"]]
    account = AccountBackend().authenticate(None, "13800002001", shown[0][2])
    assert account is not None and account.must_change_password
    one.refresh_from_db()
    assert not one.once


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"岗位": "飞行员"}, "岗位", "楼宇管家"),
    ({"项目": "东苑"}, "项目", "东苑"),
    ({"岗位": "管家", "学历": "高中"}, "学历", "大专"),
    ({"工号": "north.manager"}, "工号", "另一个姓名"),
    ({"工号": ""}, "", "缺少工号"),
    ({"工号": "有空格 1"}, "工号", "2 至 30 位"),
    ({"手机号": "1380000220"}, "手机号", "11 位"),
    ({"手机号": "13800002222"}, "手机号", "QH150"),
    ({"手机号": "13800002001"}, "手机号", "QH101"),
    ({"工号": "QH101"}, "工号", "第 2 行"),
    ({"工号": "north.owner"}, "工号", "占用"),
    ({"保密协议签署日期": "2099-01-01"}, "保密协议签署日期", "晚于今天"),
    ({"到岗日期": "2099-01-01"}, "到岗日期", "一年"),
]


def test_each_wrong_row_is_named_in_a_sentence_and_left_out(company: Community) -> None:
    organization.hire(
        company.staff[HR].project, by=company.by(HR), number="QH150", name="尤五", phone="13800002222", email="",
        department_key="", education="",
    )  # fmt: skip
    rows = [
        row(**{"工号": f"QH2{n:02d}", "手机号": f"138000030{n:02d}", **said}) for n, (said, _c, _w) in enumerate(WRONG)
    ]
    one = sent(company, *STAFF_ROWS, *rows)
    told = sentences(one)
    assert one.counts["wrong"] == len(WRONG) == len(told), told
    for n, (sentence, (_said, column, words)) in enumerate(zip(told, WRONG, strict=True)):
        assert sentence.startswith(f"{n + 5} {column}") and words in sentence, sentence
    before = Employee.objects.count()
    bring(company, one, HR)
    assert Employee.objects.count() == before + 2 and not Employee.objects.filter(name="江三石").exists()


@pytest.mark.clause("PRIV-03")
def test_who_has_not_signed_comes_in_without_a_post_and_that_is_said(company: Community) -> None:
    one = sent(company, row(保密协议签署日期="", 部门="飞行部"))
    assert (one.counts["wrong"], one.counts["notes"]) == (0, 2), sentences(one)
    bring(company, one, HR)
    assert not Posting.objects.filter(employee__number="QH200").exists()


def test_nobody_on_record_is_changed_by_a_file(company: Community) -> None:
    technician = company.staff["technician"]
    one = sent(company, row(工号="north.technician", 姓名=technician.name, 手机号="", 岗位="系统管理员"))
    assert one.counts["new"] == 0 and one.counts["notes"] == 1, sentences(one)
    with pytest.raises(Refused):
        operations.commit(one, by=company.by(HR))
    assert set(posts_of(technician, company.by(HR).at)[company.project.pk]) == {posts.TECHNICIAN}


def test_an_import_of_staff_stands_once_somebody_has_signed_in_or_was_given_more(company: Community) -> None:
    one = bring(company, sent(company, *STAFF_ROWS), HR)
    Account.objects.filter(username="QH101").update(must_change_password=False)
    with pytest.raises(Refused):
        operations.reverse(one, by=company.by(HR))
    Account.objects.filter(username="QH101").update(must_change_password=True)
    technician = Employee.objects.get(number="QH102")
    organization.set_skill(
        technician, by=company.by(HR), project=company.project, repair_type="plumbing", level=2
    )  # fmt: skip
    with pytest.raises(Refused):
        operations.reverse(one, by=company.by(HR))
    assert Employee.objects.filter(number="QH101").exists()


def test_what_an_import_of_staff_made_is_gone_when_it_is_taken_back(company: Community) -> None:
    one = bring(company, sent(company, *STAFF_ROWS), HR)
    assert take_back(company, one, HR).state == State.REVERSED
    assert not Account.objects.filter(username__startswith="QH10").exists()
    again = bring(company, sent(company, *STAFF_ROWS), HR)
    assert again.state == State.DONE, again.sentence


@pytest.mark.clause("ORG-10")
def test_the_batch_itself_refuses_what_the_page_refuses(company: Community) -> None:
    office, by = company.staff[HR].project, company.by(HR)
    good = {"number": "QH300", "name": "钟一", "phone": "", "email": "", "department_key": "", "education": ""}
    held = [[company.project.pk, posts.STEWARD, "2024-01-02"]]
    for bad in (
        {"posts": held, "nda_signed_on": "2024-01-01"},
        {"posts": [[company.project.pk, posts.TECHNICIAN, "2024-01-02"]]},
        {"posts": [[10**9, posts.TECHNICIAN, "2024-01-02"]], "nda_signed_on": "2024-01-01"},
        {"posts": "x"},
        {"number": "north.manager"},
    ):
        with pytest.raises(RefusedRows):
            organization.bring_in_staff(office, [{**good, **bad}], by=by)
    with pytest.raises(Forbidden):
        organization.bring_in_staff(company.project, [good], by=company.by("manager"))
    assert not Employee.objects.filter(number="QH300").exists()
