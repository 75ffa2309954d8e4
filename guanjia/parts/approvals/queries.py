"""Reading approvals: the rule that holds, what is held, the inbox, one's own requests, what is asked about a thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor
from guanjia.kernel.durations import parse_duration
from guanjia.people import posts
from guanjia.places.models import Project
from guanjia.web import words

from . import rules, seats
from .models import Approval, RuleChange, Signature

State = Approval.State
MOST_COUNTED = 100  # badges say 99+ beyond
PAGE = 30


# -- rules -----------------------------------------------------------------------------------------------------------


def rule_for(operation: str, project: Project, is_asked: Callable[[rules.Rule], bool]) -> rules.Rule | None:
    """The first rule of an operation that holds at the project and whose questions answer yes."""
    known = rules.of_operation(operation)
    changes = changes_of(project, [rule.id for rule in known]) if known else {}
    for rule in known:
        now = rules.changed(rule, changes.get(rule.id))
        if now.is_on and is_asked(now):
            return now
    return None


def is_signed_here(operation: str, project: Project) -> bool:
    """Whether calls of an operation wait for a signature at a project. What a clause lets happen by approval alone
    asks this: where the rule was switched off, it does not happen at all."""
    return rule_for(operation, project, lambda rule: True) is not None


def changes_of(project: Project, ids: Iterable[str] | None = None) -> dict[str, RuleChange]:
    """What a project decided otherwise, the youngest of each rule."""
    rows = RuleChange.objects.filter(project=project)
    if ids is not None:
        rows = rows.filter(rule_id__in=list(ids))
    return {row.rule_id: row for row in rows.order_by("id")}


# -- a thing ---------------------------------------------------------------------------------------------------------


def holding(subject: Any) -> Approval | None:
    """The approval that holds a thing, if one does."""
    return _about(subject).filter(state=State.WAITING, holds=True).first()


def story(subject: Any, limit: int = 30) -> list[Approval]:
    """Everything that was ever asked about a thing, youngest first."""
    return list(_about(subject).select_related("project", "requester").order_by("-id")[:limit])


def of_clause(project: Project, clause_id: str, since: datetime) -> list[Approval]:
    """Changes of a clause that were asked for at a project since then, youngest first."""
    asked = Approval.objects.filter(
        project=project, operation="standards.change_limit", asked_at__gte=since, given__clause__iexact=clause_id
    )
    return list(asked.select_related("project", "requester").order_by("-id")[:30])


def _about(subject: Any) -> QuerySet[Approval]:
    return Approval.objects.filter(
        project_id=subject.project_id, subject_label=subjects.label_of(subject), subject_id=subject.pk
    )


def hours_of(within: str) -> int:
    """A written deadline in whole hours."""
    duration = parse_duration(within)
    return duration.days * 24 + duration.seconds // 3600


def waits_for(approval: Approval, at: datetime) -> str:
    """“Waiting for 赵启明 (project manager) since 09:40”: said wherever the thing is shown."""
    return _("%(verb)s waits for %(names)s since %(at)s. Nothing else moves it until then.") % {
        "verb": approval.shown.verb, "names": names_of(approval, at), "at": words.when(approval.asked_at, at),
    }  # fmt: skip


def _need(approval: Approval) -> int | str:
    """How many of those who may sign now do; side by side every step wants its own."""
    if approval.rule["order"] == rules.PARALLEL:
        return "all"
    need: int | str = approval.steps[min(approval.step, len(approval.steps) - 1)]["need"]
    return need


def either(names: Iterable[Any], need: int | str = 1) -> str:
    """甲、乙或丙 where one of them signs; 甲、乙、丙 where more do."""
    listed = [str(name) for name in names]
    if need != 1 or len(listed) < 2:
        return "、".join(listed)
    return _("%(some)s or %(last)s") % {"some": "、".join(listed[:-1]), "last": listed[-1]}


def names_of(approval: Approval, at: datetime, most: int = 3) -> str:
    """Who may sign now, by name; where nobody is left, the posts."""
    people = seats.people(approval, at)
    if people:
        return either(dict.fromkeys(one.employee.name for one in people[:most]), _need(approval))
    return either(post_names(approval.seats), _need(approval))


def post_names(keys: Iterable[str]) -> list[Any]:
    """The posts of seats, each once."""
    found = [posts.NAMES[post] for post, _where in map(seats.post_of, keys) if post in posts.NAMES]
    return list(dict.fromkeys(found))


# -- a person --------------------------------------------------------------------------------------------------------


def visible(by: Actor, project: Project | None = None) -> QuerySet[Approval]:
    rows = Approval.visible_to(by).select_related("project", "requester")
    return rows.filter(project=project) if project is not None else rows


def to_sign(by: Actor, project: Project | None = None) -> QuerySet[Approval]:
    """What waits for this person, at all their projects, the nearest deadline first."""
    if not by.is_staff:
        return Approval.objects.none()
    return _to_sign(by, seats.keys_of(by), project)


def own_to_sign(by: Actor) -> QuerySet[Approval]:
    """The same without those whom one stands in for: the badge of every page costs no statement of its own, and who
    stands in is told of each request by a notice."""
    return _to_sign(by, sorted(seats.own(by))) if by.is_staff else Approval.objects.none()


def _to_sign(by: Actor, keys: list[str], project: Project | None = None) -> QuerySet[Approval]:
    rows = Approval.objects.filter(state=State.WAITING, seats__overlap=keys)
    rows = rows.exclude(barred__contains=[by.id]).exclude(Exists(_signed(by)))
    rows = rows.filter(project=project) if project is not None else rows
    return rows.select_related("project", "requester").order_by("due_at", "id")


def count_to_sign(by: Actor, project: Project | None = None) -> int:
    """The badge: counted no further than 100."""
    return len(to_sign(by, project).order_by().values_list("pk", flat=True)[:MOST_COUNTED])


def signed(by: Actor) -> QuerySet[Approval]:
    """What this person has signed or refused, youngest first."""
    mine = Signature.objects.filter(employee_id=by.id).values("approval_id")
    return Approval.objects.filter(pk__in=mine).select_related("project", "requester").order_by("-id")


def asked(by: Actor) -> QuerySet[Approval]:
    """What this person asked for, youngest first."""
    return Approval.objects.filter(requester_id=by.id).select_related("project", "requester").order_by("-id")


def copied(by: Actor) -> QuerySet[Approval]:
    """What comes to this person's posts as a copy."""
    reach = Q(pk__in=[])
    for project_id, held in by.posts.items():
        reach |= Q(project_id=project_id, rule__tell__has_any_keys=sorted(held))
    return Approval.objects.filter(reach).select_related("project", "requester").order_by("-id")


