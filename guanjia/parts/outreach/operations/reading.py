"""What a person does with what they are told: read it, read all, say when they want e-mail."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.places.models import Project

from ..models import MailWish, Notice


def is_unread(notice: Notice) -> bool:
    """A notice is read once."""
    return notice.read_at is None


@operation(Notice, label=_("Mark as read"), when=is_unread, icon="check")
def read(notice: Notice, *, by: Actor) -> None:
    """It was seen by whom it was for: nobody else reaches it."""
    notice.read_at = max(by.at, notice.created_at)


@operation(Project, label=_("Mark all as read"), icon="checklist")
def read_all(project: Project, *, by: Actor) -> None:
    """All that this person is told at the project up to now."""
    mine = Notice.visible_to(by).filter(project=project, read_at__isnull=True, created_at__lte=by.at)
    if not mine.update(read_at=by.at):
        raise Refused("", _("You have read all of them."))


class MailForm(OperationForm):
    """From midnight to midnight by the project's clock; the quiet hours may span midnight."""

    wants = forms.BooleanField(label=_("Send me e-mail"), required=False)
    quiet_from = forms.TimeField(
        label=_("No e-mail from"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    quiet_to = forms.TimeField(label=_("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_to")
        if "quiet_from" not in self.errors and "quiet_to" not in self.errors:
            if (start is None) != (end is None):
                self.add_error("quiet_to" if end is None else "quiet_from", _("Say both hours, or neither."))
            elif start is not None and start == end:
                self.add_error("quiet_to", _("Choose another hour: from and until are the same."))
        return cleaned


@operation(Project, label=_("E-mail to me"), form=MailForm, icon="mail")
def wish_mail(project: Project, *, by: Actor, wants: bool, quiet_from: time | None, quiet_to: time | None) -> None:
    """Whether and when this person wants e-mail from the project. Notices inside the program always come."""
    said = {"wants": wants, "quiet_from": quiet_from, "quiet_to": quiet_to}
    MailWish.objects.update_or_create(project=project, employee_id=by.id, defaults=said)
