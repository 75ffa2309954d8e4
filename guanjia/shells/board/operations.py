"""Pair a display, say where it hangs, revoke it."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.places.models import Project

from . import pairing
from .models import Display


class NameForm(OperationForm):
    as_it_stands = True

    name = asked(Display.name)


class PairForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"code"})

    code = forms.CharField(
        label=_("Code on the screen"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Open /board on the screen: six digits show. It then shows the board of this project."),
    )  # fmt: skip
    name = asked(Display.name)

    def clean_code(self) -> str:
        digits = "".join(str(self.cleaned_data["code"]).split()).replace("-", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
            raise ValidationError(_("A code has six digits."))
        return digits


@operation(Project, label=_("Pair a display"), form=PairForm, creates=Display, icon="device-desktop")
def pair_display(project: Project, *, by: Actor, code: str, name: str) -> Display:
    """The screen that shows this code reads the board of this project from now on, until it is revoked."""
    if project.is_office:
        raise Refused("", _("The head office has no board. Pair the screen at the community that it is to show."))
    return Display.objects.create(project=project, name=name, digest=pairing.take(code, by.at), paired_at=by.at)


@operation(Display, label=_("Say where it hangs"), form=NameForm, icon="edit")
def rename_display(display: Display, *, by: Actor, name: str) -> None:
    """It hangs elsewhere now."""
    display.name = name


@operation(Display, label=_("Revoke the display"), icon="x", danger=True)
def revoke_display(display: Display, *, by: Actor) -> None:
    """Its token is worth nothing from now on; the screen asks to be paired again."""
