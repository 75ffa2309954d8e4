"""What executes the clauses of privacy, beside the gates of its operations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.obligations.rules import owed, the_project
from guanjia.parts.standards.bindings import bind_capability

bind_capability("PRIV-04", page="privacy:backups", operation="privacy.record_backup")
owed(
    "PRIV-07", key="privacy.backup", subject="project", label=_("Backup, read again"), subjects=the_project,
    settles=["privacy.record_backup"], url="privacy:backups", evidence="privacy:backups",
)  # fmt: skip
owed(
    "PRIV-07", key="privacy.trial", subject="project", label=_("Backup brought back on trial"), period="quarter",
    subjects=the_project, settles=["privacy.record_trial"], counts=lambda event, run: bool(run.worked),
    url="privacy:backups", evidence="privacy:backups",
)  # fmt: skip
