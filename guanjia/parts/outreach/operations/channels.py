"""Setting up the ways out: a gateway with its account; its secret, which is never shown again; a message to try it."""

from __future__ import annotations

import json
import re
from datetime import time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people.fields import phone_of
from guanjia.places.models import Project

from .. import gateways, routes, sending
from ..kinds import TRIAL
from ..models import Channel, Hours, Kind, Message, Purpose, Template
from ..telling import post

SECRET = forms.PasswordInput(attrs={"autocomplete": "off"})
# The settings of all providers: name → (field, the providers that have it).
OPTIONS = {field.name: field for gateway in gateways.providers().values() for field in gateway.options}
WORDS = {
    "url": _("Write an address that begins with https://, without user or password."),
    "scheme": _("Only https:// is called."),
    "private": _("This address lies inside a network. The operator names such networks (GUANJIA_OUTSIDE_ALLOW)."),
}


def _option(field: gateways.Field) -> forms.Field:
    if field.choices:
        return forms.ChoiceField(label=field.label, choices=[*field.choices], required=False)
    return forms.CharField(label=field.label, max_length=field.most, required=False)


class ChannelForm(OperationForm):
    """What a provider asks for; the fields of other providers are not shown."""

    as_it_stands = True

    endpoint = asked(Channel.endpoint, help_text=_("Empty: the provider's own address."))
    account = asked(Channel.account)
    sign_name = _option(OPTIONS["sign_name"])
    signature = _option(OPTIONS["signature"])
    sdk_app_id = _option(OPTIONS["sdk_app_id"])
    region = _option(OPTIONS["region"])
    mode = _option(OPTIONS["mode"])
    agent_id = _option(OPTIONS["agent_id"])
    sender = _option(OPTIONS["sender"])
    tls = _option(OPTIONS["tls"])

    @classmethod
    def standing(cls, subject: Channel) -> dict[str, Any]:
        return {**super().standing(subject), **subject.options}

    def provider_said(self) -> str:
        return str(getattr(self.subject, "provider", ""))

    def narrow(self) -> None:
        super().narrow()
        gateway = gateways.providers().get(self.provider_said())
        if gateway is None:
            return
        own = {field.name for field in gateway.options}
        for name in set(OPTIONS) - own:
            del self.fields[name]
        for field in gateway.options:
            self.fields[field.name].required = field.required
        if gateway.account:
            self.fields["account"].label, self.fields["account"].required = gateway.account, gateway.kind != Kind.EMAIL
        else:
            del self.fields["account"]
        self.fields["endpoint"].required = not gateway.endpoint

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        gateway = gateways.providers().get(cleaned.get("provider") or self.provider_said())
        if gateway is None:
            return cleaned
        if (url := cleaned.get("endpoint")) and (reason := gateway.problem(url)):
            self.add_error("endpoint", WORDS[reason])
        for field in gateway.options:
            value = cleaned.get(field.name) or ""
            if field.required and not value and field.name not in self.errors:
                self.add_error(field.name, self.fields[field.name].error_messages["required"])
            if value and field.pattern and not re.fullmatch(field.pattern, value):
                self.add_error(field.name, _("This is not written as the provider wants it."))
        cleaned["options"] = {f.name: cleaned[f.name] for f in gateway.options if cleaned.get(f.name)}
        for name in OPTIONS:
            cleaned.pop(name, None)
        return cleaned


class SetUpForm(ChannelForm):
    secret: ClassVar[frozenset[str]] = frozenset({"password"})
    provider = forms.ChoiceField(label=_("Provider"), choices=Channel.Provider.choices)
    password = forms.CharField(label=_("Secret"), max_length=200, required=False, strip=False, widget=SECRET)
    asks = (
        "provider", "endpoint", "account", "password", "sign_name", "signature", "sdk_app_id", "region", "mode",
        "agent_id", "sender", "tls",
    )  # fmt: skip

    def provider_said(self) -> str:
        said = self.data.get("provider") if self.is_bound else self.initial.get("provider")
        return str(said or "")[:20]

    def narrow(self) -> None:
        super().narrow()
        gateway = gateways.providers().get(self.provider_said())
        if gateway is not None:
            self.fields["password"].label = gateway.secret
            self.fields["password"].required = gateway.kind != Kind.EMAIL


@operation(Project, label=_("Set up a channel"), form=SetUpForm, creates=Channel, icon="send", guarded=True)
def set_up_channel(project: Project, *, by: Actor, provider: str, password: str, **given: Any) -> Channel:
    """A gateway and the account there, from now on; one of a kind is in use at a time."""
    kind = gateways.of(provider).kind
    if Channel.objects.select_for_update().filter(project=project, kind=kind, state=Channel.State.ON).exists():
        raise Refused("provider", _("There is one of this kind in use. Switch it off first."))
    given.setdefault("account", "")
    return Channel.objects.create(project=project, kind=kind, provider=provider, secret=password, **given)


