"""Profiles in words that residents may read, who is looked after more closely, loyalty, referrals, data kept right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.followups.operations import record_visit
from guanjia.domains.residents.models import Profile, Referral, Taken
from guanjia.domains.residents.operations import (
    assess_needs,
    classify,
    confirm_household,
    follow_closely,
    join_referral,
    lapse_referral,
    merge,
    note_referral,
    rate_loyalty,
    reward_referral,
    stop_following,
    take_measure,
)
from guanjia.domains.residents.words import MEASURES, WAYS, Loyalty, Measure, NeedLevel
from guanjia.kernel.actors import system
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.people import erasing
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

from .caring import another_steward, cared
from .test_care import owed

pytestmark = pytest.mark.django_db
PROFILE: dict[str, Any] = {
    "manner": "rational", "need_level": "safety", "preferences": "先发短信再上门", "approach": "每步给出时间",
}  # fmt: skip


def portrait(north: Community, who: str) -> Any:
    return north.signed_in(who).get(reverse("residents:customer", args=["north", north.owner.pk]))


@pytest.mark.clause("RES-09")
def test_the_portrait_gathers_record_matters_and_needs_and_stands_on_the_card(north: Community) -> None:
    from guanjia.domains.repairs.operations import record

    classify(north.owner, by=north.by("officer"), **PROFILE)
    cared(north)
    record(
        north.project, by=north.by("receptionist"), place="home", house=north.house, resident=north.owner,
        content="厨房水管漏水", channel="phone", urgency="ordinary", category="plumbing", problem="leak", apart=True,
    )  # fmt: skip
    shown = portrait(north, "receptionist").content.decode()
    for words in ("先发短信再上门", "厨房水管漏水", "独居，膝盖不好", str(WAYS["safety"])):
        assert words in shown, words
    card = north.signed_in("receptionist").get(reverse("desk:resident", args=["north", north.owner.pk]))
    assert "每步给出时间" in card.content.decode()
    another_steward(north)
    assert [portrait(north, who).status_code for who in ("steward", "guard", "technician")] == [200, 404, 404]


@pytest.mark.clause("RES-10")
def test_customers_are_told_apart_by_manner_and_by_what_matters_and_each_is_served_differently(
    north: Community, south: Community
) -> None:
    classify(north.owner, by=north.by("supervisor"), **PROFILE)
    classify(north.tenant, by=north.by("officer"), **{**PROFILE, "manner": "emotional", "need_level": "social"})
    assert Profile.objects.count() == 2 and set(NeedLevel.values) <= set(WAYS) and len(NeedLevel.values) == 5
    client = north.signed_in("officer")
    layers = client.get(reverse("residents:layers", args=["north"])).context["needs"]
    assert [row["n"] for row in layers] == [0, 1, 1, 0, 0]
    listed = client.get(f"{reverse('residents:customers', args=['north'])}?need_level=social").content.decode()
    assert north.tenant.name in listed and north.owner.name not in listed
    assert not Profile.visible_to(south.by("supervisor")).exists()
    with pytest.raises(Refused):
        classify(north.owner, by=north.by("officer"), **{**PROFILE, "manner": "querulant"})
    with pytest.raises(Forbidden):
        classify(north.owner, by=north.by("control_room"), **PROFILE)
    given = Event.objects.filter(name="residents.classify").values_list("given", flat=True)
    assert "先发短信" not in str(list(given)) and "rational" not in str(list(given))


@pytest.mark.clause("CMP-11")
def test_who_is_looked_after_more_closely_is_owed_a_contact_each_month(north: Community) -> None:
    follow_closely(north.owner, by=north.by("supervisor"), how="contact", why="三月内两次漏水")
    (one,) = owed(north, "residents.contact")
    assert one.owner_id == north.staff["steward"].pk and one.is_missed(one.due_at)
    given = {"house": north.house, "kind": "home_visit", "mode": "phone", "feedback": "一切都好"}
    record_visit(north.project, by=north.by("steward"), **{**given, "resident": north.tenant})
    one.refresh_from_db()
    assert one.state == "open"  # somebody else of the household
    record_visit(north.project, by=north.by("steward"), **{**given, "resident": north.owner})
    one.refresh_from_db()
    assert one.state == "met"
    with pytest.raises(Refused):
        follow_closely(north.owner, by=north.by("supervisor"), how="contact", why="再次")
    with pytest.raises(Forbidden):
        stop_following(north.owner, by=north.by("steward"), how="contact", why="不再需要")
    stop_following(north.owner, by=north.by("supervisor"), how="contact", why="已无隐患")
    assert owed(north, "residents.contact", timezone.now() + timedelta(days=40)) == []


@pytest.mark.clause("RES-14")
def test_expectations_are_asked_each_quarter_and_the_service_is_adjusted(north: Community) -> None:
    follow_closely(north.owner, by=north.by("steward"), how="assess", why="希望周末也能维修")
    (one,) = owed(north, "residents.assess")
    said = {"need_level": "esteem", "preferences": "周末维修", "bounds": "夜间不施工", "approach": "周末排一名技工"}
    with pytest.raises(Refused):
        assess_needs(north.owner, by=north.by("steward"), **{**said, "approach": ""})
    assess_needs(north.owner, by=north.by("steward"), **said)
    one.refresh_from_db()
    profile = Profile.objects.get()
    assert (one.state, profile.bounds, profile.assessed_on) == ("met", "夜间不施工", timezone.localdate())
    assert one.due_at - one.from_at > timedelta(days=80)


@pytest.mark.clause("RES-12")
def test_the_four_layers_of_loyalty_have_their_measures_and_what_was_done_is_counted(north: Community) -> None:
    assert list(MEASURES) == Loyalty.values and {m for row in MEASURES.values() for m in row} == set(Measure)
    with pytest.raises(Refused):
        take_measure(north.owner, by=north.by("officer"), measure="festival", words="")
    rate_loyalty(north.owner, by=north.by("supervisor"), loyalty="trust", factor="bond")
    assert str(Measure.SOLVED.label) in portrait(north, "officer").context["next"]
    take_measure(north.owner, by=north.by("steward"), measure="solved", words="车位纠纷谈妥")
    assert str(Measure.SOLVED.label) not in portrait(north, "officer").context["next"]
    rows = north.signed_in("supervisor").get(reverse("residents:layers", args=["north"])).context["loyalty"]
    assert rows[2]["n"] == 1 and [m["n"] for m in rows[2]["measures"]] == [0, 1]
    assert Taken.objects.get().level == "trust"


@pytest.mark.clause("RES-13")
def test_a_referral_is_thanked_once_and_never_by_who_noted_it(north: Community) -> None:
    given = {"friend": "方朋友", "via": "sharing", "about": "想租两居"}
    referral = note_referral(north.owner, by=north.by("steward"), **given)
    with pytest.raises(Conflict):
        reward_referral(referral, by=north.by("supervisor"), reward="物业费抵用券", reward_fen=20000)
    join_referral(referral, by=north.by("steward"), joined_on=timezone.localdate())
    with pytest.raises(Forbidden):
        reward_referral(referral, by=north.by("steward"), reward="物业费抵用券", reward_fen=20000)
    reward_referral(referral, by=north.by("supervisor"), reward="物业费抵用券", reward_fen=20000)
    with pytest.raises(Conflict):
        reward_referral(referral, by=north.by("manager"), reward="再来一次", reward_fen=1)
    shown = north.signed_in("officer").get(reverse("residents:referral", args=["north", referral.pk])).content.decode()
    assert "物业费抵用券" in shown and "200.00" in shown
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(rewarded_by=north.staff["steward"])
    other = note_referral(north.tenant, by=north.by("officer"), **given)
    lapse_referral(other, by=north.by("officer"), outcome="买了别处")
    assert "方朋友" not in str(list(Event.objects.values_list("given", "changes")))


@pytest.mark.clause("RES-03")
def test_each_household_is_owed_a_look_at_its_data_each_year(north: Community, south: Community) -> None:
    rows = owed(north, "residents.confirm")
    assert {row.subject_id for row in rows} == {north.house.pk, north.neighbour_house.pk}
    assert {row.owner_id for row in rows} == {north.staff["steward"].pk}
    confirm_household(north.house, by=north.by("steward"), how="visit")
    client = north.signed_in("steward")
    client.force_login(Account.objects.get(username="north.stranger"))
    session = client.session
    session["generation"] = 0
    session.save()
    url = reverse("portal:household", args=["north"])
    assert client.get(url).status_code == 200 and client.post(url).status_code == 302
    assert [row.state for row in owed(north, "residents.confirm")] == ["met", "met"]
    with pytest.raises(Forbidden):
        confirm_household(north.house, by=north.by("stranger"), how="portal")  # the neighbour's
    another_steward(north)
    with pytest.raises(Forbidden):
        confirm_household(north.house, by=north.by("guard"), how="visit")


def test_residents_read_what_is_kept_about_serving_them_and_nobody_elses(north: Community) -> None:
    classify(north.owner, by=north.by("officer"), **PROFILE)
    follow_closely(north.owner, by=north.by("supervisor"), how="contact", why="三月内两次漏水")
    client = north.signed_in("steward")
    for who, sees in (("owner", True), ("stranger", False), ("tenant", False)):
        client.force_login(Account.objects.get(username=f"north.{who}"))
        session = client.session
        session["generation"] = 0
        session.save()
        shown = client.get(reverse("portal:data", args=["north"])).content.decode()
        assert ("先发短信再上门" in shown) is sees and ("三月内两次漏水" in shown) is sees, who
        assert "投诉倾向" not in shown and "高要求" not in shown


def test_merged_and_erased_records_take_their_profile_along(north: Community) -> None:
    classify(north.tenant, by=north.by("officer"), **PROFILE)
    referral = note_referral(north.tenant, by=north.by("officer"), friend="方朋友", via="word", about="租房")
    merge(north.tenant, by=north.by("supervisor"), into=north.owner, reason="同一人")
    assert Profile.objects.get().resident_id == north.owner.pk
    erasing.erase(north.project.pk, north.owner.pk, system(timezone.now()).at)
    referral.refresh_from_db()
    assert not Profile.objects.exists() and referral.friend == erasing.NOBODY
