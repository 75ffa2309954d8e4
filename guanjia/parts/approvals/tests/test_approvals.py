"""A call that a rule names is kept, signed by somebody else, and then performed as whoever asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Stored, Unknown
from guanjia.parts.approvals import jobs, operations, queries, seats
from guanjia.parts.approvals.models import Approval, Signature
from guanjia.parts.approvals.tests.signing import agree, signer, stored
from guanjia.parts.standards.models import Edition
from guanjia.people import posts
from guanjia.people.models import Cover, Employee, Posting
from guanjia.people.tests.cast import Community, hire
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db
State = Approval.State
Call = Callable[..., Any]


@pytest.fixture(autouse=True)
def _quality(quality: Employee) -> None:
    """The quality department is there in every test of this file."""


def test_a_call_that_a_rule_names_is_kept_and_changes_nothing(change: Call) -> None:
    approval = stored(change)
    assert approval.state == State.WAITING and not Edition.objects.exists()
    assert approval.given["amount"] == 1 and approval.reason == "夜班两人"
    assert list(Event.objects.values_list("name", flat=True)) == ["approvals.ask"]


def test_on_the_last_signature_it_runs_as_whoever_asked(north: Community, change: Call, quality: Employee) -> None:
    done = agree(stored(change), quality)
    edition = Edition.objects.get()
    assert done.state == State.DONE and (done.result_label, done.result_id) == ("edition", edition.pk)
    event = Event.objects.get(name="standards.change_limit")
    signed = Event.objects.get(name="approvals.agree")
    assert event.actor_id == north.staff["manager"].pk and event.cause_id == signed.pk
    assert signed.actor_id == quality.pk and edition.decided_by_name == north.staff["manager"].name


def test_nobody_signs_what_they_asked_for(office: Project, change: Call, quality: Employee, north: Community) -> None:
    Posting.objects.create(project=north.project, employee=quality, post=posts.PROJECT_MANAGER, from_on="2024-01-01")
    approval = stored(lambda: change(by=signer(quality, timezone.now())))
    with pytest.raises(Refused, match=r"yourself|自己"):
        agree(approval, quality)
    assert not Signature.objects.exists() and approval.pk not in _inbox(quality)


def test_nobody_signs_for_whom_they_stand_in_when_either_asked(north: Community, change: Call, office: Project,
                                                              quality: Employee) -> None:  # fmt: skip
    manager = north.staff["manager"]
    today = timezone.localdate()
    Posting.objects.create(project=office, employee=manager, post=posts.HR_OFFICER, from_on="2024-01-01")
    Cover.objects.create(project=office, absent=quality, substitute=manager, from_on=today, to_on=today)
    approval = stored(change)
    assert seats.seat_of(approval, signer(manager, timezone.now())) is None
    with pytest.raises(Refused, match=r"yourself|自己"):
        agree(approval, manager)


def test_who_stands_in_signs_for_the_absent(north: Community, change: Call, office: Project,
                                            quality: Employee) -> None:  # fmt: skip
    cover = hire(office, office, "cover", "代班同事", posts.HR_OFFICER)
    today = timezone.localdate()
    Cover.objects.create(project=office, absent=quality, substitute=cover, from_on=today, to_on=today)
    assert agree(stored(change), cover).state == State.DONE
    signature = Signature.objects.get()
    assert (signature.employee_id, signature.stands_for_id) == (cover.pk, quality.pk)


def test_whoever_has_no_seat_does_not_know_of_it(north: Community, south: Community, change: Call) -> None:
    approval = stored(change)
    for by in (north.by("steward"), south.by("manager")):
        assert not Approval.visible_to(by).filter(pk=approval.pk).exists()
    with pytest.raises(Unknown):
        operations.agree(approval, by=north.by("steward"), words="")


def test_a_seat_gives_reach_to_that_project_for_signing_only(north: Community, change: Call, quality: Employee) -> None:
    approval = stored(change)
    by = signer(quality, timezone.now())
    assert Approval.visible_to(by).filter(pk=approval.pk).exists()
    with pytest.raises(Unknown):
        operations.agree(approval, by=by, words="")
    guest = seats.as_signer(by, approval)
    assert guest.posts[north.project.pk] == frozenset({seats.SIGNER})
    assert guest.may("approvals.agree", north.project.pk) and not guest.may("cases.chase", north.project.pk)


def test_a_signature_that_wants_a_pin_is_refused_without_one(change: Call, quality: Employee) -> None:
    approval = stored(change)
    with pytest.raises(Refused, match="PIN"):
        agree(approval, quality, pin=False)
    assert not Signature.objects.exists()


def test_one_no_ends_it_and_needs_a_reason_to_act_on(change: Call, quality: Employee) -> None:
    approval = stored(change)
    by = seats.as_signer(signer(quality, timezone.now()), approval)
    with pytest.raises(Refused) as short:
        operations.refuse(approval, by=by, words="不行")
    assert "words" in short.value.errors
    operations.refuse(approval, by=by, words="夜班仍是一人，先补人再改")
    approval.refresh_from_db()
    assert approval.state == State.REFUSED and approval.outcome.startswith("夜班") and not Edition.objects.exists()
    with pytest.raises((Conflict, Unknown)):
        operations.agree(approval, by=by, words="")


def test_only_whoever_asked_withdraws_and_only_while_it_waits(north: Community, change: Call,
                                                              quality: Employee) -> None:  # fmt: skip
    approval = stored(change)
    with pytest.raises(Forbidden):
        operations.withdraw(approval, by=replaced(signer(quality, timezone.now()), north), words="")
    operations.withdraw(approval, by=north.by("manager"), words="先不改")
    with pytest.raises(Conflict):
        operations.withdraw(approval, by=north.by("manager"), words="")
    with pytest.raises(Unknown):
        agree(approval, quality)


def replaced(by: Any, north: Community) -> Any:
    from dataclasses import replace

    return replace(by, posts={**by.posts, north.project.pk: frozenset({posts.COMPANY_SERVICE})})


def test_when_the_world_has_changed_it_is_not_done_and_says_why(change: Call, quality: Employee) -> None:
    first, second = stored(change), stored(lambda: change(amount=3))
    assert agree(first, quality).state == State.DONE
    failed = agree(second, quality)
    assert failed.state == State.FAILED and Edition.objects.count() == 1
    assert failed.outcome and failed.given["amount"] == 3  # kept, so that it can be asked anew
    assert Event.objects.filter(name="approvals.give_up").count() == 1


def test_a_requester_without_the_right_by_then_is_refused(north: Community, change: Call, quality: Employee) -> None:
    approval = stored(change)
    Posting.objects.filter(employee=north.staff["manager"]).update(post=posts.STEWARD)
    failed = agree(approval, quality)
    assert failed.state == State.FAILED and not Edition.objects.exists()


def test_a_requester_who_left_is_refused(north: Community, change: Call, quality: Employee) -> None:
    approval = stored(change)
    Employee.objects.filter(pk=north.staff["manager"].pk).update(state=Employee.State.LEFT)
    assert agree(Approval.objects.get(pk=approval.pk), quality).state == State.FAILED


def test_a_form_of_another_shape_is_not_run(change: Call, quality: Employee) -> None:
    approval = stored(change)
    Approval.objects.filter(pk=approval.pk).update(form_version="0000")
    assert agree(approval, quality).state == State.FAILED and not Edition.objects.exists()


def test_the_same_request_twice_is_one_approval(change: Call) -> None:
    first = stored(lambda: change(key="k1"))
    again = stored(lambda: change(key="k1"))
    assert first.pk == again.pk and Approval.objects.count() == 1
    with pytest.raises(Refused):
        change(key="k1", amount=3)


def test_after_the_deadline_the_next_may_sign_too(change: Call, general: Employee, quality: Employee) -> None:
    approval = aged(stored(change), days=3)
    assert _names(approval) == {quality.pk}
    at = approval.due_at + timedelta(minutes=1)
    assert jobs.sweep_at(approval.due_at - timedelta(minutes=1)) == 0
    assert jobs.sweep_at(at) == 1 and jobs.sweep_at(at) == 0
    approval.refresh_from_db()
    assert {quality.pk, general.pk} <= _names(approval)
    assert agree(approval, general).state == State.DONE


def test_after_its_term_it_lapses(change: Call, quality: Employee) -> None:
    approval = aged(stored(change), days=15)
    assert jobs.sweep_at(approval.expires_at) == 1
    approval.refresh_from_db()
    assert approval.state == State.EXPIRED and not Edition.objects.exists()
    with pytest.raises(Unknown):
        agree(approval, quality)


def test_when_the_one_who_signs_has_left_the_next_takes_the_seat(change: Call, general: Employee,
                                                                 quality: Employee) -> None:  # fmt: skip
    approval = stored(change)
    Employee.objects.filter(pk=quality.pk).update(state=Employee.State.LEFT)
    assert jobs.reseat_at(timezone.now()) == 1 and jobs.reseat_at(timezone.now()) == 0
    approval.refresh_from_db()
    assert _names(approval) == {general.pk}
    assert agree(approval, general).state == State.DONE


def test_the_inbox_has_what_waits_for_me_nearest_deadline_first(change: Call, quality: Employee) -> None:
    first, second = stored(change), stored(lambda: change(amount=3))
    Approval.objects.filter(pk=second.pk).update(due_at=first.due_at - timedelta(hours=1))
    assert _inbox(quality) == [second.pk, first.pk]
    agree(first, quality)
    assert _inbox(quality) == [second.pk]
    by = signer(quality, timezone.now())
    assert [a.pk for a in queries.signed(by)] == [first.pk] and queries.count_to_sign(by) == 1


def aged(approval: Approval, days: int) -> Approval:
    """The same approval, asked for some days ago: no test waits."""
    for name in ("asked_at", "due_at", "expires_at", "moved_at"):
        setattr(approval, name, getattr(approval, name) - timedelta(days=days))
    approval.save(update_fields=["asked_at", "due_at", "expires_at", "moved_at"])
    return approval


def _inbox(employee: Employee) -> list[int]:
    return [one.pk for one in queries.to_sign(signer(employee, timezone.now()))]


def _names(approval: Approval) -> set[int]:
    return {one.employee.pk for one in seats.people(approval, timezone.now())}


def test_a_resident_or_a_stranger_puts_nothing_forward(north: Community, change: Call) -> None:
    with pytest.raises(Forbidden):
        change(who="owner")
    with pytest.raises(Forbidden):
        change(who="technician")
    assert not Approval.objects.exists()


def test_the_kept_call_says_whom_it_waits_for(change: Call, quality: Employee) -> None:
    with pytest.raises(Stored) as waits:
        change()
    assert quality.name in waits.value.sentence and waits.value.status == 202
