"""Numbers are seen with a reason, told with consent; rights are not widened for oneself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.privacy import operations as privacy
from guanjia.domains.privacy import queries
from guanjia.domains.privacy.papers import print_nda, values
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.parts.approvals.tests.signing import agree, approved, stored, switched_off
from guanjia.people import posts
from guanjia.people.models import EmergencyContact, Posting
from guanjia.people.tests.cast import Community
from guanjia.places.models import District, DistrictPart, Project
from guanjia.web.sheets import address_of

pytestmark = pytest.mark.django_db


@pytest.mark.clause("PRIV-01")
def test_a_number_is_shown_with_a_reason_and_leaves_an_event(north: Community) -> None:
    shown = privacy.reveal(north.owner, by=north.by("receptionist"), reason="call_back")
    event = Event.objects.get(name="privacy.reveal")
    assert shown.phone == north.owner.phone
    assert event.given == {"reason": "call_back"} and event.subject_id == north.owner.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT given::text || changes::text FROM kernel_event")
        assert north.owner.phone not in cursor.fetchone()[0]


def test_without_a_reason_nothing_is_shown(north: Community) -> None:
    for reason in ("", "curiosity"):
        with pytest.raises(Refused):
            privacy.reveal(north.owner, by=north.by("receptionist"), reason=reason)
    assert not Event.objects.exists()


@pytest.mark.clause("PRIV-02")
def test_a_steward_sees_numbers_of_the_own_district_only(north: Community) -> None:
    privacy.reveal(north.owner, by=north.by("steward"), reason="visit")
    DistrictPart.objects.all().delete()
    District.objects.create(project=north.project, name="二区")
    with pytest.raises(Refused) as refusal:
        privacy.reveal(north.owner, by=north.by("steward"), reason="visit")
    assert refusal.value.clause == "PRIV-02"


def test_a_guard_a_technician_and_another_project_see_nothing(north: Community, south: Community) -> None:
    for who in ("guard", "technician"):
        with pytest.raises(Forbidden):
            privacy.reveal(north.owner, by=north.by(who), reason="visit")
    with pytest.raises(Unknown):
        privacy.reveal(north.owner, by=south.by("receptionist"), reason="visit")


def test_a_document_is_for_supervisors_and_needs_one_on_record(north: Community) -> None:
    with pytest.raises(Refused):
        privacy.reveal_document(north.owner, by=north.by("supervisor"), reason="handover", note="交房")
    north.owner.set_id_number("110101199003074477")
    north.owner.save()
    with pytest.raises(Forbidden):
        privacy.reveal_document(north.owner, by=north.by("receptionist"), reason="handover", note="交房")
    shown = privacy.reveal_document(north.owner, by=north.by("supervisor"), reason="handover", note="交房")
    assert shown.id_number == "110101199003074477"
    assert queries.masked_document(shown.id_number) == "1101**********4477"


def test_an_emergency_contact_is_shown_within_reach(north: Community) -> None:
    contact = EmergencyContact.objects.create(
        project=north.project, resident=north.owner, name="祝小满", phone="13900008888"
    )
    assert privacy.reveal_contact(contact, by=north.by("steward"), reason="emergency").phone == "13900008888"
    DistrictPart.objects.all().delete()
    with pytest.raises(Refused):
        privacy.reveal_contact(contact, by=north.by("steward"), reason="emergency")


@pytest.mark.clause("PRIV-01")
def test_a_number_is_told_only_with_consent_and_once_the_supervisor_has_signed(north: Community) -> None:
    given = {"to_whom": "楼下住户", "reason": "漏水要联系"}
    with pytest.raises(Forbidden):
        privacy.disclose(north.owner, by=north.by("technician"), resident_agreed=True, **given)
    with pytest.raises(Refused) as refusal:
        privacy.disclose(north.owner, by=north.by("receptionist"), **given)
    assert refusal.value.clause == "PRIV-01"
    waits = stored(lambda: privacy.disclose(north.owner, by=north.by("receptionist"), resident_agreed=True, **given))
    assert not queries.looks(north.project).exists() and "楼下住户" not in str(waits.given)
    agree(waits, north.staff["supervisor"])
    assert queries.looks(north.project).count() == 1


@pytest.mark.clause("PRIV-01")
def test_where_nobody_signs_no_number_is_told(north: Community) -> None:
    switched_off(north.project, "number-told")
    with pytest.raises(Refused) as refusal:
        privacy.disclose(
            north.owner, by=north.by("supervisor"), to_whom="楼下住户", reason="漏水要联系", resident_agreed=True
        )
    assert refusal.value.clause == "PRIV-01" and not queries.looks(north.project).exists()


@pytest.mark.clause("PRIV-03")
def test_an_agreement_is_recorded_at_the_head_office(north: Community, office: Project) -> None:
    hr = north.staff["hr"]
    Posting.objects.create(project=office, employee=hr, post=posts.HR_OFFICER, from_on="2024-01-01")
    steward = north.staff["steward"]
    with pytest.raises(Refused):
        privacy.sign_nda(steward, by=north.by("hr"), signed_on=timezone.localdate() + timedelta(days=1))
    privacy.sign_nda(steward, by=north.by("hr"), signed_on="2026-01-05")
    assert str(steward.nda_signed_on) == "2026-01-05"
    with pytest.raises(Unknown):
        privacy.sign_nda(steward, by=north.by("service_manager"), signed_on="2026-01-06")


@pytest.mark.clause("PRIV-03")
def test_the_agreement_prints_for_the_pen_and_as_it_is_on_record(north: Community, office: Project) -> None:
    Posting.objects.create(project=office, employee=north.staff["hr"], post=posts.HR_OFFICER, from_on="2024-01-01")
    steward, client = north.staff["steward"], north.signed_in("hr")
    page = address_of(print_nda, steward)
    assert page in client.get(reverse("office:employee", args=["office", steward.pk])).content.decode()
    assert client.post(page).content.startswith(b"%PDF")
    assert Event.objects.filter(name="privacy.print_nda", subject_id=steward.pk).count() == 1
    assert values(steward)["signed_on"] == steward.nda_signed_on and steward.name in values(steward)["employee"]
    for who, where in (("manager", "office"), ("hr", "north"), ("steward", "office")):
        wrong = reverse("papers:sheet", args=[where, "employee", steward.pk, "privacy", "print_nda"])
        assert north.signed_in(who).post(wrong).status_code == 404, who
    assert Event.objects.filter(name="privacy.print_nda").count() == 1


@pytest.mark.clause("PRIV-02")
def test_a_project_gives_and_takes_a_right_at_once(north: Community) -> None:
    right = "privacy.reveal"
    given = {"post": posts.CASHIER, "right": right, "reason": "收费不再回电"}
    assert north.by("cashier").may(right, north.project.pk)
    change = lambda decision: privacy.override_right(  # noqa: E731  one expression with a name
        north.project, by=north.by("manager"), is_allowed=decision, **given
    )
    approved(lambda: change("take"))
    assert not north.by("cashier").may(right, north.project.pk)
    approved(lambda: change("default"))
    assert north.by("cashier").may(right, north.project.pk)


def test_nobody_widens_their_own_rights_or_gives_rights_over_rights(north: Community) -> None:
    by = north.by("manager")
    for post, right in (
        (posts.PROJECT_MANAGER, "residents.register_spot"), (posts.CASHIER, "privacy.override_right"),
        (posts.CASHIER, "no.such"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            privacy.override_right(north.project, by=by, post=post, right=right, is_allowed="give", reason="试")
    with pytest.raises(Forbidden):
        privacy.override_right(
            north.project,
            by=north.by("supervisor"),
            post=posts.CASHIER,
            right="privacy.reveal",
            is_allowed="take",
            reason="试",
        )
