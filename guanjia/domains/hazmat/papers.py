"""The register of hazardous goods on paper."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from guanjia.parts.papers.asking import SpanForm, span_of, this_month
from guanjia.parts.papers.press import Press
from guanjia.places.models import Project
from guanjia.web.sheets import paper

from . import queries


@paper(
    Project, label=_("Print the register"), form=SpanForm, clauses=["HAZ-03"], back="hazmat:stock", proposed=this_month
)
def print_register(project: Project, press: Press, *, since: date, until: date) -> bytes:
    """客服部危险品使用登记表 of these days, from the ledger; lines that are open stay open for the pen."""
    rows = queries.of_days(project, press.by, since, until)
    return press.table("F-HAZ", project, rows, period=span_of(since, until))
