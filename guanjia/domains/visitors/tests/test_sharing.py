"""Service and security tell one another what the other side must know, and hear what is done about it (ORG-16)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from guanjia.domains.gifts.tests.test_screens import signed_in
from guanjia.domains.visitors import operations as visitors
from guanjia.domains.visitors.models import SharedWord
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused
from guanjia.parts.outreach.models import Notice
from guanjia.people.tests.cast import Community

pytestmark = pytest.mark.django_db


def told(north: Community, who: str, **more: Any) -> SharedWord:
    said = {"kind": "complaint", "house": north.house.code, "words": "业主对噪声投诉情绪较大，夜巡请多看一眼", **more}
    return visitors.share(north.project, by=north.by(who), **said)


@pytest.mark.clause("ORG-16")
def test_each_side_tells_the_other_and_hears_the_answer(north: Community) -> None:
    word = told(north, "receptionist")
    assert word.to_side == "security"
    with pytest.raises(Forbidden):
        visitors.answer_word(word, by=north.by("officer"), answer="收到")
    visitors.answer_word(word, by=north.by("guard"), answer="23 点加巡一次")
    assert (word.state, word.answered_by) == (SharedWord.State.ANSWERED, north.staff["guard"])
    with pytest.raises(Conflict):
        visitors.answer_word(word, by=north.by("guard"), answer="再说一次")
    back = told(north, "guard", kind="round", house="", words="三幢单元门被卡住常开")
    assert back.to_side == "service"
    visitors.answer_word(back, by=north.by("receptionist"), answer="已派工")
    assert "情绪较大" not in str(Event.objects.filter(name="visitors.share").first().given)


@pytest.mark.clause("ORG-16")
def test_only_what_they_need_and_only_the_two_sides(north: Community, south: Community) -> None:
    for words in ("请联系 13900000101", "身份证 330106199001011234"):
        with pytest.raises(Refused):
            told(north, "receptionist", words=words)
    word = told(north, "receptionist")
    with pytest.raises(Forbidden):
        told(north, "technician")
    assert not SharedWord.visible_to(north.by("technician")).exists()
    assert not SharedWord.visible_to(north.by("owner")).exists()
    page = reverse("visitors:shared-word", args=["north", word.pk])
    assert "噪声" in signed_in(north, "guard").get(page).content.decode()
    assert "噪声" in signed_in(north, "guard").get(reverse("visitors:shared", args=["north"])).content.decode()
    assert signed_in(south, "guard").get(page).status_code == 404


@pytest.mark.clause("ORG-16")
@pytest.mark.parametrize("is_vip", [True, False])
def test_a_pass_for_a_guest_of_importance_is_told_by_itself(north: Community, is_vip: bool) -> None:
    from datetime import timedelta

    from django.utils import timezone

    now = timezone.now()
    said = {
        "house": north.house.code, "visitor": "客一", "purpose": "签约", "headcount": 3, "is_vip": is_vip,
        "from_at": now, "until_at": now + timedelta(hours=3), "asked_by": north.owner.name,
    }  # fmt: skip
    visitors.issue(north.project, by=north.by("receptionist"), **said)
    words = list(SharedWord.objects.values_list("kind", "to_side", "told_by"))
    assert words == ([("guest", "security", north.staff["receptionist"].pk)] if is_vip else [])


@pytest.mark.clause("ORG-16")
def test_whoever_is_on_at_the_other_side_is_told(north: Community) -> None:
    from guanjia.config.telling import TABLE
    from guanjia.parts.outreach import telling

    word = told(north, "receptionist")
    event = Event.objects.get(name="visitors.share", subject_id=word.pk)
    telling.tell(event, TABLE[event.name])
    who = set(Notice.objects.filter(kind="shared").values_list("employee", flat=True))
    assert north.staff["guard"].pk in who and north.staff["receptionist"].pk not in who
