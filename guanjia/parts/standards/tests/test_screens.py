"""The pages of the Book: every chapter and clause opens, a decision is made on its page, strangers meet a 404."""

import pytest
from django.test import Client

from guanjia import book
from guanjia.parts.standards import operations, queries, telling
from guanjia.parts.standards.models import Edition
from guanjia.parts.standards.queries import merged
from guanjia.parts.standards.tests.test_editions import REASON, tomorrow
from guanjia.people.models import Account

pytestmark = pytest.mark.django_db


def browser(community, who):
    client = Client()
    account = Account.objects.get(pk=community.staff[who].account_id)
    client.force_login(account, backend="guanjia.people.login.AccountBackend")
    session = client.session
    session["generation"] = account.generation
    session.save()
    return client


def test_every_chapter_opens(north):
    client = browser(north, "manager")
    assert client.get("/p/north/standards").status_code == 200
    for area in book.areas():
        page = client.get(f"/p/north/standards/chapter/{area.id}")
        assert page.status_code == 200 and book.area(area.id)[0].id in page.content.decode()


@pytest.mark.parametrize("kind", ["clock", "gauge", "count", "gate", "record", "capacity", "procedure", "conduct"])
def test_a_clause_of_every_kind_opens_with_its_rule(north, kind):
    client = browser(north, "receptionist")
    entry = next(clause for clause in book.clauses() if clause.kind == kind)
    page = client.get(f"/p/north/standards/clause/{entry.id}")
    assert page.status_code == 200 and entry.rule[:12] in page.content.decode()


def test_a_clause_is_found_by_its_words(north):
    page = browser(north, "receptionist").get("/p/north/standards", {"q": "紧急报修"})
    assert "RPR-03" in page.content.decode()


def test_a_decision_is_made_on_its_page_and_shown_with_who_and_why(north, nobody_signs):
    client = browser(north, "manager")
    given = {"clause": "RPR-03", "amount": "90", "unit": "minutes", "effective_from": tomorrow(north), "reason": REASON}
    answer = client.post("/p/north/standards/clause/RPR-03/change", given)
    assert answer.status_code == 302
    shown = client.get("/p/north/standards/clause/RPR-03").content.decode()
    assert REASON in shown and north.staff["manager"].name in shown


def test_a_refused_decision_keeps_what_was_typed(north):
    client = browser(north, "manager")
    given = {"clause": "RPR-03", "amount": "90", "unit": "minutes", "effective_from": "2024-01-01", "reason": REASON}
    answer = client.post("/p/north/standards/clause/RPR-03/change", given)
    assert answer.status_code == 422 and REASON in answer.content.decode()
    assert not Edition.objects.exists()


def test_a_post_without_the_right_meets_a_refusal(north):
    client = browser(north, "receptionist")
    assert client.get("/p/north/standards/clause/RPR-03/change").status_code == 403
    assert client.post("/p/north/standards/days", {"day": "2035-01-01"}).status_code == 403


def test_unknown_chapters_clauses_and_projects_answer_404(north, south):
    client = browser(north, "manager")
    for path in ("north/standards/chapter/XYZ", "north/standards/clause/RPR-99", "south/standards"):
        assert client.get(f"/p/{path}").status_code == 404


def test_nobody_sees_the_book_without_signing_in(north):
    assert Client().get("/p/north/standards").status_code == 302


def test_every_clause_can_say_what_it_asks():
    for clause in book.clauses():
        rule = merged(clause, [])
        if clause.kind not in ("conduct", "capability"):
            assert telling.value(rule), clause.id


@pytest.mark.parametrize(
    ("text", "expected"), [(">=0.95", "≥ 95%"), ("=1.00", "100%"), ("=0", "0"), (">=0.985", "≥ 98.5%"), ("odd", "odd")]
)
def test_targets_are_said_in_percent(text, expected):
    assert telling.target(text) == expected


def test_our_defaults_wait_to_be_decided_and_leave_the_list_when_they_are(north):
    client = browser(north, "manager")
    before = queries.undecided(north.project)
    assert "RPR-11" in before and "RPR-11" in client.get("/p/north/standards/decide").content.decode()
    answer = client.post("/p/north/standards/decide", {"clause": "RPR-11", "reason": "与公司目标一致"})
    assert answer.status_code == 302 and queries.undecided(north.project) == [c for c in before if c != "RPR-11"]
    again = client.post("/p/north/standards/decide", {"clause": "RPR-11", "reason": "再定一次"})
    written = client.post("/p/north/standards/decide", {"clause": "RPR-03", "reason": "文件已写"})
    assert again.status_code == written.status_code == 422 and Edition.objects.count() == 1


def test_who_acts_and_the_wording_are_decided_otherwise_and_stand_on_the_page(north, nobody_signs):
    given = {
        "acting": ["technician"],
        "wording": "急修两小时内到场或约定",
        "effective_from": tomorrow(north),
        "reason": REASON,
    }
    operations.change_limit(north.project, by=north.by("manager"), clause="RPR-03", **given)
    rule = queries.rule_in_force("RPR-03", north.project, tomorrow(north))
    assert rule.roles == ("technician",) and rule.words == "急修两小时内到场或约定"
    shown = browser(north, "manager").get("/p/north/standards/clause/RPR-03").content.decode()
    assert "急修两小时内到场或约定" in shown and book.clause("RPR-03").rule[:8] in shown


def test_the_whole_text_is_searched_word_by_word(north):
    client = browser(north, "receptionist")
    assert "CMP-03" in client.get("/p/north/standards", {"q": "Empathize 道歉"}).content.decode()
    assert "CMP-03" not in client.get("/p/north/standards", {"q": "Empathize 消火栓"}).content.decode()
