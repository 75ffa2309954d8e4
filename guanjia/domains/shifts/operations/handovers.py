"""Begin a handover, explain and count its lines, sign it by two; or lock up at night and take up in the morning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor, system
from guanjia.kernel.forms import OperationForm, asked
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Conflict, Refused
from guanjia.parts import handover as lines
from guanjia.people import posts
from guanjia.places.models import Project

from .. import queries
from ..models import TAKERS, Handover, HandoverLine
from ..models.handovers import State
from .fields import LINES

EVERY_TAKER = frozenset[str]().union(*TAKERS.values())


class BeginForm(OperationForm):
    post = asked(Handover.post, choices=[])
    important = asked(Handover.important, widget=LINES)

    def narrow(self) -> None:
        super().narrow()
        own = queries.given_posts(self.by, self.subject.project_id)
        field: Any = self.fields["post"]
        field.choices = [(post, posts.NAMES[post]) for post in own]
        field.initial = own[0] if own else None


class ExplainForm(OperationForm):
    line = forms.ChoiceField(label=pgettext_lazy("handover", "Line"), choices=[])
    found = forms.IntegerField(label=_("Counted"), min_value=0, max_value=9999, required=False)
    reason = forms.CharField(label=_("Explanation"), max_length=300, required=False)

    def narrow(self) -> None:
        super().narrow()
        post = getattr(self.subject, "post", "")
        field: Any = self.fields["line"]
        field.choices = [(key, line.label) for key, line in lines.registry.items() if line.stands_for(post)]


class SignForm(OperationForm):
    personal: ClassVar[frozenset[str]] = frozenset({"remark"})

    remark = forms.CharField(label=_("What whoever takes over says"), max_length=300, required=False, widget=LINES)
    moves_orders = forms.BooleanField(label=_("My open orders go to whoever takes over"), required=False)

    def narrow(self) -> None:
        super().narrow()
        if getattr(self.subject, "post", "") != posts.TECHNICIAN:
            del self.fields["moves_orders"]


class LockForm(OperationForm):
    goods_inside = forms.BooleanField(label=_("Everything on the desk is in the cabinet"))
    is_locked = forms.BooleanField(label=_("The cabinet is locked"))
    key_place = asked(Handover.key_place, required=True, min_length=2)


class WhyForm(OperationForm):
    why = forms.CharField(label=_("Why"), max_length=200, min_length=2)


def is_givers(handover: Handover, by: Actor) -> bool:
    return handover.giver_id == by.id


def is_of_either(handover: Handover, by: Actor) -> bool:
    """Whoever gives, or may take: either of them sits at the screen, the other identifies beside."""
    return is_givers(handover, by) or by.holds(handover.project_id, *TAKERS[handover.post])


def is_givers_or_leads(handover: Handover, by: Actor) -> bool:
    return is_givers(handover, by) or by.holds(handover.project_id, *posts.SUPERVISORS)


@need(sentence=_("Explain what presses and count what lies here."), clause="SFT-09", owes="giver")
def everything_is_explained(handover: Handover, at: datetime) -> bool:
    handover.drawn = queries.draft(handover, system(at))  # drawn once: what is signed is what was asked here
    return all(one.is_settled for one in handover.drawn)


@operation(
    Project, label=_("Begin the handover"), form=BeginForm, creates=Handover, clauses=["SFT-09"],
    icon="arrows-exchange",
)  # fmt: skip
def begin(project: Project, *, by: Actor, post: str, important: str) -> Handover:
    """One at a time for a post; its lines are what is open at this moment."""
    _is_free(project, post)
    shift = queries.shift_of(by, project)
    begun = Handover(
        project=project, post=post, giver_id=by.id, duty=shift, shift=shift.shift if shift else "",
        on=by.at.astimezone(ZoneInfo(project.zone)).date(), began_at=by.at, important=important, moved_at=by.at,
    )  # fmt: skip
    # The unique row is what two who begin at once fight over: a lock of the project would stop all its other work.
    Handover.objects.bulk_create([begun], ignore_conflicts=True)
    mine = Handover.objects.filter(project=project, post=post, giver_id=by.id, began_at=by.at, state=State.OPEN).first()
    if mine is None:
        _is_free(project, post)
        raise Conflict("", _("Somebody else changed it at the same moment. Look again."))
    return mine


def _is_free(project: Project, post: str) -> None:
    """Raises Refused while the post is being handed over, or lies locked up."""
    standing = Handover.objects.filter(project=project, post=post, state__in=(State.OPEN, State.LOCKED)).first()
    if standing is not None and standing.state == State.LOCKED:
        raise Refused("post", _("The desk was locked up: take it up first."), "SFT-10")
    if standing is not None:
        raise Refused("post", _("%(name)s is handing this post over already.") % {"name": standing.giver.name})


@operation(
    Handover, label=_("Explain or count a line"), form=ExplainForm, clauses=["SFT-09"], whose=is_givers, icon="note"
)
def explain(handover: Handover, *, by: Actor, line: str, found: int | None, reason: str) -> None:
    """Why it presses and what comes next; how many were found, and why they are not as many as on record."""
    now = lines.one(line, handover.project, system(by.at), handover.post)
    if now.line.counted and found is None:
        raise Refused("found", _("Count what lies here."), "SFT-09")
    if now.line.counted and found != now.count and not reason:
        raise Refused("reason", _("On record are %(n)d. Say why it differs.") % {"n": now.count}, "SFT-09")
    if now.urgent_ids and not reason:
        raise Refused("reason", _("Say why it presses and what the next shift has to do."), "SFT-09")
    _keep(handover, [now], found=found if now.line.counted else None, reason=reason)


STANDS = ("count", "has_more", "ids", "urgent_ids")


def _keep(handover: Handover, standing: Iterable[lines.Found | queries.Drafted], **said: Any) -> None:
    """Lines as they stand now, in one statement; what was said of them before stays where nothing new is said."""
    rows = [
        HandoverLine(
            project_id=handover.project_id, handover=handover, key=one.line.key, count=one.count,
            has_more=one.has_more, ids=[row.pk for row in one.rows], urgent_ids=list(one.urgent_ids), **said,
        )
        for one in standing
    ]  # fmt: skip
    HandoverLine.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["project", "handover", "key"], update_fields=[*STANDS, *said]
    )


@operation(
    Handover, label=_("Sign, both here"), form=SignForm, needs=[everything_is_explained], whose=is_of_either,
    second=EVERY_TAKER, clauses=["SFT-09"], icon="signature",
)  # fmt: skip
def sign(handover: Handover, *, by: Actor, remark: str, moves_orders: bool = False) -> None:
    """Both sign at the same act; from here on the lines stay as they stand."""
    handover.receiver_id = _receiver(handover, by)
    handover.signed_at, handover.remark = by.at, remark
    _keep(handover, handover.drawn)


def _receiver(handover: Handover, by: Actor) -> int:
    """The one of the two who is not the giver, and may take the post over."""
    takers = TAKERS[handover.post]
    if by.id != handover.giver_id:
        if handover.giver_id not in {other.id for other in by.present}:
            name = handover.giver.name
            raise Refused("present", _("Who hands over identifies here: %(name)s.") % {"name": name}, "SFT-09")
        return by.id
    for other in by.present:
        if other.id != handover.giver_id and other.holds(handover.project_id, *takers):
            return other.id
    raise Refused("present", _("This colleague holds no post that takes this one over."), "SFT-09")


@operation(
    Handover, label=_("Lock up: nobody relieves me"), form=LockForm, needs=[everything_is_explained], whose=is_givers,
    clauses=["SFT-10"], icon="lock",
)  # fmt: skip
def lock_up(handover: Handover, *, by: Actor, goods_inside: bool, is_locked: bool, key_place: str) -> None:
    """The last shift: everything in the cabinet, locked, the key at its place."""
    handover.signed_at, handover.key_place = by.at, key_place
    _keep(handover, handover.drawn)


def may_take_up(handover: Handover, by: Actor) -> bool:
    return by.holds(handover.project_id, *TAKERS[handover.post])


@operation(
    Handover, label=_("Take up the desk"), form=SignForm, whose=may_take_up, clauses=["SFT-10", "SFT-04"],
    icon="door",
)  # fmt: skip
def take_up(handover: Handover, *, by: Actor, remark: str, moves_orders: bool = False) -> None:
    """Who comes first in the morning has read what was left and says how it was found."""
    handover.taken_up_by_id, handover.taken_up_at, handover.remark = by.id, by.at, remark


@operation(
    Handover, label=_("Call off"), form=WhyForm, whose=is_givers_or_leads, clauses=["SFT-09"], danger=True, icon="x"
)
def call_off(handover: Handover, *, by: Actor, why: str) -> None:
    """Begun by mistake, or who began it is gone: another can begin."""
    handover.remark = why
