"""Enter a certificate, renew it, strike out a mistake, print the register; note clean work clothes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need, operation
from guanjia.kernel.outcomes import Refused
from guanjia.parts.files import queries as files
from guanjia.parts.standards import queries as standards
from guanjia.people import posts
from guanjia.people.models import Duty, Employee
from guanjia.places.models import Project

from .. import hygiene
from ..forms import CertificateForm, ReasonForm, RenewCertificateForm
from ..models import Certificate

CLAUSES = ["TRN-15", "TRN-17"]
HEADS = posts.SUPERVISORS | {posts.CLEANING_LEAD}


@operation(
    Project, label=_("Enter a certificate"), form=CertificateForm, creates=Certificate, clauses=CLAUSES,
    icon="certificate",
)  # fmt: skip
def register_certificate(project: Project, *, by: Actor, employee: Employee, kind: str, **given: Any) -> Certificate:
    """A training or health certificate, seen by who enters it. Nobody enters their own."""
    return _keep(project, by, employee, kind, **given)


@need(sentence=_("A newer one is on file."))
def is_the_last(certificate: Certificate) -> bool:
    held = hygiene.valid(certificate.project, [certificate.employee_id])
    return held.get((certificate.employee_id, certificate.kind)) == certificate.valid_until


@operation(
    Certificate, label=_("Renew"), form=RenewCertificateForm, needs=[is_the_last], clauses=CLAUSES, icon="refresh"
)  # fmt: skip
def renew_certificate(certificate: Certificate, *, by: Actor, **given: Any) -> None:
    """The next one of the same kind, before this one ends."""
    _keep(certificate.project, by, certificate.employee, certificate.kind, **given)


def _keep(
    project: Project, by: Actor, employee: Employee, kind: str, *, number: str, issued_on: date, valid_until: date,
    documents: list[Any],
) -> Certificate:  # fmt: skip
    if employee.pk == by.id:
        raise Refused("employee", _("Somebody else enters your certificate."), "TRN-15")
    if issued_on > standards.today_at(project, by.at):
        raise Refused("issued_on", _("It is not issued yet."))
    same = Certificate.objects.filter(project=project, employee=employee, kind=kind, state=Certificate.State.KEPT)
    if same.filter(valid_until__gte=valid_until).exists():
        raise Refused("valid_until", _("One that lasts as long is on file already."))
    made = Certificate.objects.create(
        project=project, employee=employee, kind=kind, number=number, issued_on=issued_on, valid_until=valid_until,
        recorded_by_id=by.id, recorded_at=by.at, moved_at=by.at,
    )  # fmt: skip
    files.keep(made, documents, "note", by=by, field="documents")
    return made


@operation(
    Certificate, label=_("Strike out"), form=ReasonForm, clauses=["TRN-15"], danger=True, icon="circle-x"
)  # fmt: skip
def strike_certificate(certificate: Certificate, *, by: Actor, reason: str) -> None:
    """Entered by mistake, or withdrawn by the authority: it counts no more."""
    certificate.reason = reason


def is_mine_or_led(duty: Duty, by: Actor) -> bool:
    """Everybody for themself; who leads the team for all of it."""
    return duty.employee_id == by.id or by.holds(duty.project_id, *HEADS)


@need(sentence=_("It is noted already."))
def not_noted(duty: Duty) -> bool:
    return not hygiene.changed(duty.project, [duty.pk])


@operation(
    Duty, label=_("Clean work clothes and cap"), when=hygiene.is_hygienic, whose=is_mine_or_led, needs=[not_noted],
    clauses=["TRN-16"], icon="wash", batch=True,
)  # fmt: skip
def change_clothes(duty: Duty, *, by: Actor) -> None:
    """Changed today: on record on the day itself."""
    if standards.today_at(duty.project, duty.from_at) != standards.today_at(duty.project, by.at):
        raise Refused("", _("It is noted on the day itself."))
