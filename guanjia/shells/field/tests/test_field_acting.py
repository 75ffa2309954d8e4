"""A repair on the phone, step by step: once, when it happened, refused with what was written kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.repairs.queries import order_of
from guanjia.kernel.models import Event
from guanjia.parts.files.queries import files_of
from guanjia.people.tests.cast import Community

from .conftest import arrived, fresh, home, picture, taken, url

pytestmark = pytest.mark.django_db


@pytest.mark.clause("RPR-02", "RPR-03", "RPR-06")
def test_a_repair_is_done_from_the_phone(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "technician")
    assert client.post(url(north, case, "accept"), {"next": home(north)}).headers["Location"] == home(north)
    visit = {
        "appointment_from": (timezone.localtime() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "appointment_to": "",
    }
    assert client.post(url(north, case, "agree_visit"), visit).status_code == 302
    assert client.post(url(north, case, "arrive"), {"photos": [picture()]}).status_code == 302
    done = {
        "work_done": "更换软管", "finding": "fixed", "is_cleared": "1", "photos": [picture(), picture("q.jpg")], "signature": picture("s.png"),
        "line-0-name": "软管 40 cm", "line-0-quantity": "2", "line-0-unit_fen": "18.00", "line-0-payer": "company",
    }  # fmt: skip
    assert client.post(url(north, case, "finish"), done).status_code == 302
    order = order_of(fresh(case))
    assert fresh(case).state == "done" and order.work_done == "更换软管。现场已清理，水电已复位。"
    assert [(m.name, m.quantity, m.unit_fen) for m in order.materials.all()] == [("软管 40 cm", 2, 1800)]
    assert (files_of(case, "before").count(), files_of(case, "after").count(), files_of(case, "signature").count()) == (
        1,
        2,
        1,
    )


def test_a_step_of_somebody_elses_case_is_refused(north: Community, phone: Any) -> None:
    case = taken(north)
    assert phone(north, "electrician").post(url(north, case, "accept")).status_code == 403
    assert phone(north, "guard").post(url(north, case, "accept")).status_code in (403, 404)
    assert fresh(case).state == "dispatched"


def test_a_form_sent_twice_has_one_effect(north: Community, phone: Any) -> None:
    case, client = arrived(north), phone(north, "technician")
    data = {"words": "已到场，等配件", "contact": "resident", "idempotency_key": "n1"}
    answers = [client.post(url(north, case, "note"), data).status_code for _ in range(3)]
    assert answers == [302, 302, 302] and Event.objects.filter(name="cases.note").count() == 1


def test_a_finish_sent_twice_records_its_material_once(north: Community, phone: Any) -> None:
    case, client = arrived(north), phone(north, "technician")

    def done() -> dict[str, Any]:
        return {
            "work_done": "更换软管", "finding": "fixed", "photos": [picture()], "idempotency_key": "f1",
            "line-0-name": "软管", "line-0-quantity": "1", "line-0-unit_fen": "", "line-0-payer": "company",
        }  # fmt: skip

    assert [client.post(url(north, case, "finish"), done()).status_code for _ in range(2)] == [302, 302]
    assert order_of(fresh(case)).materials.count() == 1 and Event.objects.filter(name="repairs.finish").count() == 1


def test_what_happened_without_a_network_counts_when_it_happened(north: Community, phone: Any) -> None:
    case = taken(north)
    when = case.moved_at + timedelta(milliseconds=2)
    answer = phone(north, "technician").post(
        url(north, case, "accept"), {"at": when.isoformat(), "idempotency_key": "a1"}
    )
    event = Event.objects.get(name="repairs.accept")
    assert answer.status_code == 302 and abs(event.at - when) < timedelta(milliseconds=2)
    assert order_of(fresh(case)).accepted_at == event.at


def test_a_note_from_an_hour_ago_is_marked_late(north: Community, phone: Any) -> None:
    case = taken(north, at=timezone.now() - timedelta(hours=2))
    when = timezone.now() - timedelta(hours=1)
    answer = phone(north, "technician").post(url(north, case, "note"), {"words": "没网时到过", "at": when.isoformat()})
    event = Event.objects.get(name="cases.note")
    assert answer.status_code == 302 and event.is_late and abs(event.at - when) < timedelta(seconds=1)


@pytest.mark.parametrize("at", ["tomorrow", "9999-12-31T23:59:59Z", "2020-01-01T00:00"])
def test_an_impossible_time_is_refused(north: Community, phone: Any, at: str) -> None:
    case = taken(north)
    assert phone(north, "technician").post(url(north, case, "accept"), {"at": at}).status_code == 422
    assert fresh(case).state == "dispatched"


def test_a_refused_finish_keeps_its_text_and_records_nothing(north: Community, phone: Any) -> None:
    case = arrived(north)
    data = {
        "work_done": "只写了这句", "finding": "fixed", "idempotency_key": "k9",
        "line-3-name": "防水胶", "line-3-quantity": "1", "line-3-unit_fen": "26.00", "line-3-payer": "resident",
    }  # fmt: skip
    answer = phone(north, "technician").post(url(north, case, "finish"), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "只写了这句" in page and "防水胶" in page and 'value="k9"' in page
    assert fresh(case).state == "working" and not order_of(fresh(case)).materials.exists()


@pytest.mark.clause("RPR-12")
def test_material_the_resident_pays_needs_an_agreed_price(north: Community, phone: Any) -> None:
    case, client = arrived(north), phone(north, "technician")
    data = {
        "work_done": "更换",
        "finding": "fixed",
        "line-0-name": "软管",
        "line-0-quantity": "1",
        "line-0-unit_fen": "18.00",
        "line-0-payer": "resident",
    }
    answer = client.post(url(north, case, "finish"), {**data, "photos": [picture()]})
    assert answer.status_code == 422 and "RPR-12" in answer.content.decode() and fresh(case).state == "working"
    assert client.post(url(north, case, "quote"), {"quoted_fen": "18.00", "quote_words": "软管一根"}).status_code == 302
    assert client.post(url(north, case, "consent_quote"), {"mode": "home"}).status_code == 302
    assert client.post(url(north, case, "finish"), {**data, "photos": [picture()]}).status_code == 302
    assert order_of(fresh(case)).total_fen == 1800


@pytest.mark.parametrize(("quantity", "price"), [("0", "1.00"), ("x", "1.00"), ("1", "1.005"), ("1", "-5")])
def test_a_wrong_line_of_material_is_refused(north: Community, phone: Any, quantity: str, price: str) -> None:
    case = arrived(north)
    data = {
        "work_done": "更换",
        "finding": "fixed",
        "line-0-name": "软管",
        "line-0-quantity": quantity,
        "line-0-unit_fen": price,
        "line-0-payer": "company",
    }
    answer = phone(north, "technician").post(url(north, case, "finish"), {**data, "photos": [picture()]})
    assert answer.status_code == 422 and fresh(case).state == "working"


@pytest.mark.clause("CASE-05")
def test_nobody_arrives_at_a_home_without_an_agreed_visit(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "technician")
    client.post(url(north, case, "accept"))
    answer = client.post(url(north, case, "arrive"))
    assert answer.status_code == 422 and "CASE-05" in answer.content.decode()
    assert order_of(fresh(case)).arrived_at is None


def test_an_unknown_verb_and_a_hostile_way_back_are_not_followed(north: Community, phone: Any) -> None:
    case, client = taken(north), phone(north, "technician")
    assert client.get(url(north, case, "explode")).status_code == 404
    answer = client.post(url(north, case, "accept"), {"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == url(north, case)
