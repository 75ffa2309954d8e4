"""A real company's start."""

from __future__ import annotations

import pytest

from guanjia.config import setup
from guanjia.parts.casework import danger
from guanjia.people import posts
from guanjia.people.login import actor_of, find_account
from guanjia.places.models import Project

pytestmark = pytest.mark.django_db
ARGUMENTS = [
    "--company",
    "青山物业",
    "--admin-number",
    "QS001",
    "--admin-name",
    "江一帆",
    "--project",
    "lake:HB:湖滨苑:杭州",
]


def test_a_company_starts_with_an_administrator_and_a_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main(ARGUMENTS) == 0
    account = find_account("QS001")
    shown = capsys.readouterr().out.split("one-time password")[1].split()[0]
    assert account.check_password(shown) and account.must_change_password
    by = actor_of(account)
    for code in ("office", "lake"):
        assert by.holds(Project.objects.get(code=code).pk, posts.ADMINISTRATOR)


def test_the_numbers_of_the_life_safety_cards_are_taken_at_the_start(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main([*ARGUMENTS, "--lift-firm", "0571-86000001"]) == 0
    lake = Project.objects.get(code="lake")
    assert [key for key, _name in danger.without_number(lake)] == ["gas_company"]
    assert "still lack numbers" in capsys.readouterr().out


def test_a_number_that_is_none_makes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main([*ARGUMENTS, "--gas-company", "not a number"]) == 1
    assert not Project.objects.exists() and capsys.readouterr().err


def test_a_company_that_stands_is_not_set_up_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main(ARGUMENTS) == 0
    assert setup.main([*ARGUMENTS[:2], "--admin-number", "QS002", "--admin-name", "江二帆"]) == 1
    assert Project.objects.count() == 2 and find_account("QS002") is None
    assert "stands here already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line", ["lake", "Lake:HB:湖滨苑", "lake:hb:湖滨苑", "lake:HB:", "office:HB:湖滨苑", "lake:HQ:湖滨苑"]
)
def test_a_wrong_project_makes_nothing(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main([*ARGUMENTS[:6], "--project", line]) == 1
    assert not Project.objects.exists() and find_account("QS001") is None and capsys.readouterr().err


def test_what_is_missing_without_a_terminal_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        setup.main(["--company", "青山物业"])
    with pytest.raises(Exception, match="number"):
        setup.establish("青山物业", "有 空格", "江一帆", [])
    assert not Project.objects.exists()
