"""Who opens a resident's pages, and what is theirs on them: household, consents, own data, number, homes, messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.domains.residents import operations as residents
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.models import Case
from guanjia.people.models import Account, Consent, Occupancy
from guanjia.people.tests.cast import Community

from .. import codes
from ..models import PhoneCode
from .conftest import reported, url

pytestmark = pytest.mark.django_db
PAGES = ("", "switch", "report", "question", "matters", "messages", "me", "household", "consents", "data", "number")


def sent(**more: Any) -> dict[str, Any]:
    """What the report page sends."""
    return {"place": "home", "what": "plumbing:leak", "content": "洗手盆下面滴水", "slot": "", **more}


@pytest.mark.parametrize("name", PAGES)
def test_nobody_enters_without_signing_in(client: Any, north: Community, name: str) -> None:
    response = client.get(url(north, name))
    assert response.status_code == 302 and response.headers["Location"].startswith("/portal?next=")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_there_for_a_resident_and_for_no_colleague(at_home: Any, north: Community, name: str) -> None:
    response = at_home(north, "owner").get(url(north, name))
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", PAGES)
def test_another_project_is_not_there(at_home: Any, north: Community, south: Community, name: str) -> None:
    assert at_home(north, "owner").get(url(south, name)).status_code == 404


@pytest.mark.parametrize("verb", ["", "/confirm", "/ask_rework", "/chase", "/note", "/cancel", "/consent_quote"])
def test_a_matter_of_another_household_is_not_there(at_home: Any, north: Community, verb: str) -> None:
    foreign = reported(north, "stranger")
    before = Event.objects.count()
    client = at_home(north, "owner")
    assert client.get(url(north, f"matter/{foreign.pk}{verb}")).status_code == 404
    assert client.post(url(north, f"matter/{foreign.pk}{verb}"), {"words": "x"}).status_code in (404, 405)
    assert Event.objects.count() == before


def test_the_tenant_does_not_read_what_the_owner_reported(at_home: Any, north: Community) -> None:
    case = reported(north, "owner")
    client = at_home(north, "tenant")
    assert client.get(url(north, f"matter/{case.pk}")).status_code == 404
    assert case.title not in client.get(url(north, "matters")).content.decode()


def test_staff_have_no_residents_pages(client: Any, north: Community) -> None:
    account = Account.objects.get(username="north.steward")
    client.force_login(account, backend="guanjia.people.login.AccountBackend")
    session = client.session
    session["generation"] = account.generation
    session.save()
    assert client.get(url(north)).status_code == 404


def test_a_huge_number_in_an_address_is_not_there(at_home: Any, north: Community) -> None:
    assert at_home(north, "owner").get(url(north, "matter/" + "9" * 40)).status_code == 404
    assert at_home(north, "owner").get(url(north, "matters?before=" + "9" * 40)).status_code == 200


def test_a_form_sent_after_the_session_ended_answers_401(client: Any, north: Community) -> None:
    assert client.post(url(north, "report"), sent()).status_code == 401


# -- what is mine ----------------------------------------------------------------------------------------------------


def test_the_household_is_the_own_one(at_home: Any, north: Community) -> None:
    page = at_home(north, "owner").get(url(north, "household")).content.decode()
    assert north.tenant.name in page and north.stranger.name not in page and north.tenant.phone not in page


def test_a_consent_is_given_and_withdrawn_by_the_resident_alone(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "consents"), {"purpose": "parcels", "wish": "give"})
    held = Consent.objects.get(resident=north.owner, purpose="parcels")
    assert held.mode == "portal" and held.withdrawn_at is None
    at_home(north, "tenant").post(url(north, "consents"), {"purpose": "parcels", "wish": "withdraw"})
    held.refresh_from_db()
    assert held.withdrawn_at is None
    client.post(url(north, "consents"), {"purpose": "parcels", "wish": "withdraw"})
    held.refresh_from_db()
    assert held.withdrawn_at is not None


def test_nobody_agrees_for_somebody_else(north: Community) -> None:
    from guanjia.kernel.outcomes import Forbidden

    with pytest.raises(Forbidden):
        residents.give_consent(north.tenant, by=north.by("owner"), purpose="care", mode="portal")
    assert not Consent.objects.filter(resident=north.tenant, purpose="care").exists()


def test_own_data_is_asked_for_and_the_answer_has_a_day(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    assert client.post(url(north, "data"), {"kind": "correct"}).status_code == 422
    client.post(url(north, "data"), {"kind": "copy"})
    asked = client.get(url(north, "data")).context["requests"][0]
    assert (asked.kind, asked.state, asked.resident_id) == ("copy", "asked", north.owner.pk)
    assert not at_home(north, "tenant").get(url(north, "data")).context["requests"]


def test_a_new_number_is_proved_before_it_counts(at_home: Any, north: Community) -> None:
    client = at_home(north, "owner")
    client.post(url(north, "number"), {"phone": "13900006666"})
    row = PhoneCode.objects.get()
    wrong = f"{(int(str(row.waiting)) + 1) % 10**6:06d}"
    assert client.post(url(north, "number/code"), {"code": wrong}).status_code == 422
    assert client.post(url(north, "number/code"), {"code": str(row.waiting)}).status_code == 302
    north.owner.refresh_from_db()
    assert north.owner.phone == "13900006666" and client.get(url(north)).status_code == 200


def test_a_number_that_was_not_proved_is_refused(north: Community) -> None:
    from ..operations import change_number

    with pytest.raises(Refused):
        change_number(north.owner, by=north.by("owner"), phone="13900006666")
    row = codes.ask("13900006666", use="number", at=timezone.now(), address="a", account_id=north.accounts["tenant"].pk)
    codes.prove(row.pk, str(row.waiting), at=timezone.now(), account_id=north.accounts["tenant"].pk)
    with pytest.raises(Refused):
        change_number(north.owner, by=north.by("owner"), phone="13900006666")


def test_two_homes_are_switched_and_a_foreign_one_is_not_there(at_home: Any, north: Community) -> None:
    second = Occupancy.objects.create(
        project=north.project, resident=north.owner, house=north.neighbour_house, role="owner", from_on="2023-01-01"
    )
    client = at_home(north, "owner")
    client.post(url(north, "switch"), {"home": second.pk})
    client.post(url(north, "report"), sent())
    assert Case.objects.get().house == north.neighbour_house
    foreign = Occupancy.objects.get(resident=north.stranger)
    assert client.post(url(north, "switch"), {"home": foreign.pk}).status_code == 404


def test_a_home_that_ended_is_no_longer_reported_for(at_home: Any, north: Community) -> None:
    second = Occupancy.objects.create(
        project=north.project, resident=north.owner, house=north.neighbour_house, role="owner", from_on="2023-01-01"
    )
    residents.end_occupancy(second, by=north.by("manager"), ended_on=timezone.localdate() - timedelta(days=1))
    client = at_home(north, "owner")
    assert client.get(url(north, "household")).context["home"].house == north.house
    with pytest.raises(Refused):
        reported(north, house=north.neighbour_house)


def test_messages_are_ones_own_and_lead_to_the_matter(at_home: Any, north: Community) -> None:
    from guanjia.parts.outreach import telling
    from guanjia.parts.outreach.models import Notice

    case = reported(north)
    telling.give(
        north.project.pk, "ready", "test:1", residents=[north.owner.pk], subject=("case", case.pk), at=timezone.now(),
        params={"number": case.number},
    )  # fmt: skip
    notice = Notice.objects.get(source="test:1")
    assert at_home(north, "tenant").post(url(north, f"messages/{notice.pk}")).status_code == 404
    response = at_home(north, "owner").post(url(north, f"messages/{notice.pk}"))
    assert response.headers["Location"] == url(north, f"matter/{case.pk}")
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_pages_speak_the_language_that_was_chosen(at_home: Any, north: Community, language: str) -> None:
    client = at_home(north, "owner")
    client.cookies["django_language"] = language
    page = client.get(url(north)).content.decode()
    assert ("Report a repair" if language == "en" else "報修") in page


def test_the_poster_of_the_lobby_leads_to_the_door_and_is_the_colleagues_to_print(
    at_home: Any, client: Any, north: Community
) -> None:
    assert at_home(north, "owner").get(url(north, "portal-poster", base="").replace("//", "/")).status_code == 404
    account = Account.objects.get(username="north.receptionist")
    client.force_login(account, backend="guanjia.people.login.AccountBackend")
    session = client.session
    session["generation"] = account.generation
    session.save()
    made = client.get("/p/north/portal-poster")
    assert made["Content-Type"] == "application/pdf" and made.content.startswith(b"%PDF")
