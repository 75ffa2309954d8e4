"""Everything that may refuse an act before its body runs. Each check raises an Outcome or returns nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import subjects
from ..actors import HISTORIC, Actor
from ..forms import OperationForm, as_json, unknown_names
from ..outcomes import Conflict, Forbidden, Refused, Unknown
from .verbs import Verb

CLOCK_SKEW = timedelta(minutes=2)
OLDEST_CLAIM = timedelta(days=3)


def reach(subject: Any, by: Actor) -> None:
    """The thing lies in a project of the actor's; what is not theirs does not exist."""
    if subject.pk is None:
        raise Unknown(type(subject).__name__)
    if not by.is_system and subject.project_id not in by.posts and subject.project_id not in by.homes:
        raise Unknown(type(subject).__name__)


def parent(subject: Any, by: Actor) -> None:
    """A new thing is made under what its maker may see; the project itself was checked by its posts."""
    if subjects.label_of(subject) != "project" and not type(subject).visible_to(by).filter(pk=subject.pk).exists():
        raise Unknown(type(subject).__name__)


def moment(by: Actor) -> None:
    """Not in the future; what is claimed to have happened is not too old."""
    now = by.recorded_at or timezone.now()
    if by.at > now + CLOCK_SKEW:
        raise Refused("at", _("The time it happened lies in the future. Choose a time up to now."))
    # What an import or the demo brings may be of any age.
    if by.is_late_entry and by.channel not in HISTORIC and now - by.at > OLDEST_CLAIM:
        raise Refused("at", _("Older than three days cannot be entered late. Record it now and say when it happened."))


def placed(by: Actor, subject: Any, verb: str) -> Actor:
    """The actor at the moment that counts: never before the thing's last move; a present act is nudged, a claimed
    one refused."""
    moved_at = getattr(subject, "moved_at", None)
    if moved_at is None or by.at >= moved_at or verb not in getattr(subject, "FLOW", {}):
        return by
    if by.is_late_entry and by.channel not in HISTORIC:
        raise Refused("at", _("It happened before the last step on record. Choose a later time."))
    return replace(by, at=moved_at)


def form_of(verb: Verb, subject: Any, by: Actor, data: Any, files: Any, *, strict: bool) -> OperationForm:
    """The bound form, valid, with the JSON side of what it holds in `given`."""
    form = verb.form(data, files, by=by, subject=subject)
    if strict and (strangers := unknown_names(form, data) + unknown_names(form, files or ())):
        raise Refused.many({name: [_("This is not known here.")] for name in strangers})
    if not form.is_valid():
        raise Refused.many(sentences(form))
    form.given = {name: as_json(value) for name, value in form.cleaned_data.items()}
    return form


def sentences(form: OperationForm) -> Mapping[str, Any]:
    """The form's refusals by field; those of the whole stand under an empty name."""
    return {("" if name == "__all__" else name): list(lines) for name, lines in form.errors.items()}


def state(verb: Verb, subject: Any, by: Actor) -> None:
    """The verb makes sense for this thing, is this person's act, and its state allows it."""
    if verb.when and not verb.when(subject):
        raise Conflict("", _("This cannot be done to it."))
    if not verb.is_for(subject, by):
        raise Forbidden(verb.name)
    if not verb.creates and not verb.is_in_flow(subject):
        raise Conflict("", _("It is now “%(state)s”: this can no longer be done.") % {"state": _state_name(subject)})


def needs(verb: Verb, subject: Any, by: Actor) -> None:
    """Every named condition holds."""
    for condition in verb.needs:
        if not condition(subject, by.at):
            raise Refused("", condition.sentence, condition.clause)


def second(verb: Verb, subject: Any, by: Actor) -> None:
    """A countersigned act has another person there, of a post that may witness it, who identified at this act."""
    if not verb.second or by.is_system:
        return
    there = {other.id for other in by.present if other.id != by.id and other.holds(subject.project_id, *verb.second)}
    if len(there) < verb.others:
        two = _("Two others have to identify here, each one alone.")
        raise Refused("present", two if verb.others > 1 else _("A second person has to identify here: it takes two."))


def _state_name(subject: Any) -> Any:
    display = getattr(subject, "get_state_display", None)
    return display() if display else subject.state
