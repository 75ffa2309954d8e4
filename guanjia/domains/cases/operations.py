"""The verbs that all kinds of case share, and those of an enquiry."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.models import Event
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.casework.forms import EmployeeForm, ReasonForm
from guanjia.parts.casework.intake import open_case
from guanjia.parts.casework.models import Case, Enquiry, Observer, State
from guanjia.parts.casework.queries import customers
from guanjia.parts.files import queries as files
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.places.models import Project

from .forms import (
    AnswerForm,
    ChaseForm,
    CleaningAnswerForm,
    CleaningForm,
    EnquiryForm,
    ExportForm,
    JoinForm,
    NoteForm,
    OutsideReplyForm,
    ReferForm,
    UrgencyForm,
)
from .models import CleaningRequest
from .queries import open_request


def is_enquiry(case: Case) -> bool:
    """Only enquiries are answered."""
    return case.kind == Case.Kind.ENQUIRY


@operation(
    Project, label=_("Record enquiry"), form=EnquiryForm, creates=Case, clauses=["CASE-01", "CASE-03", "CASE-04"],
    icon="help-circle",
)  # fmt: skip
def record_enquiry(project: Project, *, by: Actor, **given: Any) -> Case:
    """Take down a question; the reaction that follows answers it when the reply is known."""
    case = open_case(project, Case.Kind.ENQUIRY, by=by, given=given)
    Enquiry.objects.create(project=project, case=case, reply=given["reply"])
    files.keep(case, given["photos"], "reported", by=by)
    return case


@operation(Case, label=_("Answer"), form=AnswerForm, clauses=["CASE-04"], when=is_enquiry, icon="message-reply")
def answer(case: Case, *, by: Actor, reply: str) -> None:
    """The question is answered; the case is closed."""
    rows = Enquiry.objects.filter(project_id=case.project_id, case=case)
    rows.update(reply=reply, answered_at=by.at)
    case.closed_at = by.at


@operation(Case, label=_("Note"), form=NoteForm, clauses=["CASE-11", "RPR-07", "CASE-09"], icon="note")
def note(case: Case, *, by: Actor, words: str, contact: str, photos: list[Any]) -> None:
    """A note, a contact with the resident or the technician, photos: kept as evidence."""
    files.keep(case, photos, "note", by=by)


@operation(Case, label=_("Join"), form=JoinForm, clauses=["CASE-01"], icon="git-merge")
def join(case: Case, *, by: Actor, words: str, caller_name: str, caller_phone: str) -> None:
    """Another report of the same matter is kept with it instead of a second case."""


CHASED_AGAIN_AFTER = timedelta(minutes=30)


def was_chased(case: Case, at: datetime) -> bool:
    """The resident asked a moment ago: once more would tell nobody anything."""
    rows = Event.objects.filter(project_id=case.project_id, subject_label="case", subject_id=case.pk)
    return rows.filter(name="cases.chase", actor_kind="resident", at__gt=at - CHASED_AGAIN_AFTER).exists()


def is_reporter_or_staff(case: Case, by: Actor) -> bool:
    """A resident withdraws what they reported themself."""
    return by.is_staff or case.resident_id in by.homes.values()


@operation(Case, label=_("Chase"), form=ChaseForm, clauses=["CASE-10"], icon="bell-ringing")
def chase(case: Case, *, by: Actor, words: str) -> None:
    """The resident (or the steward for them) asks where it is; a resident once in half an hour."""
    if by.is_resident and was_chased(case, by.at):
        raise Refused("", _("You chased it a moment ago: it was passed on. Ring the centre if it presses."))
    case.chased += 1


@need(
    sentence=_("Take a number to ring back first, so that the result can be told."),
    clause="CASE-07",
    owes=_("front desk"),
)
def can_be_rung_back(case: Case) -> bool:
    """A number of the customer is on record."""
    return bool(customers([case])[case.pk].get("phone"))


@operation(Case, label=_("Refer up"), form=ReferForm, needs=[can_be_rung_back], clauses=["CASE-07"], icon="arrow-up")
def refer(case: Case, *, by: Actor, superior: Employee, reason: str) -> None:
    """What the counter cannot settle goes to a superior, who then sees and watches it; the owner stays (CASE-01)."""
    Observer.objects.get_or_create(project_id=case.project_id, case=case, employee=superior, defaults={"since": by.at})


def is_from_outside(case: Case) -> bool:
    """Another body passed it on."""
    return bool(case.outside_number)


@operation(
    Case, label=_("Reply outside"), form=OutsideReplyForm, clauses=["CASE-12"], when=is_from_outside,
    icon="building",
)  # fmt: skip
def reply_outside(case: Case, *, by: Actor, outside_reply: str) -> None:
    """The hotline (or whoever passed it on) is told the result; what was told stands on the case."""
    case.outside_reply = outside_reply
    case.outside_replied_at = case.outside_replied_at or by.at


@operation(
    Case, label=_("Hand to cleaning and greening"), form=CleaningForm, clauses=["ORG-17"], icon="plant"
)  # fmt: skip
def send_to_cleaning(case: Case, *, by: Actor, need: str, lead: Employee) -> None:
    """What concerns the surroundings goes to the cleaning lead, who then sees the case; its owner stays (CASE-01)."""
    if open_request(case) is not None:
        raise Refused("", _("It is with cleaning and greening already."), "ORG-17")
    CleaningRequest.objects.create(
        project_id=case.project_id, case=case, need=need, lead=lead, sent_by_id=by.id, sent_at=by.at
    )
    Observer.objects.get_or_create(project_id=case.project_id, case=case, employee=lead, defaults={"since": by.at})


def waits_for_cleaning(case: Case) -> bool:
    """It was handed to them and nobody has answered."""
    return open_request(case) is not None


@operation(
    Case, label=_("Answer for cleaning and greening"), form=CleaningAnswerForm, clauses=["ORG-17"],
    when=waits_for_cleaning, icon="message-reply",
)  # fmt: skip
def answer_cleaning(case: Case, *, by: Actor, answer: str) -> None:
    """What is done about it, and until when; the clock of a quick response stops."""
    request = open_request(case)
    assert request is not None  # `when` has asked
    if request.lead_id != by.id and not by.holds(case.project_id, *posts.SUPERVISORS):
        raise Refused("", _("It was handed to %(name)s.") % {"name": request.lead.name}, "ORG-17")
    request.answer, request.answered_at = answer, by.at
    request.save(update_fields=["answer", "answered_at"])


@operation(Case, label=_("Watch"), form=EmployeeForm, clauses=["CASE-02"], icon="eye")
def observe(case: Case, *, by: Actor, employee: Employee) -> None:
    """Somebody watches the case and so may see it."""
    made = Observer.objects.get_or_create(
        project_id=case.project_id, case=case, employee=employee, defaults={"since": by.at}
    )[1]
    if not made:
        raise Refused("employee", _("%(name)s watches it already.") % {"name": employee.name})


@operation(Case, label=_("Pass to the successor"), form=EmployeeForm, internal=True, icon="arrows-exchange")
def hand_on(case: Case, *, by: Actor, employee: Employee) -> None:
    """Its owner leaves the post and has signed it over: the one way in which a case changes its owner (CASE-01)."""
    case.owner = employee


@operation(Case, label=_("Change urgency"), form=UrgencyForm, clauses=["RPR-02"], icon="urgent")
def change_urgency(case: Case, *, by: Actor, urgency: str, reason: str) -> None:
    """More or less urgent than it was taken for."""
    if urgency == case.urgency:
        raise Refused("urgency", _("It has this urgency already."))
    case.urgency = urgency


@operation(
    Case, label=_("Cancel"), form=ReasonForm, clauses=["CASE-03"], whose=is_reporter_or_staff, danger=True, icon="x"
)
def cancel(case: Case, *, by: Actor, reason: str) -> None:
    """Nothing is to be done: withdrawn, or recorded by mistake. Residents withdraw what nobody has begun yet."""
    if by.is_resident and case.state not in (State.OPEN, State.DISPATCHED):
        raise Refused("", _("Somebody is at work on it already. Ring the service centre to stop it."))
    case.closed_at = by.at


@operation(Case, label=_("Close by force"), form=ReasonForm, clauses=["RPR-08"], danger=True, icon="lock")
def force_close(case: Case, *, by: Actor, reason: str) -> None:
    """Closed without the written steps; listed apart for ever."""
    case.is_forced = True
    case.closed_at = by.at


@operation(Case, label=_("Reopen"), form=ReasonForm, clauses=["RPR-13"], icon="rotate")
def reopen(case: Case, *, by: Actor, reason: str) -> None:
    """It was not over after all: a new round."""
    case.round += 1
    case.closed_at = None
    case.executor = None
    case.is_forced = False


@operation(Project, label=_("Export cases"), form=ExportForm, clauses=["PRIV-02"], guarded=True, icon="download")
def export(project: Project, *, by: Actor, view: str, rows: int) -> None:
    """A list of cases leaves the system: who, when, how many."""
