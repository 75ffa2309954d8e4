"""That something of the archives was printed stands on record."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.parts.papers.asking import SpanForm
from guanjia.places.models import Project

from ..models import ArchiveFile, Destruction


@operation(ArchiveFile, label=_("Print the directory"), clauses=["ARC-01", "ARC-02"], icon="printer")
def print_file(file: ArchiveFile, *, by: Actor) -> None:
    """What the file holds and what is missing, as the official form."""


@operation(ArchiveFile, label=_("Print the list"), clauses=["ARC-08"], icon="printer")
def print_list(file: ArchiveFile, *, by: Actor) -> None:
    """The index that lies in the bag."""


@operation(ArchiveFile, label=_("Print the label"), clauses=["ARC-03"], icon="printer")
def print_label(file: ArchiveFile, *, by: Actor) -> None:
    """Building, floor and room for the cover."""


@operation(Project, label=_("Print the keeping times"), clauses=["ARC-10"], icon="printer")
def print_retention(project: Project, *, by: Actor) -> None:
    """How long each kind of document is kept, as the official form."""


@operation(Project, label=_("Print the loans"), form=SpanForm, clauses=["ARC-07"], icon="printer")
def print_loans(project: Project, *, by: Actor, since: date, until: date) -> None:
    """The register of loans of these days."""


@operation(Destruction, label=_("Print the register entry"), clauses=["ARC-11", "ARC-12"], icon="printer")
def print_destruction(destruction: Destruction, *, by: Actor) -> None:
    """The entry of the register of expired files with everybody's name."""
