"""Leaving a post: a memo, what was kept, what is open; both sign and a superior completes it (SFT-13)."""

from __future__ import annotations

from typing import Any

import pytest

from guanjia.domains.gifts.operations import hand_over, receive
from guanjia.domains.repairs.operations import dispatch
from guanjia.domains.shifts import papers
from guanjia.domains.shifts.models import Transfer
from guanjia.domains.shifts.models.transfers import State
from guanjia.domains.shifts.operations import begin_transfer, complete, drop, give_back, sign_transfer, write_memo
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.papers.press import Press
from guanjia.people.presence import beside
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import made

from .test_handovers import emergency

pytestmark = pytest.mark.django_db
KEPT = ["uniform", "goods", "keys"]


def begun(north: Community, giver: str = "technician", receiver: str = "electrician", by: str = "manager") -> Transfer:
    return begin_transfer(
        north.project, by=north.by(by), giver=north.staff[giver], receiver=north.staff[receiver], cause="leave"
    )


def written(transfer: Transfer, north: Community) -> None:
    write_memo(transfer, by=north.by("technician"), lessons="三幢水泵要每周听一次声音", documents="水泵图纸\n钥匙清单")


@pytest.mark.clause("SFT-13")
def test_who_leaves_hands_everything_to_the_successor(north: Community) -> None:
    case = emergency(north)
    dispatch(case, by=north.by("supervisor"), executor=north.staff["technician"])
    transfer = begun(north)
    written(transfer, north)
    give_back(transfer, by=north.by("electrician"), returned=KEPT)
    sign_transfer(transfer, by=beside(north.by("technician"), north.staff["electrician"]))
    case.refresh_from_db()
    assert case.executor == north.staff["electrician"] and transfer.open["cases.unfinished"] == [case.pk]
    with pytest.raises(Refused):  # rights and confidentiality are still owed
        complete(transfer, by=north.by("manager"))
    give_back(transfer, by=north.by("manager"), returned=["customer_data", "account_disabled", "statement"])
    complete(transfer, by=north.by("manager"))
    assert transfer.state == State.CONFIRMED
    for verb in (papers.print_memo, papers.print_offboard):
        assert made(verb, transfer, Press(north.by("manager"))).startswith(b"%PDF")


def test_the_owner_of_open_cases_changes_only_so(north: Community) -> None:
    case = emergency(north)
    transfer = begun(north, "receptionist", "officer")
    write_memo(transfer, by=north.by("receptionist"), lessons="来电先问楼号再问姓名", documents="通讯录")
    give_back(transfer, by=north.by("officer"), returned=KEPT)
    sign_transfer(transfer, by=beside(north.by("officer"), north.staff["receptionist"]))
    case.refresh_from_db()
    assert case.owner == north.staff["officer"]


@pytest.mark.clause("SFT-13")
def test_what_is_still_on_record_as_theirs_cannot_be_ticked_off(north: Community) -> None:
    gift = receive(
        north.project, by=north.by("technician"), giver="沈住客", description="水果一箱", declined=True, value_fen=100
    )
    transfer = begun(north)
    with pytest.raises(Refused) as refusal:
        give_back(transfer, by=north.by("electrician"), returned=["goods"])
    assert refusal.value.clause == "SFT-13" and not Transfer.objects.get().goods
    hand_over(gift, by=beside(north.by("manager"), north.staff["technician"]))
    give_back(transfer, by=north.by("electrician"), returned=["goods"])
    assert transfer.goods


def test_without_the_memo_or_the_things_nobody_signs(north: Community) -> None:
    transfer = begun(north)
    both = beside(north.by("technician"), north.staff["electrician"])
    with pytest.raises(Refused):
        sign_transfer(transfer, by=both)
    written(transfer, north)
    with pytest.raises(Refused):
        sign_transfer(transfer, by=both)
    give_back(transfer, by=north.by("electrician"), returned=KEPT)
    with pytest.raises(Refused):
        sign_transfer(transfer, by=beside(north.by("technician"), north.staff["guard"]))
    with pytest.raises(Conflict):
        complete(transfer, by=north.by("manager"))


def test_nobody_ticks_off_their_own_writes_anothers_memo_or_completes_as_one_of_the_two(north: Community) -> None:
    transfer = begun(north)
    with pytest.raises(Forbidden):
        give_back(transfer, by=north.by("technician"), returned=KEPT)
    with pytest.raises(Forbidden):
        write_memo(transfer, by=north.by("electrician"), lessons="替别人写的备忘录内容", documents="无")
    mine = begun(north, "manager", "service_manager", by="supervisor")
    Transfer.objects.filter(pk=mine.pk).update(
        state=State.SIGNED, **dict.fromkeys([*KEPT, "customer_data", "account_disabled", "statement"], True)
    )
    with pytest.raises(Forbidden):
        complete(mine, by=north.by("service_manager"))


def test_one_at_a_time_for_a_colleague_and_never_to_oneself(north: Community, south: Community) -> None:
    begun(north)
    wrong: list[dict[str, Any]] = [
        {"giver": north.staff["technician"], "receiver": north.staff["guard"]},
        {"giver": north.staff["guard"], "receiver": north.staff["guard"]},
        {"giver": north.staff["guard"], "receiver": south.staff["guard"]},
    ]
    for names in wrong:
        with pytest.raises(Refused):
            begin_transfer(north.project, by=north.by("manager"), cause="move", **names)
    with pytest.raises(Refused):
        begun(north, "guard", "control_room", by="cashier")
    begun(north, "guard", "control_room", by="guard")


def test_others_do_not_see_it(north: Community, south: Community) -> None:
    transfer = begun(north)
    for by in (north.by("cashier"), south.by("manager"), north.by("owner")):
        assert not Transfer.visible_to(by).exists()
    with pytest.raises(Unknown):
        drop(transfer, by=south.by("manager"), why="别处")
    drop(transfer, by=north.by("manager"), why="不调了")
    assert transfer.state == State.WITHDRAWN
