"""The counter in ten seconds, the register, the papers, and what a resident sees."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from bench.counting import statements
from guanjia.domains.parcels import papers
from guanjia.domains.parcels.models import Parcel, State
from guanjia.domains.parcels.operations import hand_over
from guanjia.kernel.models import Event
from guanjia.parts.instructions.operations import note
from guanjia.parts.papers.press import Press
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import address_of, made

from .taking import agreed, picture, posted, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel(north: Community) -> Parcel:
    agreed(north)
    return taken(north)


def looked_up(north: Community, said: str, who: str = "receptionist") -> str:
    answer = north.signed_in(who).post(reverse("parcels:counter", args=["north"]), {"q": said})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.clause("PAR-06")
def test_a_code_and_a_signature_and_it_is_done(north: Community, parcel: Parcel) -> None:
    second = taken(north)
    page = looked_up(north, parcel.code)
    assert parcel.number in page and second.number in page and f'value="{parcel.code}"' in page
    client = north.signed_in("receptionist")
    sent = {
        "pick": [parcel.pk, second.pk], "proof": "code", "pickup_code": parcel.code, "collector": "",
        "signature": picture(), "idempotency_key": "once",
    }  # fmt: skip
    answer = client.post(reverse("parcels:sign", args=["north"]), sent)
    assert answer.status_code == 302 and set(Parcel.objects.values_list("state", flat=True)) == {State.COLLECTED}


def test_who_comes_with_an_old_code_is_told_what_became_of_it(
    north: Community, south: Community, parcel: Parcel
) -> None:
    hand_over(parcel, by=north.by("receptionist"), proof="code", pickup_code=parcel.code, signature=picture())
    page = looked_up(north, parcel.code)
    assert "没有待领件" in page and "已领取" in page and f"/parcels/{parcel.pk}" in page
    assert "已领取" not in looked_up(north, "000001")
    answer = south.signed_in("receptionist").post(reverse("parcels:counter", args=["south"]), {"q": parcel.code})
    assert "已领取" not in answer.content.decode()


def test_what_the_household_asked_for_stands_there_at_the_moment_of_release(north: Community, parcel: Parcel) -> None:
    asked = {"house": north.house.code, "from_on": timezone.localdate(), "until_on": None, "asked_by": ""}
    note(north.project, by=north.by("receptionist"), kind="parcels", words="只交给本人", **asked)
    assert "只交给本人" in looked_up(north, parcel.code)
    refused = {"pick": [parcel.pk], "proof": "code", "pickup_code": "111111", "signature": picture()}
    answer = north.signed_in("receptionist").post(reverse("parcels:sign", args=["north"]), refused)
    assert "只交给本人" in answer.content.decode()
    card = f"/p/north/desk/resident/{north.owner.pk}"
    assert "只交给本人" in north.signed_in("receptionist").get(card).content.decode()
    other = north.signed_in("technician").get(f"/p/north/desk/house/{north.house.pk}")
    assert "只交给本人" not in other.content.decode()  # that somebody is away is nobody's business


@pytest.mark.parametrize("said", ["0101", "沈住客", "3-2-1201", "1201"])
def test_the_phone_the_name_and_the_house_lead_there_too(north: Community, parcel: Parcel, said: str) -> None:
    assert parcel.number in looked_up(north, said)


def test_a_refused_signature_shows_the_same_door_with_the_sentence(north: Community, parcel: Parcel) -> None:
    client, url = north.signed_in("receptionist"), reverse("parcels:sign", args=["north"])
    sent = {"pick": [parcel.pk], "proof": "code", "pickup_code": "111111", "signature": picture()}
    answer = client.post(url, sent)
    assert answer.status_code == 422 and parcel.number in answer.content.decode()
    assert client.post(url, {"pick": ["9" * 40]}).status_code == 302
    parcel.refresh_from_db()
    assert parcel.state == State.WAITING


def test_nothing_found_offers_to_take_one_in(north: Community) -> None:
    agreed(north)
    page = looked_up(north, "沈住客")
    assert f"?resident={north.owner.pk}" in page
    assert "?resident=" not in looked_up(north, "不存在的人")


def test_the_list_takes_few_statements_however_long(north: Community, parcel: Parcel) -> None:
    client = north.signed_in("receptionist")
    url = reverse("parcels:list", args=["north"])
    client.get(url)
    for _n in range(4):
        taken(north)
    with statements() as seen:
        assert client.get(url, {"late": "yes"}).status_code == 200
        assert client.get(url).content.decode().count(">A-3<") == 5
    assert len(seen) <= 20, seen


def test_letters_go_round_with_one_press_a_unit(north: Community) -> None:
    letter = posted(north)
    client = north.signed_in("steward")
    assert "沈住客" in client.get(reverse("parcels:letters", args=["north"])).content.decode()
    client.post(reverse("parcels:round", args=["north"]), {"pick": [letter.pk]})
    letter.refresh_from_db()
    assert letter.state == State.ROUND


@pytest.mark.clause("PAR-05")
@pytest.mark.parametrize("verb", ["print_label", "print_record"])
def test_the_papers_come_from_the_record_and_leave_an_event(north: Community, parcel: Parcel, verb: str) -> None:
    url = reverse("papers:sheet", args=["north", "parcel", parcel.pk, "parcels", verb])
    answer = north.signed_in("receptionist").post(url)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert Event.objects.filter(name=f"parcels.{verb}").count() == 1
    assert north.signed_in("technician").post(url).status_code == 403


@pytest.mark.clause("PAR-05")
def test_the_register_of_some_days_is_printed(north: Community, parcel: Parcel) -> None:
    client, url = north.signed_in("receptionist"), address_of(papers.print_register, north.project)
    day = parcel.came_at.date()
    answer = client.post(url, {"since": day, "until": day})
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert client.post(url, {"since": "2026-01-01", "until": "2026-12-01"}).status_code == 422
    assert north.signed_in("technician").get(url).status_code == 403


@pytest.mark.clause("PAR-06")
def test_the_register_shows_what_each_was_handed_over_against(north: Community, parcel: Parcel) -> None:
    by = north.by("receptionist")
    day = timezone.localdate()
    assert b"/Subtype/Image" not in made(papers.print_register, north.project, Press(by), since=day, until=day)
    given = {"proof": "known", "signature": picture()}
    hand_over.many([(one, given) for one in (parcel, taken(north), taken(north))], by=by)
    with statements() as seen:
        assert b"/Subtype/Image" in made(papers.print_register, north.project, Press(by), since=day, until=day)
    assert len(seen) == 3, "the register, who took each, their signatures"


@pytest.mark.clause("PAR-01")
def test_the_consent_is_printed_for_whoever_may_see_it(north: Community, south: Community) -> None:
    given = agreed(north)
    client = north.signed_in("receptionist")
    assert client.post(address_of(papers.print_consent, given)).content.startswith(b"%PDF")
    theirs = agreed(south)
    assert (
        client.post(
            reverse("papers:sheet", args=["north", "consent", theirs.pk, "parcels", "print_consent"])
        ).status_code
        == 404
    )


@pytest.mark.clause("PAR-01")
def test_where_nobody_agreed_the_counter_prints_the_paper_to_sign(north: Community, south: Community) -> None:
    url = address_of(papers.print_consent_form, north.owner)
    assert url in looked_up(north, north.owner.name)
    foreign = reverse("papers:sheet", args=["north", "resident", south.owner.pk, "parcels", "print_consent_form"])
    client = north.signed_in("receptionist")
    assert client.post(url).content.startswith(b"%PDF")
    assert Event.objects.filter(name="parcels.print_consent_form").count() == 1
    assert client.post(foreign).status_code == 404
    agreed(north)
    assert url not in looked_up(north, north.owner.name)


def test_the_forms_of_what_comes_open_with_the_resident(north: Community) -> None:
    client = north.signed_in("receptionist")
    for name in ("accept", "mail", "turn_away"):
        assert client.get(reverse(f"parcels:{name}", args=["north"]), {"resident": north.owner.pk}).status_code == 200
    assert north.signed_in("guard").get(reverse("parcels:accept", args=["north"])).status_code == 403
