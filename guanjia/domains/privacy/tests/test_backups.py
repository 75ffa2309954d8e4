"""Backups are on record by themselves, a day without one is red; passwords, journal and backup protect (PRIV-04, 07)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guanjia.config import safekeeping
from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.domains.privacy.models import BackupRun
from guanjia.domains.privacy.operations import record_backup, record_trial
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused
from guanjia.parts.obligations import keeping, rules
from guanjia.parts.obligations.models import Obligation
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db
DIGEST = "a" * 64


def of_today(north: Community, key: str = "privacy.backup") -> Obligation:
    return Obligation.objects.get(
        project=north.project, rule_key=key, from_at__lte=timezone.now(), due_at__gt=timezone.now()
    )


@pytest.mark.clause("PRIV-07")
def test_a_backups_own_run_settles_the_day_at_every_project(north: Community, south: Community) -> None:
    now, rule = timezone.now(), rules.registry["privacy.backup"]
    for one in (north, south):
        keeping.make_for(rule, one.project, now - timedelta(days=1))
        keeping.make_for(rule, one.project, now)
    assert safekeeping.record(made_at=now, size=4096, digest=DIGEST) == 2
    assert {of_today(one).state for one in (north, south)} == {"met"}
    missed = Obligation.objects.filter(rule_key=rule.key, due_at__lte=now)
    assert missed.count() == 2 and all(row.is_missed(now) for row in missed)
    shown = signed_in(north, "manager").get(reverse("privacy:backups", args=["north"])).content.decode()
    assert "备份并通读校验" in shown
    assert signed_in(north, "guard").get(reverse("privacy:backups", args=["north"])).status_code == 404


@pytest.mark.clause("PRIV-07")
def test_nobody_says_by_hand_that_a_backup_was_made_but_a_trial_is_said(north: Community) -> None:
    with pytest.raises(Forbidden):
        record_backup(north.project, by=north.by("administrator"), made_at=timezone.now(), size=1, digest=DIGEST)
    keeping.make_for(rules.registry["privacy.trial"], north.project, timezone.now())
    said = {"made_at": timezone.now(), "remark": "在备用机上恢复，抽查三户"}
    with pytest.raises(Forbidden):
        record_trial(north.project, by=north.by("receptionist"), worked="yes", **said)
    with pytest.raises(Refused):
        record_trial(north.project, by=north.by("manager"), worked="yes", made_at=timezone.now())
    record_trial(north.project, by=north.by("manager"), worked="no", **said)
    assert of_today(north, "privacy.trial").state == "open"
    record_trial(north.project, by=north.by("manager"), worked="yes", **said)
    assert of_today(north, "privacy.trial").state == "met" and BackupRun.objects.count() == 2


@pytest.mark.clause("PRIV-04")
def test_a_password_guards_the_door_and_wrong_ones_close_it(north: Community) -> None:
    account = Account.objects.get(username="north.receptionist")
    account.set_password("a-good-pass-phrase-4")
    account.save()
    client, door = Client(), reverse("desk:login")
    today = reverse("desk:today", args=["north"])
    assert client.get(today).status_code == 302
    for _time in range(12):
        client.post(door, {"username": account.username, "password": "wrong"})
    client.post(door, {"username": account.username, "password": "a-good-pass-phrase-4"})
    assert client.get(today).status_code == 302  # too many tries: the right one does not help now
    assert "a-good-pass-phrase-4" not in account.password


@pytest.mark.clause("PRIV-04")
def test_what_was_done_stands_in_a_journal_that_nobody_changes(north: Community) -> None:
    record_trial(north.project, by=north.by("manager"), worked="yes", made_at=timezone.now(), remark="抽查")
    event = Event.objects.get(name="privacy.record_trial")
    assert event.actor_id == north.staff["manager"].pk
    for sentence in ("UPDATE kernel_event SET actor_name = 'x'", "DELETE FROM kernel_event"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)
    assert Event.objects.filter(pk=event.pk).exists()
