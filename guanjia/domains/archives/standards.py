"""What executes the clauses of the archives, beside the gates of its operations, a run sheet and an inspection."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.parts.clocks.rules import clock
from guanjia.parts.custody import kinds as custody
from guanjia.parts.custody.due import chased
from guanjia.parts.obligations.rules import owed, the_project
from guanjia.parts.standards.bindings import bind_capability, bind_record
from guanjia.people import posts

from .models import Document, DocumentState
from .rights import KEEPER

custody.keep(
    Document, title=_("Archive documents"), icon="archive", list_name="archives:documents:list",
    keepers=KEEPER | {posts.SERVICE_OFFICER},
    in_keeping=lambda project: Document.objects.filter(
        project=project, has_paper=True, state__in=[DocumentState.IN_STORE, DocumentState.LENT]
    ),
)  # fmt: skip
chased("archives", "archive_document", ["archives.lend"])

bind_record("ARC-01", form="F-OWNER-FILE", label="archive_file", evidence="archives:list")
bind_record("ARC-02", form="F-TENANT-FILE", label="archive_file", evidence="archives:list")
bind_record("ARC-07", form="F-ARC-LOAN", label="handout", evidence="archives:loans")
bind_capability("ARC-10", page="archives:retention", operation="archives.end")
bind_capability("ARC-13", page="archives:documents:list", operation="archives.file_document")
clock(
    "ARC-08", key="archives.update_list", subject="archive_file",
    verb=pgettext_lazy("archives", "bring the paper list up to date"),
    starts=["archives.file_document", "archives.change_document", "archives.note_gone", "custody.report_lost"],
    stops=["archives.update_list"], subject_of=lambda thing: _file_of(thing),
)  # fmt: skip
owed(
    "ARC-14", key="archives.tidy", subject="project", label=_("Archives tidied"), subjects=the_project,
    settles=["archives.tidy"], url="archives:tidyings:list",
)  # fmt: skip


def _file_of(thing: object) -> object:
    """The file of a document whose content or number changed; None for what is none of ours."""
    return thing.file if isinstance(thing, Document) else None
