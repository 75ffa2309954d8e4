"""What people open: my shift, a handover and its two signatures, pass-ons, sheets; on the desk and on the phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from bench.counting import statements
from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.domains.shifts import papers
from guanjia.domains.shifts.models import Handover, Note, Outing
from guanjia.domains.shifts.models.handovers import State
from guanjia.domains.shifts.operations import begin, go_out, log, pass_on
from guanjia.kernel.models import Event
from guanjia.parts.papers.press import Press
from guanjia.parts.papers.tests.test_printing import needs_reader, text
from guanjia.people import posts
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import address_of, made

from .test_handovers import emergency, gift
from .test_presence import soon

pytestmark = pytest.mark.django_db
PIN = "402917"


@pytest.fixture
def handover(north: Community) -> Handover:
    account = Account.objects.get(username="north.officer")
    account.set_pin(PIN)
    account.save(update_fields=["pin"])
    gift(north)
    made: Handover = begin(north.project, by=north.by("receptionist"), post=posts.RECEPTIONIST, important="电梯年检")
    return made


def act(label: str, pk: int, verb: str) -> str:
    return reverse("acts:do", args=["north", label, pk, verb])


@pytest.mark.clause("SFT-09")
def test_a_handover_is_counted_and_signed_on_its_page(north: Community, handover: Handover) -> None:
    client = signed_in(north, "receptionist")
    page = reverse("shifts:handover", args=["north", handover.pk])
    shown = client.get(page).content.decode()
    assert "电梯年检" in shown and "待清点" in shown and "茶叶一盒" in shown
    said = {"line": "gifts.received", "found": "1", "next": page}
    assert client.post(act("handover", handover.pk, "explain"), said).headers["Location"] == page
    assert "实点 1" in client.get(page).content.decode()
    signing = {"present_username": "north.officer", "present_pin": PIN, "remark": "清楚"}
    assert client.post(act("handover", handover.pk, "sign"), signing).status_code == 302
    handover.refresh_from_db()
    assert handover.receiver == north.staff["officer"]
    assert "卢" not in Event.objects.get(name="shifts.sign").given


def test_an_unsettled_line_is_named_where_the_signature_is_locked(north: Community, handover: Handover) -> None:
    client = signed_in(north, "receptionist")
    shown = client.get(reverse("shifts:handover", args=["north", handover.pk])).content.decode()
    assert shown.count("btn-primary") <= 2  # the page's one step, and the sign-in of an ended session
    assert "双方签字之前还差" in shown and act("handover", handover.pk, "sign") not in shown
    signing = {"present_username": "north.officer", "present_pin": PIN}
    refused = client.post(act("handover", handover.pk, "sign"), signing)
    assert refused.status_code == 422
    handover.refresh_from_db()
    assert handover.state == State.OPEN
    on_phone = reverse("shifts:phone-act", args=["north", "handover", handover.pk, "sign"])
    asked = client.get(act("handover", handover.pk, "sign")), refused, client.get(on_phone)
    for answer, page in zip(asked, ("handover", "handover", "phone-handover"), strict=True):
        line = f"{reverse(f'shifts:{page}', args=['north', handover.pk])}#line-gifts.received"
        assert f'href="{line}"' in answer.content.decode()


def test_on_the_phone_a_guard_hands_over_too(north: Community) -> None:
    client = signed_in(north, "guard")
    new = reverse("shifts:phone-new", args=["north", "begin"])
    assert client.get(new).status_code == 200
    answer = client.post(new, {"post": posts.SECURITY_GUARD, "important": "东门道闸报修"})
    made = Handover.objects.get()
    assert answer.headers["Location"] == reverse("shifts:phone-handover", args=["north", made.pk])
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "东门道闸报修" in shown
    sign = reverse("shifts:phone-act", args=["north", "handover", made.pk, "sign"])
    assert 'name="present_pin"' in client.get(sign).content.decode()
    assert client.post(sign).status_code == 422


def test_the_phone_names_the_line_that_holds_up_the_signature(north: Community) -> None:
    emergency(north)
    made = begin(north.project, by=north.by("technician"), post=posts.TECHNICIAN, important="")
    page = reverse("shifts:phone-handover", args=["north", made.pk])
    shown = signed_in(north, "technician").get(page).content.decode()
    owed = shown.split("双方签字之前还差")[1].split("</a>")[0]
    assert 'href="#line-cases.unfinished"' in owed and owed.endswith("未结诉求"), owed


def test_my_shift_shows_the_log_what_is_to_be_read_and_who_is_out(north: Community, handover: Handover) -> None:
    log(north.project, by=north.by("receptionist"), words="送水师傅进小区", is_important=True)
    pass_on(north.project, by=north.by("supervisor"), title="停水", words="明日停水", posts=[posts.RECEPTIONIST])
    told = {"reason": "办事", "due_at": soon(), "told_to": north.staff["supervisor"]}
    go_out(north.project, by=north.by("steward"), destination="街道办", **told)
    for name in ("shifts:home", "shifts:phone"):
        shown = signed_in(north, "receptionist").get(reverse(name, args=["north"])).content.decode()
        for words in ("送水师傅进小区", "停水", "街道办", "前台接待"):
            assert words in shown, (name, words)


def test_today_says_what_waits_for_my_signature_and_my_eyes(north: Community, handover: Handover) -> None:
    pass_on(north.project, by=north.by("supervisor"), title="停水通知", words="明日停水", posts=[posts.SERVICE_OFFICER])
    today = reverse("desk:today", args=["north"])
    shown = signed_in(north, "officer").get(today).content.decode()
    assert reverse("shifts:handover", args=["north", handover.pk]) in shown and "停水通知" in shown
    other = signed_in(north, "technician").get(today).content.decode()
    assert reverse("shifts:handover", args=["north", handover.pk]) not in other and "停水通知" not in other


def test_a_note_goes_out_and_back_on_the_phone(north: Community) -> None:
    client = signed_in(north, "guard")
    assert client.post(reverse("shifts:phone-new", args=["north", "log"]), {"words": "巡至三幢"}).status_code == 302
    assert Note.objects.get().author == north.staff["guard"]
    going = reverse("shifts:phone-new", args=["north", "go_out"])
    assert client.post(going, {"destination": "派出所"}).status_code == 422
    told = {"destination": "派出所", "reason": "送监控", "told_to": north.staff["supervisor"].pk}
    assert client.post(going, told | {"due_at": f"{soon():%Y-%m-%dT%H:%M}"}).status_code in (302, 422)
    assert client.get(reverse("shifts:phone-new", args=["north", "sign"])).status_code == 404


@pytest.mark.parametrize("name", ["handovers", "log:list", "pass-ons:list", "outings:list", "permits:list",
                                  "transfers:list", "home", "phone"])  # fmt: skip
def test_strangers_and_residents_meet_nothing(north: Community, south: Community, name: str) -> None:
    url = reverse(f"shifts:{name}", args=["north"])
    assert signed_in(north, "steward").get(url).status_code == 200
    assert signed_in(south, "supervisor").get(url).status_code == 404
    assert signed_in(north, "owner").get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_lists_cost_the_same_however_long(north: Community) -> None:
    client, url = signed_in(north, "supervisor"), reverse("shifts:pass-ons:list", args=["north"])
    client.get(url)

    def cost() -> int:
        with statements() as seen:
            client.get(url)
        return len(seen)

    pass_on(north.project, by=north.by("supervisor"), title="一", words="一", posts=[posts.STEWARD])
    one = cost()
    for number in range(6):
        pass_on(north.project, by=north.by("supervisor"), title=f"{number}", words="x", posts=[posts.STEWARD])
    assert cost() == one


@needs_reader
@pytest.mark.clause("SFT-09")
def test_the_handover_log_prints_from_the_record_and_the_printing_stands_on_it(
    north: Community, handover: Handover
) -> None:
    emergency(north)
    paper = address_of(papers.print_handover, handover)
    answer = signed_in(north, "receptionist").post(paper)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert Event.objects.filter(name="shifts.print_handover", subject_id=handover.pk).count() == 1
    handover.refresh_from_db()
    with override("en"):
        sheet = text(made(papers.print_handover, handover, Press(north.by("receptionist"))))
    assert "前台接待" in sheet and "无：" in sheet and "Receptionist" not in sheet, "paper is Chinese for every reader"
    wrong = reverse("papers:sheet", args=["north", "transfer", handover.pk, "shifts", "print_handover"])
    assert signed_in(north, "receptionist").post(wrong).status_code == 404
    assert signed_in(north, "cashier").post(paper).status_code == 403


@pytest.mark.clause("SFT-06", "SFT-11")
def test_the_work_log_and_the_outing_record_print(north: Community) -> None:
    note = log(north.project, by=north.by("guard"), words="巡至三幢", kind="done")
    log(north.project, by=north.by("guard"), words="查岗", kind="plan")
    paper = address_of(papers.print_log, note)
    assert signed_in(north, "guard").post(paper).content.startswith(b"%PDF")
    told: dict[str, Any] = {"reason": "办事", "due_at": soon(), "told_to": north.staff["supervisor"]}
    outing: Outing = go_out(north.project, by=north.by("steward"), destination="街道办", **told)
    day, record = outing.out_at.date().isoformat(), address_of(papers.print_outings, north.project)
    client = signed_in(north, "supervisor")
    assert client.post(record, {"since": day, "until": day}).content.startswith(b"%PDF")
    assert client.post(record, {"since": day, "until": "2020-01-01"}).status_code == 422
    assert signed_in(north, "guard").get(record).status_code == 403
