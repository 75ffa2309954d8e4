from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from guanjia.kernel.models import Event
from guanjia.web import words
from guanjia.web.things import actor_of

NOW = datetime(2026, 3, 18, 2, 24, tzinfo=UTC)  # 10:24 in Shanghai


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 秒"),
        (59, "59 秒"),
        (720, "12 分"),
        (3600, "1 时"),
        (11400, "3 时 10 分"),
        (3900, "1 时 05 分"),
        (100800, "1 天 4 时"),
        (259200, "3 天"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_parts(seconds, said):
    assert words.duration(seconds) == said


def test_what_is_left_and_what_is_over():
    assert words.left(720) == "剩 12 分"
    assert words.over(-1080) == "超 18 分"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 3, 18, 1, 40, tzinfo=UTC), "09:40"),
        (datetime(2026, 3, 17, 8, 40, tzinfo=UTC), "昨天 16:40"),
        (datetime(2026, 3, 17, 16, 30, tzinfo=UTC), "00:30"),  # already today in Shanghai
        (datetime(2026, 3, 12, 3, 0, tzinfo=UTC), "3月12日"),
        (datetime(2026, 3, 20, 1, 0, tzinfo=UTC), "3月20日 09:00"),
        (datetime(2025, 3, 12, 3, 0, tzinfo=UTC), "2025-03-12"),
        (date(2026, 3, 18), "今天"),
        (None, ""),
    ],
)
def test_a_time_is_said_as_people_say_it(at, said):
    assert words.when(at, NOW) == said


def test_a_day_carries_its_weekday():
    assert words.day_words(date(2026, 3, 18), NOW) == "今天 周三 3月18日"
    assert words.day_words(date(2026, 3, 25), NOW) == "周三 3月25日"


def test_a_day_reads_in_english_too():
    with translation.override("en"):
        assert words.day_words(date(2026, 3, 18), NOW) == "Today Wed 18 Mar"


@pytest.mark.parametrize(
    ("fen", "said"),
    [(128640, "¥ 1,286.40"), (0, "¥ 0.00"), (-5, "-¥ 0.05"), (10**14 + 1, "¥ 1,000,000,000,000.01"), (None, "")],
)
def test_money_is_written_from_whole_fen(fen, said):
    assert words.yuan(fen) == said


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13900002046", "139****2046"),
        ("+86 139 0000 2046", "139****2046"),
        ("0571-88881120", "0571-****1120"),
        ("8881120", "***1120"),
        ("120", "****"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_number_is_never_shown_whole(number, shown):
    assert words.masked(number) == shown
    assert not number or number not in words.masked(number)


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("我母亲，13900001234，下周搬来", "我母亲，139****1234，下周搬来"),
        ("打 139 0000 1234 或 139-0000-1234", "打 139******1234 或 139******1234"),
        ("身份证33010619900307451X", "身份证330***********451X"),
        ("单号 BX20261122-0001，订单 62000013900001234", "单号 BX20261122-0001，订单 62000013900001234"),
        ("3-2-1201 水压 0.35", "3-2-1201 水压 0.35"),
    ],
)
def test_a_number_that_somebody_wrote_into_a_text_is_masked_in_a_list(written, listed):
    assert words.hushed(written) == listed


@pytest.mark.parametrize(("kind", "name", "said"), [
    ("staff", "苏管家", "苏管家"), ("resident", "", "住户"), ("system", "", "系统"),
])  # fmt: skip
def test_a_story_says_that_a_resident_did_it_and_not_the_system(kind: str, name: str, said: str) -> None:
    assert actor_of(Event(actor_kind=kind, actor_name=name)) == said