@operation(Channel, label=_("Change the settings"), form=ChannelForm, icon="settings", guarded=True)
def change_channel(channel: Channel, *, by: Actor, options: dict[str, Any], endpoint: str, account: str = "") -> None:
    """Where it is and what it asks for. With another account or address its token is fetched anew."""
    channel.options, channel.endpoint, channel.account = options, endpoint, account
    channel.token, channel.token_until = "", None
    channel.faults, channel.rests_until = 0, None


class SecretForm(OperationForm):
    secret: ClassVar[frozenset[str]] = frozenset({"password"})
    password = forms.CharField(label=_("New secret"), max_length=200, strip=False, widget=SECRET)


@operation(Channel, label=_("Change the secret"), form=SecretForm, icon="key", guarded=True)
def change_secret(channel: Channel, *, by: Actor, password: str) -> None:
    """A new secret in the place of the old one; neither is ever shown."""
    channel.secret, channel.token, channel.token_until = password, "", None


@operation(Channel, label=_("Switch off"), icon="player-pause", danger=True)
def switch_off(channel: Channel, *, by: Actor) -> None:
    """Nothing goes this way from now on; what waits goes by the next way, or not at all."""


@operation(Channel, label=_("Switch on"), icon="player-play")
def switch_on(channel: Channel, *, by: Actor) -> None:
    """In use again."""
    same = Channel.objects.select_for_update().filter(
        project_id=channel.project_id, kind=channel.kind, state=Channel.State.ON
    )
    if same.exclude(pk=channel.pk).exists():
        raise Refused("", _("There is one of this kind in use. Switch it off first."))
    channel.faults, channel.rests_until = 0, None


class TryForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"to"})
    to = forms.CharField(label=_("To"), max_length=100, required=False, widget=forms.TextInput(
        attrs={"autocomplete": "off", "data-private": ""}))  # fmt: skip
    template = forms.ModelChoiceField(Template.objects.all(), label=_("Template"), required=False)

    def narrow(self) -> None:
        super().narrow()
        kind = getattr(self.subject, "kind", "")
        if kind == Kind.ROBOT:
            del self.fields["to"]
        if "template" in self.fields:
            rows: Any = self.fields["template"]
            rows.queryset = rows.queryset.filter(channel=kind, state=Template.State.ON)

    def clean_to(self) -> str:
        to = str(self.cleaned_data.get("to") or "").strip()
        if not to:
            raise ValidationError(_("Say to whom: a number, an address, or the name at the provider."))
        if self.subject.kind == Kind.SMS:
            to = phone_of(to)
            if not routes.is_mobile(to):
                raise ValidationError(_("Only a mobile number takes short messages."))
        if self.subject.kind == Kind.EMAIL and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", to):
            raise ValidationError(_("This is not an e-mail address."))
        return to


@operation(Channel, label=_("Try it"), form=TryForm, icon="send")
def try_channel(channel: Channel, *, by: Actor, to: str = "", template: Template | None = None) -> None:
    """A message that says that the channel works; how it went stands among the messages."""
    if gateways.of(channel.provider).needs_template and template is None:
        raise Refused("template", _("This provider sends approved templates only. Choose one."))
    about = template.about if template is not None else "trial"
    hidden, sample = {"to": to or "group", "fields": {}}, {"number": "…", "count": 0, "clause": "…"}
    post([
        Message(
            project_id=channel.project_id, kind=about, title=TRIAL, params=sample,
            subject_label="channel", subject_id=channel.pk, channel=channel.kind, purpose=Purpose.WORK, is_urgent=True,
            sealed=json.dumps(hidden), masked=sending.mask(channel.kind, to), key=f"try:{by.request_id}",
            created_at=by.at, next_at=by.at,
        )
    ])  # fmt: skip


class HoursForm(OperationForm):
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=forms.TimeInput(attrs={"type": "time"}))
    quiet_to = forms.TimeField(label=_("until"), widget=forms.TimeInput(attrs={"type": "time"}))

    @classmethod
    def standing(cls, subject: Project) -> dict[str, Any]:
        hours = routes.quiet_hours(subject)
        return {name: f"{hour:%H:%M}" for name, hour in zip(("quiet_from", "quiet_to"), hours, strict=True)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("quiet_from") and cleaned.get("quiet_from") == cleaned.get("quiet_to"):
            self.add_error("quiet_to", _("Choose another hour: from and until are the same."))
        return cleaned


@operation(Project, label=_("Quiet hours"), form=HoursForm, icon="moon")
def set_quiet_hours(project: Project, *, by: Actor, quiet_from: time, quiet_to: time) -> None:
    """When nothing that can wait is sent to residents; codes and emergencies go at any hour."""
    hours = {"quiet_from": quiet_from, "quiet_to": quiet_to}
    Hours.objects.update_or_create(project=project, defaults=hours)
