"""Making the rows of what is owed, and settling them with events. Safe to run twice, and late: the journal is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, QuerySet, Value
from django.db.models.functions import Cast

from guanjia.kernel import calendar as cal
from guanjia.kernel import rows, subjects
from guanjia.kernel.actors import Actor, system
from guanjia.kernel.models import Event
from guanjia.parts.standards import calendars, queries
from guanjia.places.models import Project

from . import periods, rules
from .models import Obligation, Progress, Settlement
from .periods import Span
from .rules import DutyRule

State = Obligation.State
MOST_SPANS = 800  # two years of days: what lies further back is not made up
SHIFTS_AHEAD = timedelta(days=2)


def make(project: Project, at: datetime, *, since: datetime | None = None) -> int:
    """Rows of every rule from where they ended (or `since`) to the end of the next period; returns how many are new."""
    return sum(make_for(rule, project, at, since=since) for rule in rules.registry.values())


def make_for(rule: DutyRule, project: Project, at: datetime, *, since: datetime | None = None) -> int:
    """Rows of one rule, each period for itself: what one of them breaks is made at the next run."""
    calendar = _calendar(rule, project)
    kept = Progress.objects.filter(project=project, rule_key=rule.key).values_list("until_at", flat=True).first()
    if rule.period == periods.SHIFT:
        made = _make_shifts(rule, project, since or min(kept or at, at), at + SHIFTS_AHEAD)
    else:
        this = periods.begin(rule.period, at, calendar)
        begin = min(since or this, kept if kept and kept < at else this)
        until = periods.end_of_next(rule.period, at, calendar) if rule.ahead else at + timedelta(microseconds=1)
        found = list(periods.spans(rule.period, begin, until, calendar, rule.windows))[-MOST_SPANS:]
        made = sum(_make_span(rule, project, span, at) for span in found)
    Progress.objects.update_or_create(project=project, rule_key=rule.key, defaults={"until_at": max(kept or at, at)})
    return made


def _calendar(rule: DutyRule, project: Project) -> Any:
    if rule.period == "working_day":
        return calendars.calendar_of(project, calendars.WORKDAYS)
    return cal.always(project.zone)


def _make_span(rule: DutyRule, project: Project, span: Span, at: datetime) -> int:
    """The rows of one period, from the query of the room in one statement; then what the journal says of them."""
    in_force = queries.rule_in_force(rule.clause, project, queries.today_at(project, span.from_at))
    if not in_force.is_on:
        return 0
    span = periods.until_hour(span, in_force.get("within"), project.zone)
    named = rule.subjects(project, min(span.from_at, at))
    constants = _constants(rule, project, in_force) | {
        "period": span.key, "from_at": span.from_at, "due_at": span.due_at,
    }  # fmt: skip

    def insert() -> list[int]:
        return rows.put(Obligation, _chosen(named), ("subject_id", "owner"), constants=constants)

    def review() -> None:
        _review(rule, project, span, named, at)

    def catch_up() -> None:
        if span.from_at <= at:
            replay(rule, project, span.from_at, min(span.due_at, at + timedelta(seconds=1)))

    made = rows.together(insert)[0]
    if span.from_at > at:
        rows.together(review)
    elif made:
        rows.together(catch_up)
    if rule.releases and span.from_at <= at < span.due_at:
        _release(rule, project, span, at)
    return len(made)


def _release(rule: DutyRule, project: Project, span: Span, at: datetime) -> None:
    """Who is not named any more in the middle of a period owes nothing of it."""
    running = Obligation.objects.filter(project=project, rule_key=rule.key, period=span.key, state=State.OPEN)
    gone = running.exclude(subject_id__in=rule.subjects(project, at).order_by().values("pk"))
    gone.update(state=State.VOID)


def _chosen(named: QuerySet[Any]) -> QuerySet[Any]:
    """Id and who it is owed by, for the statement that makes the rows."""
    if "owes_id" not in named.query.annotations:
        named = named.annotate(owes_id=Cast(Value(None), BigIntegerField()))
    return named.order_by().values_list("pk", "owes_id")


def _constants(rule: DutyRule, project: Project, in_force: Any) -> dict[str, Any]:
    needed = 1 if rule.windows else (rule.times or in_force.get("at_least") or 1)
    return {
        "project": project.pk,
        "rule_key": rule.key,
        "clause_id": rule.clause,
        "subject_label": rule.subject,
        "needed": int(needed),
        "done": 0,
        "state": State.OPEN,
        "snapshot": in_force.frozen(),
        "cause": "", "reason": "", "corrective": "", "excused_by_id": 0, "excused_by_name": "", "excuse_reason": "",
    }  # fmt: skip


def _review(rule: DutyRule, project: Project, span: Span, named: QuerySet[Any], at: datetime) -> None:
    """A period that has not begun follows what changes until then: who is no longer named owes nothing, who is named
    again owes it again."""
    ahead = Obligation.objects.filter(project=project, rule_key=rule.key, period=span.key, from_at__gt=at)
    ids = named.order_by().values("pk")
    ahead.filter(state=State.OPEN).exclude(subject_id__in=ids).update(state=State.VOID)
    ahead.filter(state=State.VOID, subject_id__in=ids).update(state=State.OPEN)


def _make_shifts(rule: DutyRule, project: Project, since: datetime, until: datetime) -> int:
    """A row for each shift that begins in a span, from its begin to its end."""
    in_force = queries.rule_in_force(rule.clause, project, queries.today_at(project, since))
    if not in_force.is_on:
        return 0
    named = rule.subjects(project, since).filter(to_at__gt=since, from_at__lt=until)
    chosen = named.order_by().values_list("pk", "employee_id", "from_at", "to_at")
    constants = _constants(rule, project, in_force) | {"period": periods.SHIFT}
    made = rows.put(Obligation, chosen, ("subject_id", "owner", "from_at", "due_at"), constants=constants)
    if made:
        replay(rule, project, since, until)
    return len(made)


def replay(rule: DutyRule, project: Project, since: datetime, until: datetime) -> None:
    """What the journal says happened in a span, applied again: a settlement counts once."""
    rows_of = Event.objects.filter(project=project, name__in=rule.events, at__gte=since, at__lt=until).order_by(
        "at", "id"
    )
    found = list(rows_of[:20_000])
    things = subjects.named(((e.subject_label, e.subject_id) for e in found), system(until))
    for event in found:
        thing = things.get((event.subject_label, event.subject_id))
        if thing is not None:
            _apply(rule, event, thing)


def on_event(event: Event, subject: Any, by: Actor) -> None:
    """Settle or end what listens to this event."""
    for rule in rules.touched_by(event.name):
        if not rule.posts or by.holds(event.project_id, *rule.posts):
            _apply(rule, event, subject)


def _apply(rule: DutyRule, event: Event, thing: Any) -> None:
    found = rule.of(thing, event)
    if found is None:
        return
    own = Obligation.objects.filter(
        project_id=event.project_id, rule_key=rule.key, subject_label=found[0], subject_id=found[1]
    )
    if event.name in rule.settles and (rule.counts is None or rule.counts(event, thing)):
        running = own.filter(from_at__lte=event.at, due_at__gt=event.at).exclude(state=State.VOID)
        _settle(running.select_for_update(no_key=True).order_by("pk"), event)
    if event.name in rule.ends:
        own.filter(due_at__gt=event.at, state=State.OPEN).update(state=State.VOID)


def _settle(own: Iterable[Obligation], event: Event) -> None:
    for one in own:
        Settlement.objects.bulk_create(
            [
                Settlement(
                    project_id=event.project_id, obligation=one, event_id=event.pk, at=event.at,
                    by_name=event.actor_name,
                )
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        _count(one)


def _count(one: Obligation) -> None:
    """Done is what was settled, counted; two at the same moment both count."""
    found = Settlement.objects.filter(project_id=one.project_id, obligation=one)
    done = found.aggregate(n=Count("pk"))["n"]
    mine = Obligation.objects.filter(project_id=one.project_id, pk=one.pk)
    mine.update(done=done)
    if done >= one.needed:
        met_at = found.order_by("at", "pk").values_list("at", flat=True)[one.needed - 1]
        mine.exclude(state=State.MET).update(state=State.MET, met_at=met_at)
