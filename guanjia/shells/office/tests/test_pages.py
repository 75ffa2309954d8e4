"""The pages of the office: who opens which, what is masked, and that verbs do what their page says."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from guanjia.kernel.models import Event
from guanjia.people import posts
from guanjia.people.models import Account, CareTag, Duty, Employee, Posting, Resident
from guanjia.people.tests.cast import Community
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db
LISTS = ["project", "staff", "duty", "districts", "places", "residents", "tree", "rights", "calendar"]


def client_of(community: Community, who: str) -> Client:
    """A browser that is signed in as one of the cast."""
    account = Account.objects.get(pk=community.staff[who].account_id)
    client = Client()
    client.force_login(account)
    session = client.session
    session["generation"] = account.generation
    session.save()
    return client


@pytest.fixture
def admin(north: Community, office: Project) -> Client:
    Posting.objects.create(
        project=office, employee=north.staff["administrator"], post=posts.ADMINISTRATOR, from_on=date(2024, 1, 1)
    )
    return client_of(north, "administrator")


@pytest.mark.parametrize("page", LISTS)
def test_each_list_opens_for_the_manager_and_not_for_another_project(
    north: Community, south: Community, page: str
) -> None:
    client = client_of(north, "manager")
    assert client.get(reverse(f"office:{page}", args=["north"])).status_code == 200
    assert client.get(reverse(f"office:{page}", args=["south"])).status_code == 404
    assert client_of(north, "guard").get(reverse(f"office:{page}", args=["north"])).status_code == 404


def test_each_page_of_a_thing_opens_and_shows_no_whole_number(north: Community) -> None:
    client = client_of(north, "supervisor")
    Resident.objects.filter(pk=north.owner.pk).update(id_hash="x")
    CareTag.objects.create(
        project=north.project, resident=north.owner, kind="elderly", note="听力弱", noted_on=date(2026, 1, 1)
    )
    for name, pk in (
        ("employee", north.staff["steward"].pk), ("shift", Duty.objects.first().pk), ("district", north.district.pk),
        ("building", north.house.building_id), ("house", north.house.pk), ("resident", north.owner.pk),
    ):  # fmt: skip
        answer = client.get(reverse(f"office:{name}", args=["north", pk]))
        assert answer.status_code == 200, name
        assert north.owner.phone not in answer.content.decode()
    assert "听力弱" in client.get(reverse("office:resident", args=["north", north.owner.pk])).content.decode()


def test_things_of_another_project_are_not_found(north: Community, south: Community) -> None:
    client = client_of(north, "supervisor")
    for name, pk in (
        ("employee", south.staff["steward"].pk), ("shift", Duty.objects.filter(project=south.project).first().pk),
        ("district", south.district.pk), ("building", south.house.building_id), ("house", south.house.pk),
        ("resident", south.owner.pk),
    ):  # fmt: skip
        assert client.get(reverse(f"office:{name}", args=["north", pk])).status_code == 404, name


def do(client: Client, project: str, label: str, pk: int, name: str, /, **data: object):
    room, verb = name.split(".")
    return client.post(reverse("office:do", args=[project, label, pk, room, verb]), data)


def test_a_hired_employee_is_shown_the_one_time_password_once(admin: Client, office: Project) -> None:
    answer = do(admin, "office", "project", office.pk, "organization.hire", number="QH0777", name="项新同")
    account = Account.objects.get(username="QH0777")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert any(
        account.check_password(word)
        for word in page.replace("<", " ").replace(">", " ").split()
        if word.count("-") == 2
    )
    person = Employee.objects.get(number="QH0777")
    assert admin.get(reverse("office:employee", args=["office", person.pk])).status_code == 200


def test_a_refused_form_keeps_what_was_typed_and_changes_nothing(admin: Client, office: Project) -> None:
    answer = do(admin, "office", "project", office.pk, "organization.hire", number="a b", name="项新同")
    assert answer.status_code == 422 and "项新同" in answer.content.decode()
    assert not Employee.objects.filter(name="项新同").exists()


def test_a_number_is_shown_after_a_reason_only(north: Community) -> None:
    client = client_of(north, "receptionist")
    refused = do(client, "north", "resident", north.owner.pk, "privacy.reveal", reason="")
    assert refused.status_code == 422 and north.owner.phone not in refused.content.decode()
    shown = do(client, "north", "resident", north.owner.pk, "privacy.reveal", reason="call_back")
    assert north.owner.phone in shown.content.decode() and Event.objects.filter(name="privacy.reveal").count() == 1


def test_a_verb_of_another_room_post_or_project_is_turned_away(north: Community, south: Community) -> None:
    client = client_of(north, "receptionist")
    cases = (
        ("north", "project", north.project.pk, "cases.export", 404),
        ("north", "resident", north.owner.pk, "organization.hire", 404),
        ("north", "resident", north.owner.pk, "residents.nothing", 404),
        ("north", "resident", north.owner.pk, "residents.merge", 403),
        ("north", "resident", south.owner.pk, "residents.correct", 404),
        ("south", "resident", south.owner.pk, "residents.correct", 404),
    )
    for project, label, pk, name, status in cases:
        assert do(client, project, label, pk, name).status_code == status, name


def test_the_form_to_change_a_phone_does_not_give_the_number_away(north: Community) -> None:
    client = client_of(north, "receptionist")
    url = reverse("office:do", args=["north", "resident", north.owner.pk, "residents", "change_phone"])
    page = client.get(url).content.decode()
    assert north.owner.phone not in page and "换电话" in page


def test_residents_are_found_by_words_and_the_search_is_not_in_the_address(north: Community) -> None:
    client = client_of(north, "receptionist")
    url = reverse("office:residents", args=["north"])
    found = client.post(url, {"q": north.owner.phone[-4:]}).content.decode()
    assert north.owner.name in found and north.stranger.name not in found
    assert north.stranger.name in client.post(url, {"q": "3幢2单元1301"}).content.decode()
    assert north.owner.name in client.get(url + "?after=99999999999999999999999&role=king").content.decode()


@pytest.mark.clause("PRIV-02")
def test_an_export_is_masked_leaves_an_event_and_is_not_for_everybody(north: Community) -> None:
    url = reverse("office:residents", args=["north"])
    answer = client_of(north, "supervisor").post(url, {"export": "1"})
    assert answer["Content-Type"].startswith("application/vnd") and north.owner.phone.encode() not in answer.content
    assert Event.objects.get(name="privacy.export").given == {"register": "residents", "rows": 3}
    assert client_of(north, "receptionist").post(url, {"export": "1"}).status_code == 403


def test_the_pages_of_a_register_follow_each_other(north: Community) -> None:
    for n in range(20):
        Resident.objects.create(project=north.project, name=f"住{n:02d}", sort_key=f"zz{n:02d}")
    client = client_of(north, "supervisor")
    url = reverse("office:residents", args=["north"])
    first = client.get(url)
    second = client.get(url + first.context["next_url"])
    names = [line["first"] for page in (first, second) for line in page.context["lines"]]
    assert len(names) == 23 == len(set(names)) and not second.context["next_url"]


def test_a_list_costs_few_statements_whatever_it_holds(north: Community, django_assert_max_num_queries) -> None:
    client = client_of(north, "supervisor")
    for page in ("staff", "residents"):
        with django_assert_max_num_queries(14):
            client.get(reverse(f"office:{page}", args=["north"]))
