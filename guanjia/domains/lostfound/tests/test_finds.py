"""Found, claimed by who knows it, with security the same day; and what is missed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.lostfound import queries
from guanjia.domains.lostfound.models import Find, Loss, State
from guanjia.domains.lostfound.operations import claim, dispose, hand_to_security, match, register_find, report_loss
from guanjia.domains.parcels.tests.taking import picture
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.clocks.models import Clock
from guanjia.parts.custody import queries as custody
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def found(north: Community, who: str = "steward", **more: Any) -> Find:
    given = {
        "description": "黑色双肩包", "features": "内有蓝色水杯", "place": "3 幢大堂", "position": "前台", **more,
    }  # fmt: skip
    made: Find = register_find(north.project, by=north.by(who), photos=[picture()], **given)
    return made


def claimed(north: Community, find: Find, **more: Any) -> Find:
    given = {
        "resident": north.owner, "claim_check": "说出里面有蓝色水杯", "asked_first": True, "signature": picture(), **more,
    }  # fmt: skip
    claim(find, by=north.by("receptionist"), **given)
    return find


@pytest.mark.clause("LOST-01")
def test_it_goes_to_security_before_the_day_ends_signed_by_both(north: Community) -> None:
    find = found(north)
    clock = Clock.objects.get(clause_id="LOST-01", subject_id=find.pk)
    assert clock.due_at - find.found_at <= timedelta(days=1)
    with pytest.raises(Refused):
        hand_to_security(find, by=north.by("guard"))
    with pytest.raises(Forbidden):
        hand_to_security(find, by=beside(north.by("receptionist"), north.staff["guard"]))
    hand_to_security(find, by=beside(north.by("guard"), north.staff["steward"]))
    clock.refresh_from_db()
    assert find.state == State.SECURED and find.secured_by == north.staff["guard"] and clock.state == "met"


@pytest.mark.clause("LOST-01")
def test_what_is_claimed_the_same_day_need_not_go(north: Community) -> None:
    find = claimed(north, found(north))
    assert find.state == State.CLAIMED and Clock.objects.get(subject_id=find.pk, clause_id="LOST-01").state == "met"
    with pytest.raises(Conflict):
        hand_to_security(find, by=beside(north.by("guard"), north.staff["steward"]))


@pytest.mark.clause("LOST-02")
def test_who_got_it_and_how_that_was_checked_is_on_record(north: Community) -> None:
    find = claimed(north, found(north))
    assert (find.claimant, find.finder) == ("沈住客", north.staff["steward"]) and find.claimed_at
    assert custody.latest(find).resident == north.owner
    assert "蓝色水杯" not in str(Event.objects.get(name="lostfound.claim").given)
    page = north.signed_in("receptionist").get(reverse("lostfound:page", args=["north", find.pk])).content.decode()
    assert "已领取" in page and "已开课" not in page, "the ledger's own word, not another room's"


@pytest.mark.clause("LOST-02")
@pytest.mark.parametrize("lacking", [{"asked_first": False}, {"claim_check": ""}, {"signature": None}])
def test_nobody_gets_it_unasked_or_unsigned(north: Community, lacking: dict[str, Any]) -> None:
    find = found(north)
    with pytest.raises(Refused) as refusal:
        claimed(north, find, **lacking)
    find.refresh_from_db()
    assert set(refusal.value.errors) == set(lacking) and find.state == State.FOUND


def test_only_what_security_kept_is_disposed_of(north: Community) -> None:
    find = found(north)
    with pytest.raises(Conflict):
        dispose(find, by=north.by("supervisor"), disposal="移交派出所")
    hand_to_security(find, by=beside(north.by("guard"), north.staff["steward"]))
    with pytest.raises(Forbidden):
        dispose(find, by=north.by("guard"), disposal="移交派出所")
    dispose(find, by=north.by("supervisor"), disposal="移交派出所")
    assert find.state == State.ENDED


def test_a_loss_and_a_find_meet_by_their_words(north: Community, south: Community) -> None:
    day = timezone.localdate()
    loss: Loss = report_loss(north.project, by=north.by("owner"), description="双肩包一个", place="大堂", lost_on=day)
    find = found(north)
    found(north, description="儿童水壶", place="车库")
    assert loss.resident == north.owner
    assert queries.like_loss(loss, north.by("receptionist")) == [find]
    assert queries.like_find(find, north.by("receptionist")) == [loss]
    with pytest.raises(Refused):
        match(loss, by=north.by("receptionist"), find=find)
    match(loss, by=north.by("receptionist"), find=claimed(north, find))
    assert loss.find == find
    with pytest.raises(Unknown):
        match(loss, by=south.by("receptionist"), find=find)


def test_residents_see_their_own_losses_only_and_no_find(north: Community) -> None:
    loss = report_loss(north.project, by=north.by("owner"), description="双肩包", lost_on=timezone.localdate())
    found(north)
    assert list(Loss.visible_to(north.by("owner"))) == [loss] and not Loss.visible_to(north.by("stranger")).exists()
    assert not Find.visible_to(north.by("owner")).exists()


def test_valuables_are_not_on_the_public_list(north: Community) -> None:
    plain, _purse = found(north), found(north, description="钱包", is_valuable=True)
    assert queries.public(north.project, timezone.now() - timedelta(days=30)) == [plain]


@pytest.mark.clause("LOST-02")
def test_the_pages_and_the_paper(north: Community) -> None:
    find, client = found(north), north.signed_in("receptionist")
    report_loss(
        north.project, by=north.by("receptionist"), description="黑色双肩包", outsider="访客",
        lost_on=timezone.localdate(),
    )  # fmt: skip
    page = client.get(reverse("lostfound:page", args=["north", find.pk])).content.decode()
    assert page.count("黑色双肩包") >= 2
    for name in ("list", "new", "losses", "new_loss"):
        assert client.get(reverse(f"lostfound:{name}", args=["north"])).status_code == 200
    url = reverse("papers:sheet", args=["north", "find", find.pk, "lostfound", "print_record"])
    assert client.post(url).content.startswith(b"%PDF")
    label = reverse("papers:sheet", args=["north", "find", find.pk, "lostfound", "print_label"])
    assert client.post(label).content.startswith(b"%PDF")
    assert north.signed_in("technician").post(label).status_code == 403
    assert (
        client.post(reverse("papers:sheet", args=["south", "find", find.pk, "lostfound", "print_record"])).status_code
        == 404
    )
