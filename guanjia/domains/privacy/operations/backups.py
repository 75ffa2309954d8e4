"""That a backup was written and is whole; that bringing one back was tried (PRIV-07)."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import operation
from guanjia.places.models import Project

from ..models import BackupRun


class BackupForm(OperationForm):
    made_at = asked(BackupRun.made_at)
    size = asked(BackupRun.size, min_value=1)
    digest = forms.RegexField(r"^[0-9a-f]{64}$", label=_("Digest"), max_length=64)


class TrialForm(OperationForm):
    made_at = asked(BackupRun.made_at, help_text=_("Of which moment the backup was that was brought back."))
    worked = forms.TypedChoiceField(
        label=_("Did it come back whole"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )  # fmt: skip
    remark = asked(
        BackupRun.remark, required=True, min_length=2, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where it was brought back, what was looked at."),
    )  # fmt: skip


@operation(
    Project, label=_("Backup written"), form=BackupForm, creates=BackupRun, internal=True, clauses=["PRIV-07"],
    icon="database",
)  # fmt: skip
def record_backup(project: Project, *, by: Actor, made_at: datetime, size: int, digest: str) -> BackupRun:
    """The backup's own run, after the file was read again from its first to its last byte."""
    return BackupRun.objects.create(
        project=project, kind=BackupRun.Kind.WRITTEN, made_at=made_at, size=size, digest=digest, at=by.at
    )


@operation(
    Project, label=_("Backup brought back on trial"), form=TrialForm, creates=BackupRun, clauses=["PRIV-07"],
    icon="rotate-clockwise",
)  # fmt: skip
def record_trial(project: Project, *, by: Actor, made_at: datetime, worked: bool, remark: str) -> BackupRun:
    """Once a quarter somebody brings a backup back in another place and looks."""
    return BackupRun.objects.create(
        project=project, kind=BackupRun.Kind.RESTORED, made_at=made_at, worked=worked, remark=remark, at=by.at
    )
