"""What a reader's software and the keyboard need of every desk page: names, labels, one heading, ids that are unique."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from guanjia.people.tests.cast import Community

from .conftest import repair

pytestmark = pytest.mark.django_db
VOID = frozenset({"input", "img", "meta", "link", "br", "hr", "use", "path", "rect", "line", "circle"})
SAID_BY = ("aria-label", "aria-labelledby", "title")


class Reader(HTMLParser):
    """Collects what has no name: controls without a label, links and buttons without words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str], list[str]]] = []
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.controls: list[tuple[str, dict[str, str], bool]] = []
        self.nameless: list[str] = []
        self.headings = 0
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag == "html":
            self.language = given.get("lang", "")
        self.headings += tag == "h1"
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"])
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.controls.append((tag, given, any(name == "label" for name, _a, _w in self.open)))
        named = next((given[n] for n in (*SAID_BY, "alt") if given.get(n)), "")
        if named:
            for _tag, _attrs, words in self.open:
                words.append(named)
        if tag == "img" and "alt" not in given:
            self.nameless.append(f"img {given.get('src')}")
        if tag not in VOID:
            self.open.append((tag, given, [named] if named else []))

    def handle_data(self, data: str) -> None:
        if data.strip():
            for _tag, _attrs, words in self.open:
                words.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        while self.open and any(name == tag for name, _a, _w in self.open):
            name, given, words = self.open.pop()
            if name in ("a", "button", "summary") and not words:
                self.nameless.append(f"{name} {given.get('href') or given.get('class')}")
            if name == tag:
                break

    def unlabelled(self) -> list[str]:
        return [
            f"{tag} {given.get('name')}"
            for tag, given, is_wrapped in self.controls
            if not is_wrapped and given.get("id") not in self.labelled and not any(given.get(n) for n in SAID_BY)
        ]


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.mark.parametrize(
    "address", ["today", "desk", "cases", "desk/stranger", "desk/stranger?take=enquiry", "forms", "visits", "visits/new", "issues", "issues/new", "case", "resident", "house"]
)  # fmt: skip
def test_every_control_of_a_page_has_a_name_and_every_page_one_heading(
    north: Community, seat: Any, address: str
) -> None:
    case = repair(north)
    places = {
        "case": f"case/{case.pk}?view=open",
        "resident": f"desk/resident/{north.owner.pk}",
        "house": f"desk/house/{north.house.pk}",
    }
    page = read(seat(north, "supervisor").get(f"/p/north/{places.get(address, address)}").content.decode())
    assert page.unlabelled() == []
    assert page.nameless == []
    assert [name for name, n in page.ids.items() if n > 1] == []
    assert page.headings == 1 and page.language.startswith("zh")


def test_the_reader_of_these_tests_finds_what_is_missing() -> None:
    page = read('<html><h1>x</h1><a href="/"><svg></svg></a><input name="q"><button></button><p id="a"><b id="a">')
    assert page.unlabelled() == ["input q"] and len(page.nameless) == 2 and page.ids["a"] == 2 and page.language == ""
