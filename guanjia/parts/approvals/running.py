"""After the last signature: the stored call runs as whoever asked, or is told why it could not."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from guanjia.kernel import subjects
from guanjia.kernel.actors import Actor, system
from guanjia.kernel.models import Event
from guanjia.kernel.operations import registry
from guanjia.kernel.outcomes import Forbidden, Outcome, Refused, Unknown
from guanjia.parts.files import queries as files
from guanjia.people.login import staff_actor
from guanjia.people.models import Employee

from . import describing, operations, queries
from .models import Approval
from .storing import APPROVED, FILES, version_of

CHANNEL = "approval"


def settle(event: Event, approval: Approval, by: Actor) -> None:
    """Because of a signature: with the last one, run the call. `by` is the system because of that event."""
    if approval.seats or not approval.is_open:
        return
    try:
        thing = run(approval, event, by)
    except Outcome as failure:
        operations.give_up(approval, by=by, words=sentence_of(failure)[:500])
    else:
        operations.carry_out(approval, by=by, label=subjects.label_of(thing), number=thing.pk)


def run(approval: Approval, event: Event, by: Actor) -> Any:
    """Perform the call: right, reach, form, state and rules are looked at as if it were asked now. Raises an Outcome,
    and then nothing of it has happened (the operation's own savepoint)."""
    operation = registry.get(approval.operation)
    if operation is None or version_of(operation) != approval.form_version:
        raise Refused("", _("The form has changed since. Put it forward anew."))
    if approval.requester.state != Employee.State.ACTIVE:
        raise Refused("", _("Whoever asked has left."))
    agreed = "、".join(queries.agreed_by(approval))
    asker = staff_actor(
        approval.requester, by.at, recorded_at=by.recorded_at, request_id=by.request_id, cause_id=event.pk,
        channel=CHANNEL, is_strong=True, memo={APPROVED: approval.pk, "approved_by": agreed},
    )  # fmt: skip
    # Found as the system: whether the asker still reaches it is the operation's own question.
    subject = subjects.get(approval.subject_label, approval.subject_id, system(by.at))
    given = describing.given_of(approval, subject, operation)
    return operation.submit(subject, by=asker, data=given, files=files_of(approval))


def files_of(approval: Approval) -> MultiValueDict[str, Any]:
    """The photos that came with the call, as they were sent."""
    found: MultiValueDict[str, Any] = MultiValueDict()
    wanted = {pk: name for name, ids in approval.given.get(FILES, {}).items() for pk in ids}
    for stored in files.files_of(approval):
        if stored.pk in wanted:
            with default_storage.open(stored.name) as content:
                found.appendlist(wanted[stored.pk], SimpleUploadedFile(stored.name, content.read(), stored.mime))
    return found


def sentence_of(failure: Outcome) -> str:
    """Why it could not be done, for whoever asked."""
    if isinstance(failure, Refused):
        return failure.sentence
    if isinstance(failure, Forbidden):
        return _("The post that asked for it no longer has the right to do it.")
    if isinstance(failure, Unknown):
        return _("The thing it was about is gone, or out of reach of whoever asked.")
    return str(failure)
