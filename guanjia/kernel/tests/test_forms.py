"""Amounts: yuan from people, fen from code, never a float."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django import forms
from django.utils.translation import override

from guanjia.kernel.actors import system
from guanjia.kernel.forms import FenField, OperationForm


@pytest.mark.parametrize(
    ("given", "fen"), [("36.5", 3650), ("36", 3600), ("1,286.40", 128640), ("0.05", 5), (3650, 3650)]
)
def test_yuan_become_fen_exactly(given: object, fen: int) -> None:
    assert FenField().clean(given) == fen


@pytest.mark.parametrize("given", ["36.555", "-1", "1e3", "abc", "٣", "9" * 40, 10_000_001, "", True])
def test_anything_else_is_refused(given: object) -> None:
    with pytest.raises(forms.ValidationError):
        FenField().clean(given)


def test_what_is_missing_is_said_by_what_it_would_be() -> None:
    class Asks(OperationForm):
        name = forms.CharField()
        kind = forms.ChoiceField(choices=[("a", "A")])
        sure = forms.BooleanField()
        own = forms.CharField(error_messages={"required": "请写明去向"})

        def narrow(self) -> None:
            """A field that the subject asks for is as any other: bounded, and missed in the same words."""
            self.fields["row_1"] = forms.CharField()

    with override("zh-hans"):
        errors = Asks({}, by=system(), subject=None).errors
        said = {name: str(lines[0]) for name, lines in errors.items()}
    assert said == {
        "name": "还没有填。",
        "kind": "还没有选。",
        "sure": "还没有勾选。",
        "own": "请写明去向",
        "row_1": "还没有填。",
    }
    added = Asks({"row_1": "长" * 501}, by=system(), subject=None)
    assert "row_1" in added.errors


def test_each_of_many_is_ticked_and_choices_are_still_bounded() -> None:
    class Many(OperationForm):
        who = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])

    drawn = str(Many(by=system(), subject=None)["who"])
    assert drawn.count('type="checkbox"') == 2 and "<select" not in drawn
    assert Many({"who": ["a", "b"]}, by=system(), subject=None).is_valid()
    assert not Many({"who": ["a", "c"]}, by=system(), subject=None).is_valid()


def test_a_form_of_a_change_opens_with_what_holds_but_no_secret_and_no_file() -> None:
    class ChangeForm(OperationForm):
        as_it_stands = True
        secret = frozenset({"code"})

        name = forms.CharField()
        code = forms.CharField()
        scan = forms.FileField()
        reason = forms.CharField()

    class OtherForm(ChangeForm):
        as_it_stands = False

    thing = SimpleNamespace(name="North gate", code="1234", scan=3, place="Lobby")
    assert ChangeForm.standing(thing) == {"name": "North gate"}
    assert OtherForm.standing(thing) == {}
