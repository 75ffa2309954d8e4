"""What cleaning and greening was asked for: their own list, each row leading to its case."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.places.models import Project
from guanjia.web.registers import Column, Filter, Register

from . import queries
from .models import CleaningRequest


def case_address(request: CleaningRequest, project: Project) -> str:
    return reverse("desk:case", args=[project.code, request.case_id])


def stood(request: CleaningRequest) -> Any:
    return _("Answered") if request.answered_at else _("To be answered")


cleaning = Register(
    "cleaning",
    of=CleaningRequest,
    title=_("Handed to cleaning and greening"),
    unit=_("requests"),
    rows=queries.requests,
    columns=(
        Column(_("What is needed"), "need", "grow"), Column(_("Place"), "case.place"),
        Column(pgettext_lazy("cleaning", "Handed on at"), "sent_at"),
        Column(pgettext_lazy("cleaning", "Handed on by"), "sent_by", is_minor=True), Column(_("Answer"), "answer"),
        Column(_("State"), stood, "tag"),
    ),
    filters=(
        Filter(
            "state", _("State"), lambda project: [("open", _("To be answered")), ("done", _("Answered"))],
            lambda value: Q(answered_at__isnull=value == "open"),
        ),
    ),
    page=case_address,
    empty=pgettext_lazy(
        "cleaning", "What the counter hands to cleaning and greening stands here until it is answered."
    ),
)  # fmt: skip
