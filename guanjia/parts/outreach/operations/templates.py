"""The words of messages: fields are names in braces from a list; what a provider would refuse is refused here."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.places.models import Project

from .. import fields
from ..models import Kind, Purpose, Template

# What a provider takes in one message, its signature 【…】 with at most 12 characters included.
MOST_SMS, SIGNATURE = 500, 14
SLOT = re.compile(r"([A-Za-z][\w.]{0,31})\s*=\s*(.{1,100})")


class WordsForm(OperationForm):
    """What is said, and what the provider approved."""

    of = Template
    as_it_stands = True

    purpose = asked(choices=[(v, w) for v, w in Purpose.choices if v != Purpose.WORK])
    title = asked()
    body = asked(
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Fields in braces: {project} {hotline} {number} {words} {code} {minutes} {amount} {due_on} …"),
    )
    number_there = asked(Template.code)
    slots = forms.CharField(
        label=_("Fields at the provider"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, in the provider's order: code={code}"),
    )  # fmt: skip

    def said(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or getattr(self.subject, name, ""))

    @classmethod
    def standing(cls, subject: Template) -> dict[str, Any]:
        lines = "\n".join(f"{name}={text}" for name, text in subject.slots)
        return {**super().standing(subject), "number_there": subject.code, "slots": lines}

    def clean_slots(self) -> list[list[str]]:
        made = []
        for line in str(self.cleaned_data.get("slots") or "").splitlines():
            if not line.strip():
                continue
            match = SLOT.fullmatch(line.strip())
            if match is None:
                raise ValidationError(_("Write one a line: the provider's field, =, what it gets."))
            made.append([match[1], match[2]])
        if len({name for name, _text in made}) != len(made):
            raise ValidationError(_("A field of the provider stands here twice."))
        return made

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        about, channel = self.said("about"), self.said("channel")
        for name in ("title", "body"):
            self._no_strays(name, str(cleaned.get(name) or ""), about)
        for _name, text in cleaned.get("slots") or []:
            self._no_strays("slots", text, about)
        if channel in (Kind.SMS, Kind.WECHAT) and not cleaned.get("number_there"):
            self.add_error("number_there", _("This way sends approved templates only: their number is needed."))
        if channel == Kind.SMS:
            self._short_enough(str(cleaned.get("body") or ""), about)
        if (about == fields.CODE) != (cleaned.get("purpose") == Purpose.CODE):
            self.add_error("purpose", _("A sign-in code, and nothing else, is for the purpose of that name."))
        return cleaned

    def _no_strays(self, name: str, text: str, about: str) -> None:
        if strays := fields.strays(text, about):
            known = " ".join(f"{{{one}}}" for one in sorted(fields.allowed(about)))
            self.add_error(
                name, _("Not known here: %(what)s. You can use %(known)s.") % {"what": " ".join(strays), "known": known}
            )

    def _short_enough(self, body: str, about: str) -> None:
        if re.search(r"[【】]", body):
            self.add_error("body", _("The provider puts the signature 【…】 before the text: leave it out."))
        if (length := fields.longest(body) + SIGNATURE) > MOST_SMS:
            self.add_error(
                "body", _("It may become %(n)d characters long; %(most)d are taken.") % {"n": length, "most": MOST_SMS}
            )
        if about == fields.CODE and fields.CODE not in fields.names_in(body):
            self.add_error("body", _("The words of a code hold {code}."))


class WriteForm(WordsForm):
    asks = ("about", "channel", "language", "purpose", "title", "body", "number_there", "slots")

    about = forms.ChoiceField(label=_("What it is about"), choices=fields.abouts)
    language = asked(choices=settings.LANGUAGES)


@operation(Project, label=_("Write a template"), form=WriteForm, creates=Template, icon="message-report")
def write_template(project: Project, *, by: Actor, number_there: str, **given: Any) -> Template:
    """What is said about something by one way in one language; one of these is in use at a time."""
    same = {name: given[name] for name in ("about", "channel", "language")}
    if Template.objects.filter(project=project, state=Template.State.ON, **same).exists():
        raise Refused("about", _("There are words for this already. Change them, or withdraw them first."))
    return Template.objects.create(project=project, code=number_there, **given)


@operation(Template, label=_("Change the words"), form=WordsForm, icon="edit")
def change_template(template: Template, *, by: Actor, number_there: str, **given: Any) -> None:
    """Other words from now on; what waits goes out with them."""
    template.code = number_there
    for name, value in given.items():
        setattr(template, name, value)


@operation(Template, label=_("Withdraw the template"), icon="x", danger=True)
def withdraw_template(template: Template, *, by: Actor) -> None:
    """These words are used no more."""
