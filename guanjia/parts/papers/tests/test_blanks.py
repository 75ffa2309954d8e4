"""Blank forms: all of them print, they are found by name and chapter, and only staff of the project open them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from guanjia import book
from guanjia.parts.papers import queries
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

AT = datetime(2026, 3, 18, 6, 20, tzinfo=UTC)


@pytest.fixture
def reader(north: Community) -> Any:
    def sit(who: str) -> Client:
        account, client = Account.objects.get(username=f"north.{who}"), Client()
        client.force_login(account, backend="guanjia.people.login.AccountBackend")
        session = client.session
        session["generation"] = account.generation
        session.save()
        return client

    return sit


def test_every_form_of_the_book_is_listed_once() -> None:
    listed = [blank.form.id for blank in queries.blanks()]
    assert len(listed) == len(set(listed)) == len(book.forms()) == 130


@pytest.mark.parametrize(
    ("words", "form_id"), [("维修工单", "F-REPAIR"), ("f-call", "F-CALL"), ("来电", "F-CALL"), ("維修", "F-REPAIR")]
)
def test_a_form_is_found_by_its_name_its_number_or_in_traditional(words: str, form_id: str) -> None:
    assert form_id in [blank.form.id for blank in queries.blanks(words)]


def test_a_chapter_holds_only_its_own_forms_and_strange_words_none() -> None:
    chapter, _name = queries.used_chapters()[0]
    assert {blank.chapter for blank in queries.blanks(chapter=chapter)} == {chapter}
    assert queries.blanks("没有这样的表") == []


@pytest.mark.django_db
def test_the_list_narrows_and_says_what_to_do_when_nothing_fits(north: Community, reader: Any) -> None:
    client = reader("receptionist")
    page = client.get("/p/north/forms", {"q": "维修工单"}).content.decode()
    assert "/p/north/forms/F-REPAIR.pdf" in page and "F-GFT.pdf" not in page
    assert "F-REPAIR" not in client.get("/p/north/forms", {"q": "zzzz"}).content.decode()
    assert client.get("/p/north/forms", {"q": "x" * 5000, "chapter": "'"}).status_code == 200


@pytest.mark.django_db
def test_every_blank_form_comes_as_a_pdf_of_its_own(north: Community, reader: Any) -> None:
    client = reader("receptionist")
    wrong = []
    for form in book.forms():
        answer = client.get(f"/p/north/forms/{form.id}.pdf")
        if (
            answer.status_code != 200
            or not answer.content.startswith(b"%PDF")
            or not re.search(b"/Page", answer.content)
        ):
            wrong.append(form.id)
    assert wrong == []


@pytest.mark.django_db
def test_an_unknown_form_and_another_project_are_404(north: Community, south: Community, reader: Any) -> None:
    client = reader("receptionist")
    for url in (
        "/p/north/forms/F-NOTHING.pdf",
        "/p/north/forms/..%2f.pdf",
        "/p/south/forms",
        "/p/south/forms/F-CALL.pdf",
    ):
        assert client.get(url).status_code == 404, url
    assert reader("owner").get("/p/north/forms").status_code == 404
