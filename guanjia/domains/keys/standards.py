"""What executes the clauses of keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.calendar import due_at, limit_of, parse_duration
from guanjia.kernel.models import Event
from guanjia.parts.clocks.rules import clock
from guanjia.parts.custody import kinds
from guanjia.parts.custody import queries as custody
from guanjia.parts.custody.due import ENDS, chased
from guanjia.parts.custody.models import Handout
from guanjia.parts.obligations.rules import owed
from guanjia.parts.standards.bindings import bind_capability, bind_gauge, bind_record
from guanjia.places.models import Project

from . import queries
from .gates import KEEPERS, keeps_it
from .models import Key

LENDS = ("keys.lend", "keys.lend_in_two")


def and_the_grace(calendar: Any, start: datetime, values: dict[str, Any], handout: Handout) -> datetime | None:
    """So long after the agreed time the reason must stand there."""
    if handout.due_at is None:
        return None
    limit = limit_of(calendar, handout.due_at, parse_duration(str(values["within"])))
    return due_at(calendar, handout.due_at, limit)


def is_a_key(handout: Handout) -> bool:
    return handout.subject_label == Key.SUBJECT and handout.due_at is not None  # type: ignore[attr-defined]


def lender(handout: Handout) -> int | None:
    """Who lent it asks why it is not back."""
    return handout.handed_by_id


def projects_with_keys(project: Project, at: datetime) -> QuerySet[Any]:
    """A project that keeps keys owes a count of all of them."""
    return Project.objects.filter(pk__in=Key.objects.filter(project=project).values("project"))


def is_of_all_keys(event: Event, count: Any) -> bool:
    """A count of a single cabinet is not the stock-take of the month."""
    return bool(count.label == Key.SUBJECT and not count.position)  # type: ignore[attr-defined]  # set by `register`


def agreeing(project: Project, since: datetime, until: datetime) -> custody.Share:
    """Keys found where the list says, of the keys that were counted."""
    return custody.agreeing(Key.SUBJECT, project, since, until)  # type: ignore[attr-defined]  # set by `register`


kinds.keep(
    Key, title=pgettext_lazy("custody", "Keys"), icon="key", list_name="keys:home", keepers=KEEPERS,
    in_keeping=queries.in_keeping, whose=keeps_it,
)  # fmt: skip
chased("keys", "key", LENDS)
clock(
    "KEY-15", key="keys.explain_late", subject="handout", verb=_("say why it is late"), starts=LENDS,
    stops=["custody.explain", *ENDS], reviews=["custody.prolong"], only_if=is_a_key, due=and_the_grace,
    subject_of=custody.latest, executor=lender, evidence="custody:ledger",
)  # fmt: skip
owed(
    "KEY-05", key="keys.stock_take", subject="project", label=_("Stock-take of all keys"),
    subjects=projects_with_keys, settles=["custody.close_count"], counts=is_of_all_keys, url="keys:home",
)  # fmt: skip
bind_gauge("KEY-06", figure=agreeing, evidence="custody:counts")
bind_capability("KEY-01", operation="keys.take_over", page="keys:list")
bind_capability("KEY-02", operation="keys.take_over", page="keys:list")
bind_capability("KEY-03", operation="keys.place", page="keys:home")
bind_record("KEY-04", form="F-KEY-LIST", label="key", evidence="keys:list")
bind_record("KEY-08", form="F-KEY-LIST", label="key", evidence="keys:sheets")
bind_record("KEY-13", form="F-KEY-LOG", label="handout", evidence="custody:ledger")
bind_record("KEY-13", form="F-KEY-LOAN", label="handout", evidence="custody:ledger")
bind_capability("KEY-18", operation="keys.entrust", page="keys:list")
bind_capability("KEY-21", operation="keys.entrust", page="keys:mine")
