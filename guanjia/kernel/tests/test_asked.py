"""What the model says of a field, its form does not say again."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from django import forms
from django.db import models
from django.test.utils import isolate_apps

from guanjia.kernel.actors import system
from guanjia.kernel.fields import SealedTextField
from guanjia.kernel.forms import FenField, OperationForm, asked


class Size(models.TextChoices):
    SMALL = "small", "Small"
    LARGE = "large", "Large"


with isolate_apps("guanjia.kernel.tests"):

    class Thing(models.Model):
        name = models.CharField("What it is", max_length=40, help_text="As anybody may read it.")
        giver = models.CharField("Giver", max_length=30, blank=True)
        size = models.CharField("Size", max_length=10, choices=Size, default=Size.LARGE)
        pieces = models.PositiveSmallIntegerField("Pieces", default=1)
        on = models.DateField("Day", null=True, blank=True)
        value_fen = models.IntegerField("Value", blank=True, null=True)
        contact = SealedTextField(null=True, blank=True)
        code = models.CharField("Code", max_length=6)
        extra = models.JSONField("Extra", default=dict)

        PERSONAL: ClassVar[frozenset[str]] = frozenset({"giver", "contact"})
        SECRET: ClassVar[frozenset[str]] = frozenset({"code"})

        class Meta:
            app_label = "tests"


class ReceiveForm(OperationForm):
    of = Thing
    asks = ("name", "size", "pieces", "on", "giver", "value_fen", "sure")

    value_fen = asked(kind=FenField, most_fen=500)
    name = asked(min_length=2)
    sure = forms.BooleanField()


class LaterForm(ReceiveForm):
    """Asks for more, otherwise for one, and not for another."""

    asks = ("code", "size")
    personal = frozenset({"sure"})

    giver = asked(required=True)
    on = None
    words = forms.CharField()


def field(form: type[OperationForm], name: str) -> Any:
    return form.base_fields[name]


def test_what_the_model_says_is_taken_and_what_the_form_says_wins() -> None:
    name, size, pieces = (field(ReceiveForm, n) for n in ("name", "size", "pieces"))
    assert (name.label, name.max_length, name.min_length, name.required) == ("What it is", 40, 2, True)
    assert name.help_text == "As anybody may read it."
    assert type(size) is forms.ChoiceField
    assert list(size.choices) == Size.choices, "no option is added that nobody offered"
    assert (size.initial, pieces.initial, pieces.min_value, pieces.max_value) == (Size.LARGE, 1, 0, 32767)
    assert [field(ReceiveForm, n).required for n in ("on", "giver", "sure")] == [False, False, True]
    assert type(field(ReceiveForm, "on")) is forms.DateField
    assert (field(ReceiveForm, "value_fen").most_fen, field(ReceiveForm, "value_fen").label) == (500, "Value")


def test_it_is_asked_in_the_order_that_was_said_what_is_inherited_before() -> None:
    assert list(ReceiveForm.base_fields) == list(ReceiveForm.asks)
    assert list(LaterForm.base_fields) == ["name", "pieces", "giver", "value_fen", "sure", "code", "size", "words"]
    assert field(LaterForm, "giver").required
    assert not field(ReceiveForm, "giver").required, "the base stays as it was"


def test_each_form_has_fields_of_its_own() -> None:
    one, other = (ReceiveForm({}, by=system(), subject=None) for _ in range(2))
    one.fields["name"].label = "Otherwise"
    assert other.fields["name"].label == field(ReceiveForm, "name").label == "What it is"
    assert not ReceiveForm({"name": "x" * 41}, by=system(), subject=None).is_valid()


def test_what_is_a_persons_in_the_model_is_so_in_the_form() -> None:
    class OneForm(OperationForm):
        whose = asked(Thing.giver)
        contact = asked(Thing.contact, label="Their phone")

    class OwnForm(OperationForm):
        of = Thing
        giver = forms.CharField()

    class SealedForm(OperationForm):
        of = Thing
        asks = ("code",)
        personal = frozenset({"code"})

    assert (SealedForm.personal, SealedForm.secret) == ({"code"}, frozenset()), "sealed, as the form says"
    assert ReceiveForm.personal == OwnForm.personal == {"giver"}
    assert OneForm.personal == {"whose", "contact"}
    assert (LaterForm.personal, LaterForm.secret) == ({"giver", "sure"}, {"code"})


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"of": Thing, "asks": ("nmae",)}, "WrongForm asks for nmae: Thing has no such field (it has code, contact"),
        ({"asks": ("name",)}, "WrongForm asks for name: it says of no model"),
        ({"of": Thing, "asks": ("contact",)}, "the model has no word for it"),
        ({"of": Thing, "asks": ("extra",)}, "nobody can say how a JSONField is asked for"),
        ({"of": Thing, "name": asked(longest=3)}, "unexpected keyword argument 'longest'"),
    ],
)
def test_what_cannot_be_asked_is_refused_when_the_program_starts(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        type("WrongForm", (OperationForm,), said)
    assert sentence in str(error.value)
