"""What goes wrong is told at once, taken note of by a superior, and explained."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel import numbering
from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.places.models import Project

from .. import forms
from ..models import Anomaly, Draw, Substance


@operation(
    Project, label=_("Report an anomaly"), form=forms.ReportForm, creates=Anomaly, clauses=["HAZ-08"],
    icon="alert-triangle",
)  # fmt: skip
def report(
    project: Project, *, by: Actor, draw: Draw | None, substance: Substance, noticed_at: datetime, photos: list[Any],
    **given: Any,
) -> Anomaly:  # fmt: skip
    """Whoever notices it says so; lead and supervisor are told at once."""
    if draw is not None and draw.lot.substance_id != substance.pk:
        raise Refused("substance", _("This draw was of another substance."))
    anomaly = Anomaly.objects.create(
        project=project, number=numbering.daily(project, "HY", by.at), draw=draw, substance=substance,
        noticed_at=noticed_at, reporter_id=by.id, moved_at=by.at, **given,
    )  # fmt: skip
    files.keep(anomaly, photos, "reported", by=by)
    return anomaly


def is_not_the_reporter(anomaly: Anomaly, by: Actor) -> bool:
    """Telling oneself is not telling."""
    return anomaly.reporter_id != by.id


@operation(Anomaly, label=_("Take note"), clauses=["HAZ-08"], whose=is_not_the_reporter, icon="eye")
def acknowledge(anomaly: Anomaly, *, by: Actor) -> None:
    """A lead knows of it now and sees to it; the clock of the report stops."""
    anomaly.leader_id, anomaly.acknowledged_at = by.id, by.at


@operation(Anomaly, label=pgettext_lazy("hazmat", "Close"), form=forms.CloseForm, icon="circle-check")
def close(anomaly: Anomaly, *, by: Actor, measures: str) -> None:
    """The cause is found and what was done about it is written down."""
    anomaly.measures = measures
