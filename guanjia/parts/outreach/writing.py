"""What a message says when it goes out: the template's words with its fields, else the program's plain sentence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from guanjia.people.models import Account, AccountHome, Employee

from . import fields, routes
from .gateways import Parcel
from .models import Message, Template


class NoTemplate(Exception):
    """The provider sends nothing but what it approved, and nothing approved is set up."""


def language_of(message: Message) -> str:
    """The language the recipient reads."""
    chosen: str | None = message.hidden.get("language")
    if chosen is None and message.employee_id:
        account = Employee.objects.filter(pk=message.employee_id).values("account_id")
        chosen = Account.objects.filter(pk__in=account).values_list("language", flat=True).first()
    elif chosen is None and message.resident_id:
        homes = AccountHome.objects.filter(
            project_id=message.project_id, resident_id=message.resident_id, ended_at__isnull=True
        )
        chosen = Account.objects.filter(pk__in=homes.values("account_id")).values_list("language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE


def parcel(message: Message, to: str, at: datetime, *, needs_template: bool) -> Parcel:
    """The message as a gateway takes it. No name, no phone, nothing that anybody wrote. Raises NoTemplate."""
    language = language_of(message)
    with translation.override(language):
        values = values_of(message)
        template = routes.template_for(message.project, message.kind, message.channel, language)
        if template is None and needs_template:
            raise NoTemplate
        title, text = _words(message, template, values)
        url = _url(message)
        if message.employee_id and message.channel == "email":
            why = _("You get this because of your post. Say when you want e-mail on the page of your notices.")
            text = "\n".join(part for part in (text, url, "", why) if part is not None)
    return Parcel(
        key=f"{message.project_id}.{message.pk}", to=to, title=title, text=text, url=url, at=at,
        template=template.code if template else "", slots=_slots(template, values),
    )  # fmt: skip


def values_of(message: Message) -> dict[str, Any]:
    """Every field that a template may ask for."""
    project = message.project
    plain = {"project": project.name, "hotline": project.hotline, **message.params}
    return {**plain, "words": message.words if not message.is_code else "", **message.hidden.get("fields", {})}


def _words(message: Message, template: Template | None, values: dict[str, Any]) -> tuple[str, str]:
    said = message.words if not message.is_code else ""
    default = _("%(project)s: %(said)s") % {"project": message.project.name, "said": said}
    if template is None:
        return default, f"{said}\n{message.project.name}\n"
    title = fields.filled(template.title, values) if template.title else default
    return title, fields.filled(template.body, values)


def _slots(template: Template | None, values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if template is None:
        return ()
    return tuple((str(name), fields.filled(str(text), values)) for name, text in template.slots)


def _url(message: Message) -> str:
    """The page of notices, for colleagues; where the program's own address is known."""
    if not settings.CSRF_TRUSTED_ORIGINS or not message.employee_id:
        return ""
    page = reverse("outreach:inbox", args=[message.project.code])
    return str(settings.CSRF_TRUSTED_ORIGINS[0].rstrip("/") + page)
