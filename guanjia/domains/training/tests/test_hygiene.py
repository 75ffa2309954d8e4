"""Posts that touch food or hygiene: certificates before the roster, clean clothes each day, a check each year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.organization.operations import cancel_duty, plan_cover, plan_duty
from guanjia.domains.training import operations as training
from guanjia.domains.training import papers
from guanjia.domains.training.models import Certificate
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.obligations import keeping
from guanjia.parts.obligations.models import Obligation
from guanjia.parts.standards.models import Edition
from guanjia.parts.standards.queries import forget
from guanjia.people.models import Duty, Posting
from guanjia.people.tests.cast import LONG_AGO, Community
from guanjia.web.sheets import address_of

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 18, 12, tzinfo=ZONE)
TODAY = NOON.date()
ISSUED, UNTIL = date(2026, 1, 5), date(2027, 1, 4)


@pytest.fixture
def cleaning(north: Community) -> Community:
    """The officer and the guard of the cast also lead cleaning teams."""
    for who in ("officer", "guard"):
        Posting.objects.create(project=north.project, employee=north.staff[who], post="cleaning_lead", from_on=LONG_AGO)
    return north


def certified(north: Community, who: str = "officer", *kinds: str, **more: Any) -> Certificate:
    given: dict[str, Any] = {"number": "JK20260105", "issued_on": ISSUED, "valid_until": UNTIL, "documents": [], **more}
    at = given.pop("at", NOON)
    for kind in kinds or ("training", "health"):
        made: Certificate = training.register_certificate(
            north.project, by=north.by("hr", at), employee=north.staff[who], kind=kind, **given
        )
    return made


def planned(north: Community, who: str = "officer", on: date = TODAY, **more: Any) -> None:
    plan_duty(
        north.project, by=north.by("manager", NOON), employees=[north.staff[who]], post="cleaning_lead", shift="day",
        first_on=on, **more,
    )  # fmt: skip


def owed(north: Community, key: str, at: datetime) -> list[Obligation]:
    keeping.make(north.project, at)
    return list(Obligation.objects.filter(project=north.project, rule_key=f"training.{key}").order_by("id"))


@pytest.mark.clause("TRN-15")
def test_the_roster_takes_nobody_onto_such_a_post_without_both_certificates_to_the_last_day(
    cleaning: Community,
) -> None:
    with pytest.raises(Refused) as refusal:
        planned(cleaning)
    assert refusal.value.clause == "TRN-15" and not Duty.objects.filter(post="cleaning_lead").exists()
    certified(cleaning, "officer", "health")
    with pytest.raises(Refused):
        planned(cleaning)
    certified(cleaning, "officer", "training", valid_until=date(2026, 3, 20))
    with pytest.raises(Refused):
        planned(cleaning, last_on=date(2026, 3, 21))
    planned(cleaning, last_on=date(2026, 3, 20))
    absent = {"absent": cleaning.staff["officer"], "from_on": date(2026, 3, 19), "to_on": date(2026, 3, 20)}
    with pytest.raises(Refused) as refusal:
        plan_cover(
            cleaning.project,
            by=cleaning.by("manager", NOON),
            substitute=cleaning.staff["guard"],
            reason="事假",
            **absent,
        )
    assert refusal.value.clause == "TRN-15"


@pytest.mark.clause("TRN-15")
def test_which_posts_these_are_is_decided_in_the_book_and_no_code_knows_them(cleaning: Community) -> None:
    Edition.objects.create(
        project=cleaning.project, clause_id="TRN-15", scope="project", number=2, reason="泳池由保安值守",
        values={"hygiene_posts": ["security_guard"]}, effective_from=NOON.date() - timedelta(days=1),
        decided_by_name="主管", decided_at=NOON,
    )  # fmt: skip
    forget()
    planned(cleaning)
    with pytest.raises(Refused):
        plan_duty(
            cleaning.project, by=cleaning.by("manager", NOON), employees=[cleaning.staff["guard"]],
            post="security_guard", shift="day", first_on=NOON.date() + timedelta(days=1),
        )  # fmt: skip


@pytest.mark.clause("TRN-15")
def test_certificates_are_entered_by_another_renewed_struck_out_and_print_as_the_register(
    cleaning: Community,
) -> None:
    with pytest.raises(Forbidden):
        training.register_certificate(cleaning.project, by=cleaning.by("steward"))
    own = {"employee": cleaning.staff["hr"], "kind": "health", "issued_on": ISSUED, "valid_until": UNTIL}
    with pytest.raises(Refused):
        training.register_certificate(cleaning.project, by=cleaning.by("hr", NOON), number="", documents=[], **own)
    for wrong in ({"valid_until": ISSUED}, {"issued_on": NOON.date() + timedelta(days=1)}):
        with pytest.raises(Refused):
            certified(cleaning, **wrong)
    first = certified(cleaning, "officer", "health")
    with pytest.raises(Refused):
        certified(cleaning, "officer", "health", valid_until=UNTIL - timedelta(days=1))
    longer = {"number": "JK2", "issued_on": NOON.date(), "valid_until": date(2027, 3, 17), "documents": []}
    training.renew_certificate(first, by=cleaning.by("hr", NOON), **longer)
    with pytest.raises(Refused):
        training.renew_certificate(first, by=cleaning.by("hr", NOON), **longer)
    training.strike_certificate(Certificate.objects.latest("pk"), by=cleaning.by("hr", NOON), reason="发证单位登错")
    client = cleaning.signed_in("hr")
    page = client.get(reverse("training:certificates", args=["north"])).content.decode()
    assert "已作废" in page and "JK20260105" not in page
    assert client.post(address_of(papers.print_certificates, cleaning.project)).content.startswith(b"%PDF")
    assert Event.objects.filter(name="training.print_certificates").count() == 1
    stranger = cleaning.signed_in("steward")
    assert stranger.get(reverse("training:certificate", args=["north", first.pk])).status_code == 404
    assert cleaning.staff["officer"].name not in stranger.get(
        reverse("training:certificates", args=["north"])
    ).content.decode().replace("data-me", "")  # fmt: skip


@pytest.mark.clause("TRN-16")
def test_clean_clothes_are_owed_once_a_day_by_each_person_on_such_a_post(cleaning: Community) -> None:
    for who in ("officer", "guard"):
        certified(cleaning, who)
        planned(cleaning, who)
    plan_duty(
        cleaning.project, by=cleaning.by("manager", NOON), employees=[cleaning.staff["officer"]], post="cleaning_lead",
        shift="own", starts=time(20), ends=time(22), first_on=NOON.date(),
    )  # fmt: skip
    at = NOON.replace(hour=0, minute=5)
    rows = owed(cleaning, "change_clothes", at)
    assert {row.owner_id for row in rows} == {cleaning.staff["officer"].pk, cleaning.staff["guard"].pk}
    assert len(rows) == 2 and all(row.due_at == datetime(2026, 3, 19, tzinfo=ZONE) for row in rows)
    evening = Duty.objects.get(shift="own")
    with pytest.raises(Forbidden):
        training.change_clothes(evening, by=cleaning.by("steward", NOON))
    with pytest.raises(Refused):
        training.change_clothes(evening, by=cleaning.by("officer", NOON + timedelta(days=1)))
    training.change_clothes(evening, by=cleaning.by("officer", NOON))
    cancel_duty(
        Duty.objects.get(employee=cleaning.staff["guard"], post="cleaning_lead"), by=cleaning.by("manager", NOON)
    )
    states = {row.owner_id: row.state for row in owed(cleaning, "change_clothes", NOON)}
    assert states == {cleaning.staff["officer"].pk: "met", cleaning.staff["guard"].pk: "void"}
    other = Duty.objects.exclude(post="cleaning_lead").filter(project=cleaning.project).first()
    assert other is None or training.change_clothes.offer(other, cleaning.by("manager", NOON)) is None


@pytest.mark.clause("TRN-16")
def test_a_lead_notes_the_whole_team_at_once_and_what_nobody_noted_is_missed(cleaning: Community) -> None:
    today = timezone.localdate()
    for who in ("officer", "guard"):
        certified(
            cleaning,
            who,
            at=timezone.now(),
            issued_on=today - timedelta(days=9),
            valid_until=today + timedelta(days=300),
        )
        plan_duty(
            cleaning.project, by=cleaning.by("manager"), employees=[cleaning.staff[who]], post="cleaning_lead",
            shift="day", first_on=today,
        )  # fmt: skip
    page, client = reverse("training:clothes", args=["north"]), cleaning.signed_in("supervisor")
    duties = list(Duty.objects.filter(post="cleaning_lead").values_list("pk", flat=True))
    assert client.get(page).content.decode().count('name="pick"') == 2
    assert client.post(page, {"pick": [str(duties[0])]}).status_code in (302, 303)
    assert client.get(page).content.decode().count('name="pick"') == 1
    assert cleaning.signed_in("steward").get(page).content.decode().count('name="pick"') == 0
    rows = owed(cleaning, "change_clothes", timezone.now())
    assert sorted(row.state for row in rows) == ["met", "open"]
    assert [row.is_missed(timezone.now() + timedelta(days=2)) for row in rows if row.state == "open"] == [True]


@pytest.mark.clause("TRN-17")
def test_each_year_owes_a_health_check_and_a_training_and_who_leaves_owes_nothing(cleaning: Community) -> None:
    rows = owed(cleaning, "yearly_health", NOON)
    assert len([row for row in rows if row.period == "2026"]) == 2
    certified(cleaning, "officer", "health", issued_on=date(2025, 12, 30), valid_until=date(2026, 12, 29))
    mine = Obligation.objects.get(
        rule_key="training.yearly_health", period="2026", subject_id=cleaning.staff["officer"].pk
    )
    assert mine.state == "open"  # an old paper is no check of this year
    old = Certificate.objects.get()
    training.renew_certificate(
        old, by=cleaning.by("hr", NOON), number="", issued_on=NOON.date(), valid_until=date(2027, 3, 17), documents=[]
    )
    mine.refresh_from_db()
    assert mine.state == "met"
    assert {row.state for row in owed(cleaning, "yearly_training", NOON) if row.period == "2026"} == {"open"}
    Posting.objects.filter(employee=cleaning.staff["guard"], post="cleaning_lead").update(to_on=NOON.date())
    later = NOON + timedelta(days=3)
    gone = [row for row in owed(cleaning, "yearly_training", later) if row.subject_id == cleaning.staff["guard"].pk]
    assert {row.state for row in gone if row.period == "2026"} == {"void"}


@pytest.mark.clause("TRN-17")
def test_a_certificate_that_ends_is_seen_thirty_days_before(cleaning: Community) -> None:
    today = timezone.localdate()
    for kind, days in (("health", 20), ("training", 200)):
        certified(
            cleaning, "officer", kind, at=timezone.now(), issued_on=today - timedelta(days=100),
            valid_until=today + timedelta(days=days),
        )  # fmt: skip
    client = cleaning.signed_in("hr")
    said = client.get(reverse("training:certificates", args=["north"])).content.decode()
    new = reverse("training:new-certificate", args=["north"])
    assert f"{new}?employee={cleaning.staff['officer'].pk}&amp;kind=health" in said
    assert f"{new}?employee={cleaning.staff['officer'].pk}&amp;kind=training" not in said
    assert "证照缺少或将到期：3" in client.get(reverse("training:home", args=["north"])).content.decode()
