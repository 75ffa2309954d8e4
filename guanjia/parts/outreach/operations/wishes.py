"""What residents wish about messages, and under which name somebody is known at an outside service."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.models import Employee, Resident

from .. import routes
from ..models import Handle, Kind, Purpose, Stop, Wish

STOPPABLE = [(value, word) for value, word in Purpose.choices if value not in routes.UNSTOPPED]
TO_RESIDENTS = [(kind.value, kind.label) for kind in routes.TO_RESIDENTS]


def is_ones_own(resident: Resident, by: Actor) -> bool:
    """A resident wishes for themself; staff write down what they were told."""
    return by.is_staff or by.homes.get(resident.project_id) == resident.pk


class PurposeForm(OperationForm):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=STOPPABLE)


@operation(Resident, label=_("No more messages"), form=PurposeForm, whose=is_ones_own, icon="bell")
def stop_messages(resident: Resident, *, by: Actor, purpose: str) -> None:
    """For one purpose, by every way outside the program; what stands on their own page stays."""
    what = {"project_id": resident.project_id, "resident": resident, "purpose": purpose, "ended_at": None}
    if not Stop.objects.get_or_create(**what, defaults={"stopped_at": by.at})[1]:
        raise Refused("purpose", _("They already get no messages for this."))


@operation(Resident, label=_("Messages again"), form=PurposeForm, whose=is_ones_own, icon="bell-ringing")
def resume_messages(resident: Resident, *, by: Actor, purpose: str) -> None:
    """They want them again."""
    rows = Stop.objects.filter(
        project_id=resident.project_id, resident=resident, purpose=purpose, ended_at__isnull=True
    )
    if not rows.update(ended_at=by.at):
        raise Refused("purpose", _("They get messages for this."))


class WayForm(OperationForm):
    prefers = forms.ChoiceField(label=_("Best way"), choices=[("", _("No wish")), *TO_RESIDENTS], required=False)


@operation(Resident, label=_("Best way to reach"), form=WayForm, whose=is_ones_own, icon="send")
def prefer_way(resident: Resident, *, by: Actor, prefers: str) -> None:
    """Which way is tried first."""
    Wish.objects.update_or_create(project_id=resident.project_id, resident=resident, defaults={"prefers": prefers})


class HandleForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"value"})
    kind = forms.ChoiceField(label=_("Way"), choices=[c for c in Kind.choices if c[0] in (Kind.WECHAT, Kind.EMAIL)])
    value = forms.CharField(label=_("Name there"), max_length=100, required=False)

    def clean_value(self) -> str:
        return _plain(str(self.cleaned_data.get("value") or ""))


def _plain(value: str) -> str:
    if value and not (value.isascii() and value.isprintable() and " " not in value):
        raise ValidationError(_("Letters, digits and signs without spaces."))
    return value


@operation(Resident, label=_("Bind an outside name"), form=HandleForm, internal=True)
def bind_handle(resident: Resident, *, by: Actor, kind: str, value: str) -> None:
    """The openid that WeChat gave at sign-in, from now on; empty: it is no longer bound. Whoever had it before in
    this project loses it: a name outside opens one door."""
    digest = routes.digest_of(kind, value) if value else ""
    if digest:
        Handle.objects.filter(project_id=resident.project_id, kind=kind, digest=digest, ended_at__isnull=True).update(
            ended_at=by.at
        )
    _bind({"resident": resident}, resident.project_id, kind, value, by, digest)


@operation(Resident, label=_("Unbind WeChat"), whose=is_ones_own, icon="brand-wechat")
def unbind_wechat(resident: Resident, *, by: Actor) -> None:
    """No sign-in and no messages by WeChat any more. Raises Refused when none is bound."""
    if not routes.handle_of(resident.project_id, Kind.WECHAT, resident_id=resident.pk):
        raise Refused("", _("No WeChat is bound."))
    _bind({"resident": resident}, resident.project_id, Kind.WECHAT, "", by)


class NameForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"value"})
    value = forms.CharField(
        label=_("User ID in WeCom"), max_length=64, required=False, help_text=_("Empty: no messages in WeCom.")
    )

    def clean_value(self) -> str:
        return _plain(str(self.cleaned_data.get("value") or ""))


@operation(Employee, label=_("WeCom account"), form=NameForm, icon="message-report")
def name_handle(employee: Employee, *, by: Actor, value: str) -> None:
    """Under which name a colleague is found in WeCom."""
    _bind({"employee": employee}, employee.project_id, Kind.WECOM, value, by)


def _bind(whose: dict[str, Any], project_id: int, kind: str, value: str, by: Actor, digest: str = "") -> None:
    Handle.objects.filter(project_id=project_id, kind=kind, ended_at__isnull=True, **whose).update(ended_at=by.at)
    if value:
        Handle.objects.create(project_id=project_id, kind=kind, value=value, digest=digest, bound_at=by.at, **whose)
