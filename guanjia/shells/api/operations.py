"""Programs that call the API: set up with a token that is shown once, changed, given a new token, ended."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import operations as kernel
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.when import NOW, When
from guanjia.people import queries as people
from guanjia.people.models import Employee, Posting
from guanjia.places.models import Project
from guanjia.web.words import by_room

from . import clients
from .models import ApiClient


def readable() -> list[tuple[str, Any]]:
    """The kinds of things, by their names in addresses."""
    from . import things

    return [(slug, slug) for slug in sorted(things.all_things())]


def doable() -> list[tuple[str, list[tuple[str, str]]]]:
    """Operations by room; what needs a second factor is never a program's."""
    return by_room(
        one
        for _name, one in sorted(kernel.registry.items())
        if not one.internal and not one.guarded and ".tests." not in one.body.__module__
    )


class ClientForm(OperationForm):
    of = ApiClient
    as_it_stands = True

    name = asked()
    reads = asked(kind=forms.MultipleChoiceField, choices=readable)
    acts = asked(
        kind=forms.MultipleChoiceField, choices=doable,
        help_text=_("Never more than the colleague may for whom it acts."),
    )  # fmt: skip
    per_minute = asked(min_value=1, max_value=6000)
    until = forms.DateField(
        label=_("Good until"), widget=forms.DateInput(attrs={"type": "date"}),
        validators=[When(NOW, timedelta(days=366), _("Choose a day from today, within a year."))],
    )  # fmt: skip

    @classmethod
    def standing(cls, subject: ApiClient) -> dict[str, Any]:
        last = subject.expires_at and timezone.localdate(subject.expires_at - timedelta(seconds=1))
        return {**super().standing(subject), "until": last}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("reads") and not cleaned.get("acts"):
            self.add_error("reads", _("Say what it may read or do."))
        return cleaned


class NewClientForm(ClientForm):
    asks = ("name", "employee", "reads", "acts", "per_minute", "until")
    employee = asked(help_text=_("Its acts stand in the journal under both names; when the colleague leaves, it ends."))

    def narrow(self) -> None:
        super().narrow()
        chosen: Any = self.fields["employee"]
        project = getattr(self.subject, "pk", None) or 0
        held = Posting.objects.filter(project_id=project).values("employee")
        chosen.queryset = Employee.visible_to(self.by).filter(pk__in=held, state=Employee.State.ACTIVE)

    def clean_employee(self) -> Employee:
        employee: Employee = self.cleaned_data["employee"]
        if not people.posts_held(employee, self.subject, self.by.at):
            raise ValidationError(_("This colleague holds no post here."))
        return employee


def _end_of(until: date) -> datetime:
    return timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))


@operation(
    Project,
    label=_("Set up an API client"),
    form=NewClientForm,
    creates=ApiClient,
    icon="plug-connected-x",
    guarded=True,
)
def create_client(project: Project, *, by: Actor, until: date, **given: Any) -> ApiClient:
    """A program with a token of its own, shown once on the answer to this."""
    token = clients.PREFIX + secrets.token_urlsafe(32)
    made = ApiClient.objects.create(project=project, digest=clients.digest(token), expires_at=_end_of(until), **given)
    made.shown_once = token  # type: ignore[attr-defined]  # told once, never kept
    return made


@operation(ApiClient, label=_("Change the client"), form=ClientForm, icon="edit", guarded=True)
def change_client(client: ApiClient, *, by: Actor, until: date, **given: Any) -> None:
    """What it may, how often, and until when; from its next request on."""
    client.expires_at = _end_of(until)
    for name, value in given.items():
        setattr(client, name, value)


@operation(ApiClient, label=_("New token"), icon="key", guarded=True)
def renew_token(client: ApiClient, *, by: Actor) -> None:
    """The old token is worth nothing from now on; the new one is shown once."""
    token = clients.PREFIX + secrets.token_urlsafe(32)
    client.digest = clients.digest(token)
    client.shown_once = token  # type: ignore[attr-defined]  # told once, never kept


@operation(ApiClient, label=_("End the client"), icon="x", danger=True)
def end_client(client: ApiClient, *, by: Actor) -> None:
    """Its token is worth nothing from now on."""
