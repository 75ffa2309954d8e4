"""Conduct is inspected item by item; what is wrong stays open until somebody else has seen it corrected."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia import book
from guanjia.book import conduct
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.inspections import queries
from guanjia.parts.inspections.forms import key
from guanjia.parts.inspections.models import Inspection, Mark, State
from guanjia.parts.inspections.operations import accept_correction, correct, record, send_back
from guanjia.parts.obligations import keeping
from guanjia.parts.obligations.models import Obligation
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def marked(checklist: str, faults: tuple[str, ...] = ()) -> dict[str, Any]:
    """The answers of a page: all in order but the faults."""
    given: dict[str, Any] = {}
    for item in conduct.checklist(checklist).items:
        bad = item.id in faults
        given[f"r_{key(item.id)}"] = "fault" if bad else "ok"
        given[f"n_{key(item.id)}"] = "看到的情况" if bad else ""
    return given


def inspected(
    north: Community, checklist: str = "appearance", who: str = "supervisor", faults: tuple[str, ...] = (), **more: Any
) -> Inspection:
    whom = (
        {"employee": north.staff["receptionist"]} if conduct.checklist(checklist).of == "person" else {"place": "前台"}
    )
    given = {"checklist": checklist, "occasion": "daily", **whom, **marked(checklist, faults), **more}
    return record(north.project, by=north.by(who), **given)


@pytest.mark.clause(
    "ORG-11", "ORG-18", "DESK-21", "VIS-04", "PAR-02", "ARC-09", "HAZ-04", "CASE-06", "CMP-09", "SUG-05",
    "PRM-05", "GFT-01", "VIO-03", "VAC-05", "REN-14", "FEE-13", "NTC-06", "ACT-10", "PRIV-06", "ETQ-01",
    "ETQ-02", "ETQ-03", "ETQ-04", "ETQ-05", "ETQ-06", "ETQ-07", "ETQ-08", "ETQ-09", "ETQ-10", "ETQ-11",
    "ETQ-12", "ETQ-13", "ETQ-14", "ETQ-15", "ETQ-16", "ETQ-17", "ETQ-18", "ETQ-19", "ETQ-20", "ETQ-21",
    "ETQ-22", "ETQ-24", "ETQ-25", "ETQ-26", "ETQ-27", "MTG-10", "RPT-03", "TRN-04", "TRN-07", "CAR-02",
    "CAR-04", "PLN-03", "EMG-06", "LEA-01", "LEA-04",
)  # fmt: skip
def test_every_conduct_of_the_book_is_inspected_and_measured(north: Community) -> None:
    now = timezone.now()
    for one in conduct.checklists().values():
        inspected(north, one.id, faults=(one.items[0].id,))
    for clause in (c for c in book.clauses() if c.kind == "conduct"):
        found = conduct.of_clause(clause.id)
        assert found is not None, clause.id
        own = [item for item in found.items if item.clause == clause.id]
        bad = sum(item.id == found.items[0].id for item in own)
        kept = queries.kept(north.project, clause.id, now, timezone.now())
        assert kept == {"due": len(own), "met": len(own) - bad} and own, clause.id
        assert any(q.clause == clause.id for q in found.questions), clause.id


def test_every_question_has_one_right_answer_among_different_ones() -> None:
    for one in conduct.checklists().values():
        for question in one.questions:
            assert len(set(question.answers)) == len(question.answers) == 4, question.id
            assert max(len(a) for a in question.answers) <= 60


def test_a_fault_is_corrected_and_looked_at_by_somebody_else(north: Community) -> None:
    inspected(north, faults=("ETQ-01.2",))
    fault = Mark.objects.get(state=State.FAULT)
    correct(fault, by=north.by("supervisor"), correction="当场扣好并佩戴工牌")
    with pytest.raises(Forbidden):
        accept_correction(fault, by=north.by("supervisor"))
    send_back(fault, by=north.by("manager"), reason="仍未佩戴")
    assert fault.state == State.FAULT and fault.corrected_by is None
    correct(fault, by=north.by("receptionist"), correction="已佩戴")
    accept_correction(fault, by=north.by("supervisor"))
    assert fault.state == State.SETTLED and fault.is_fault
    assert "已佩戴" not in str(list(Event.objects.values_list("given", flat=True)))


def test_a_fault_without_a_word_is_refused_and_nothing_is_recorded(north: Community) -> None:
    given = marked("appearance", ("ETQ-01.1",)) | {f"n_{key('ETQ-01.1')}": " "}
    with pytest.raises(Refused) as refusal:
        record(
            north.project, by=north.by("supervisor"), checklist="appearance", occasion="daily",
            employee=north.staff["receptionist"], **given,
        )  # fmt: skip
    assert set(refusal.value.errors) == {"n_etq_01_1"} and not Inspection.objects.exists()


def test_every_item_wants_an_answer(north: Community) -> None:
    given = marked("appearance")
    del given["r_etq_01_1"]
    with pytest.raises(Refused) as refusal:
        record(
            north.project, by=north.by("supervisor"), checklist="appearance", occasion="daily",
            employee=north.staff["receptionist"], **given,
        )  # fmt: skip
    assert set(refusal.value.errors) == {"r_etq_01_1"}


def test_a_machine_sends_the_marks_as_one_list(north: Community) -> None:
    marks = [{"item": item.id, "result": "ok"} for item in conduct.checklist("storage").items]
    made = record(
        north.project, by=north.by("supervisor"), checklist="storage", occasion="random", place="库房", marks=marks
    )
    assert made.checked == len(marks)
    with pytest.raises(Refused):
        record(
            north.project, by=north.by("supervisor"), checklist="storage", occasion="random", place="库房",
            marks=marks[1:],
        )  # fmt: skip


def test_nobody_inspects_themself(north: Community) -> None:
    with pytest.raises(Refused):
        inspected(north, employee=north.staff["supervisor"])
    made = inspected(north)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.filter(pk=made.pk).update(employee=made.inspector_id)


@pytest.mark.parametrize("who", ["receptionist", "technician", "steward", "administrator"])
def test_the_wrong_post_inspects_nobody(north: Community, who: str) -> None:
    with pytest.raises(Forbidden):
        inspected(north, who=who, employee=north.staff["guard"])


def test_only_inspectors_and_who_is_concerned_see_it(north: Community, south: Community) -> None:
    made = inspected(north, faults=("ETQ-01.1",))
    seen = {who: Inspection.visible_to(north.by(who)).filter(pk=made.pk).exists() for who in north.staff}
    assert seen["receptionist"] and seen["manager"] and seen["supervisor"]
    assert not any(seen[who] for who in ("steward", "technician", "guard", "cashier"))
    assert not Inspection.visible_to(south.by("manager")).exists()
    with pytest.raises(Unknown):
        correct(Mark.objects.get(state=State.FAULT), by=north.by("guard"), correction="已改")


def test_what_is_in_order_is_not_corrected(north: Community) -> None:
    inspected(north)
    with pytest.raises(Conflict):
        correct(Mark.objects.filter(state=State.OK)[0], by=north.by("receptionist"), correction="已改")


@pytest.mark.clause("QLT-03")
def test_the_daily_check_is_settled_by_a_daily_inspection_only(north: Community) -> None:
    keeping.make(north.project, timezone.now())
    now = timezone.now()
    rows = Obligation.objects.filter(rule_key="inspections.daily", from_at__lte=now, due_at__gt=now)
    inspected(north, occasion="mystery", outsider="神秘客户")
    assert rows.get().state == "open"
    inspected(north)
    assert (rows.get().state, rows.get().done) == ("met", 1)


def test_the_pages_open_for_who_may_see_them(north: Community) -> None:
    made = inspected(north, faults=("ETQ-01.1",))
    client = Client()
    client.force_login(Account.objects.get(username="north.supervisor"))
    session = client.session
    session["generation"] = 0
    session.save()

    def page(name: str, *args: Any, **query: str) -> str:
        found = client.get(reverse(f"inspections:{name}", args=["north", *args]), query)
        assert found.status_code == 200, name
        return found.content.decode()

    assert "仪容仪表检查表" in page("list") and "看到的情况" in page("page", made.pk)
    assert "仪容仪表检查表" in page("lists") and "工牌应当佩戴在哪里" in page("one_list", "appearance")
    assert "□" in page("one_list", "appearance", print="1")
    assert "按规定着制服" in page("new", checklist="appearance") and "仪容仪表" in page("new")
    clause = client.get(reverse("standards:clause", args=["north", "ETQ-01"])).content.decode()
    assert "看到的情况" in clause and "按规定着制服" in clause
    assert client.get(reverse("inspections:one_list", args=["north", "nothing"])).status_code == 404


def test_the_page_itself_records_with_the_hidden_fields_that_it_sends(north: Community) -> None:
    """What stands in the page goes back with it: an empty list of marks must not hide the fields of the items."""
    client, url = north.signed_in("supervisor"), reverse("inspections:new", args=["north"])
    shown = client.get(url, {"checklist": "appearance"}).content.decode()
    hidden = re.search(r'name="marks"[^>]*value="([^"]*)"', shown)
    sent = {f"r_{key(item.id)}": "ok" for item in conduct.checklist("appearance").items}
    sent |= {"checklist": "appearance", "occasion": "daily", "employee": str(north.staff["steward"].pk)}
    answer = client.post(url, {**sent, "marks": hidden[1] if hidden else ""})
    assert answer.status_code == 302 and Inspection.objects.get().faults == 0