def before(rows: QuerySet[Approval], last: int | None, size: int = PAGE) -> tuple[list[Approval], int | None]:
    """A keyset page of rows that stand youngest first."""
    rows = rows.filter(pk__lt=last) if last else rows
    found = list(rows[: size + 1])
    return found[:size], (found[size - 1].pk if len(found) > size else None)


def _signed(by: Actor) -> QuerySet[Signature]:
    return Signature.objects.filter(approval=OuterRef("pk"), project_id=OuterRef("project_id"), employee_id=by.id)


def signatures(approval: Approval) -> list[Signature]:
    rows = Signature.objects.filter(project_id=approval.project_id, approval=approval)
    return list(rows.select_related("employee", "stands_for").order_by("id"))


def agreed_by(approval: Approval) -> list[str]:
    """The names of who agreed, in the order of their signatures."""
    rows = Signature.objects.filter(project_id=approval.project_id, approval=approval, agrees=True)
    return list(rows.order_by("id").values_list("employee__name", flat=True))


def overdue(at: datetime, most: int = 200) -> list[Approval]:
    """Whose step's deadline or whose term has passed, across projects, over one index."""
    rows = Approval.objects.filter(Q(due_at__lte=at) | Q(expires_at__lte=at), state=State.WAITING)
    return list(rows.select_related("project", "requester").order_by("due_at", "id")[:most])


def open_ones(most: int = 2000) -> list[Approval]:
    """All that waits, for the look after seats that fell empty."""
    rows = Approval.objects.filter(state=State.WAITING)
    return list(rows.select_related("project", "requester").order_by("id")[:most])
