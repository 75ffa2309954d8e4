"""The care list and its visits: owed without anybody asking, seen by the district alone; the file with its plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.followups.models import Visit
from guanjia.domains.followups.operations import record_visit
from guanjia.domains.residents.models import CareFile
from guanjia.domains.residents.operations import (
    end_care_tag,
    keep_care_file,
    open_care_file,
    share_experience,
    withdraw_consent,
)
from guanjia.domains.residents.papers import print_care_file
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.people.models import CareTag, Consent, Posting
from guanjia.people.tests.cast import LONG_AGO, Community
from guanjia.web.sheets import address_of

from .caring import NOTE, another_steward, cared, filed

pytestmark = pytest.mark.django_db
CARE = "residents.care_visit"


def owed(north: Community, key: str, at: Any = None) -> list[Obligation]:
    """What is owed of a rule in the period of a moment."""
    moment = at or timezone.now()
    keeping.make_for(rules.registry[key], north.project, moment)
    rows = Obligation.objects.filter(project=north.project, rule_key=key, from_at__lte=moment, due_at__gt=moment)
    return list(rows.exclude(state="void"))


def visited(north: Community, who: str = "steward", **more: Any) -> Visit:
    given = {
        "house": north.house, "resident": north.owner, "kind": "care_visit", "mode": "home", "feedback": "药吃完了",
    }  # fmt: skip
    made: Visit = record_visit(north.project, by=north.by(who), **{**given, **more})
    return made


@pytest.mark.clause("RES-06")
def test_a_person_on_the_care_list_is_owed_a_visit_each_month_by_the_steward_of_the_district(north: Community) -> None:
    cared(north)
    cared(north, kind="lonely")  # a second mark is no second visit
    (one,) = owed(north, CARE)
    assert (one.owner_id, one.subject_label, one.state) == (north.staff["steward"].pk, "care_tag", "open")
    assert one.is_missed(one.due_at) and not one.is_missed(timezone.now())  # red by itself when the month has passed
    visited(north, kind="home_visit")
    one.refresh_from_db()
    assert one.state == "open"  # an ordinary visit of the household is none for the person's sake
    visited(north)
    one.refresh_from_db()
    assert one.state == "met"


@pytest.mark.clause("RES-06")
def test_who_is_named_later_in_the_month_or_was_visited_before_is_settled_from_the_journal(north: Community) -> None:
    first = cared(north)
    visited(north)
    assert [row.state for row in owed(north, CARE)] == ["met"]
    end_care_tag(CareTag.objects.get(resident=first), by=north.by("steward"))
    assert owed(north, CARE, timezone.now() + timedelta(days=40)) == []


@pytest.mark.clause("RES-06")
def test_what_is_said_at_a_care_visit_is_sealed_and_for_the_district_alone(north: Community, south: Community) -> None:
    another_steward(north)
    cared(north)
    visit = visited(north)
    raw = Visit.objects.filter(pk=visit.pk).values_list("feedback", flat=True).get()
    event = Event.objects.get(name="followups.record_visit")
    assert raw == "" and Visit.objects.get(pk=visit.pk).said == "药吃完了"
    assert "药吃完了" not in f"{event.given}{event.changes}"
    for who in ("steward", "supervisor", "manager"):
        assert Visit.visible_to(north.by(who)).filter(pk=visit.pk).exists(), who
    for who in ("guard", "receptionist", "officer", "technician", "owner"):  # the guard is another district's steward
        assert not Visit.visible_to(north.by(who)).filter(pk=visit.pk).exists(), who
    assert not Visit.visible_to(south.by("supervisor")).filter(pk=visit.pk).exists()
    with pytest.raises(Refused):
        visited(north, who="guard")
    with pytest.raises(Refused):
        visited(north, who="officer")
    with pytest.raises(Refused):
        visited(north, resident=None)


@pytest.mark.clause("REV-03")
def test_the_care_list_shows_who_is_due_and_when_and_leads_to_the_visit(north: Community) -> None:
    another_steward(north)
    file = filed(north)
    owed(north, CARE)
    url = reverse("residents:care", args=["north"])
    page = north.signed_in("steward").get(url)
    shown = page.content.decode()
    assert north.owner.name in shown and "3-2-1201" in shown and page.context["lines"][0]["cells"][5]["value"]
    beside = north.signed_in("steward").get(reverse("residents:care-file", args=["north", file.pk])).content.decode()
    assert f"resident={north.owner.pk}" in beside and "kind=care_visit" in beside
    assert north.owner.name in north.signed_in("supervisor").get(url).content.decode()
    assert north.owner.name not in north.signed_in("guard").get(url).content.decode()
    guard = north.signed_in("guard")
    assert guard.get(reverse("residents:care-file", args=["north", file.pk])).status_code == 404
    assert guard.get(reverse("residents:customer", args=["north", north.owner.pk])).status_code == 404
    assert north.signed_in("technician").get(url).status_code == 404


@pytest.mark.clause("RES-07")
def test_what_makes_life_easier_is_chosen_kept_and_stands_at_the_counter(north: Community) -> None:
    client = north.signed_in("officer")
    filed(north, measures=["lane"])
    file = CareFile.objects.get()
    do = reverse("office:do", args=["north", "care_file", file.pk, "residents", "keep_care_file"])
    assert "缺扶手" in client.get(do).content.decode()
    sent = {
        "needs": "快递送到门口", "measures": ["lane", "rail", "floor"], "fittings": "扶手已装", "living": "",
        "home_service": "每周送菜", "next_visit_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    assert client.post(do, sent).status_code == 302
    file.refresh_from_db()
    assert (file.measures, file.fittings) == (["lane", "rail", "floor"], "扶手已装")
    assert "每周送菜" not in str(list(Event.objects.values_list("given", "changes")))
    card = client.get(reverse("desk:resident", args=["north", north.owner.pk])).content.decode()
    assert "快递送到门口" in card
    with pytest.raises(Refused):
        keep_care_file(file, by=north.by("steward"), **{**sent, "measures": ["sauna"]})
    with pytest.raises(Refused):
        keep_care_file(file, by=north.by("steward"), **{**sent, "next_visit_on": "2020-01-01"})


@pytest.mark.clause("RES-05", "RES-08")
def test_a_plan_stands_on_consent_a_number_to_ring_and_a_reason(north: Community) -> None:
    given = {"needs": "婴儿车放一层", "next_visit_on": timezone.localdate()}
    with pytest.raises(Refused):
        open_care_file(north.owner, by=north.by("steward"), **given)
    file = filed(north, needs="婴儿车放一层")
    with pytest.raises(Refused):
        open_care_file(north.owner, by=north.by("steward"), **given)  # one is open
    another_steward(north)
    with pytest.raises(Unknown):
        keep_care_file(file, by=north.by("guard"), **given)
    withdraw_consent(Consent.objects.get(purpose="care"), by=north.by("officer"))
    file.refresh_from_db()
    assert file.ended_on is not None  # what was agreed to is not kept up without the agreement


@pytest.mark.clause("RES-08")
def test_what_helped_one_household_stands_beside_the_plan_of_the_next(north: Community, south: Community) -> None:
    share_experience(north.project, by=north.by("officer"), kind="elderly", words="门口放折叠凳")
    share_experience(south.project, by=south.by("officer"), kind="elderly", words="别处的经验")
    share_experience(north.project, by=north.by("officer"), kind="infant_family", words="推车寄存")
    page = north.signed_in("steward").get(reverse("residents:care-file", args=["north", filed(north).pk]))
    shown = page.content.decode()
    assert "门口放折叠凳" in shown and "别处的经验" not in shown and "推车寄存" not in shown
    listed = north.signed_in("officer").get(reverse("residents:experiences", args=["north"])).content.decode()
    assert "推车寄存" in listed
    with pytest.raises(Forbidden):
        share_experience(north.project, by=north.by("technician"), kind="elderly", words="x")


@pytest.mark.clause("RES-05")
def test_the_care_file_prints_as_its_form_and_says_who_printed_it(north: Community) -> None:
    file = filed(north)
    url = address_of(print_care_file, file)
    answer = north.signed_in("steward").post(url)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert Event.objects.filter(name="residents.print_care_file", subject_id=file.pk).exists()
    assert north.signed_in("technician").post(url).status_code == 404


def test_care_is_named_to_nobody_who_may_not_know(north: Community) -> None:
    cared(north)
    (one,) = owed(north, CARE)
    day = one.due_at - timedelta(hours=1)
    url = f"{reverse('obligations:list', args=['north'])}?day={timezone.localtime(day).date()}&rule={CARE}"
    assert north.owner.name in north.signed_in("supervisor").get(url).content.decode()
    assert NOTE not in north.signed_in("supervisor").get(url).content.decode()
    another_steward(north)
    assert north.owner.name not in north.signed_in("guard").get(url).content.decode()


@pytest.mark.clause("PRIV-02")
def test_a_second_post_opens_no_file_of_another_district(north: Community) -> None:
    """A cashier reaches every household, but serves none: a steward who is one too stays with the own district."""
    file = filed(north)
    another_steward(north)
    Posting.objects.create(project=north.project, employee=north.staff["guard"], post="cashier", from_on=LONG_AGO)
    page = reverse("residents:customer", args=["north", north.owner.pk])
    assert north.signed_in("guard").get(page).status_code == 404
    with pytest.raises(Unknown):
        keep_care_file(file, by=north.by("guard"), needs="看过了", next_visit_on=file.next_visit_on)
    with pytest.raises(Forbidden):
        open_care_file(north.tenant, by=north.by("guard"), needs="看过了", next_visit_on=file.next_visit_on)
    assert north.signed_in("steward").get(page).status_code == 200
