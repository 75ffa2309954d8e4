"""Where a message goes: the channel in use, the person's address there, whether they want it, and when it may go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from guanjia.kernel import crypto
from guanjia.people import queries as people
from guanjia.people.models import Consent, Employee, Resident
from guanjia.places.models import Project

from . import queries
from .gateways import smtp
from .models import Channel, Handle, Hours, Kind, Message, Purpose, Stop, Template, Wish

# The order in which ways are tried for a resident, and for a colleague, when nobody wishes otherwise.
TO_RESIDENTS = (Kind.WECHAT, Kind.SMS, Kind.EMAIL)
TO_STAFF = (Kind.WECOM, Kind.EMAIL)
# Between these nothing that can wait goes to residents, where a project says nothing else.
QUIET = (time(21), time(8))
# A purpose that needs a consent, and the consent it needs. A report of their own needs none; an opt-out still holds.
CONSENT = {
    Purpose.DUNNING: Consent.Purpose.DUNNING,
    Purpose.NOTICE: Consent.Purpose.CONTACT,
    Purpose.SURVEY: Consent.Purpose.CONTACT,
}
# What cannot be stopped: a code that they just asked for, and what is work.
UNSTOPPED = frozenset({Purpose.CODE, Purpose.WORK})


# -- channels and templates -------------------------------------------------------------------------------------------


def channel_for(project: Project, kind: str) -> Channel | None:
    """The project's own channel in use, else the head office's, else the operator's mail server."""
    rows = Channel.objects.filter(_here(project), kind=kind, state=Channel.State.ON).select_related("project")
    found = sorted(rows, key=lambda one: one.project_id != project.pk)
    if found:
        return found[0]
    if kind == Kind.EMAIL and settings.EMAIL_HOST:
        return Channel(project=project, kind=kind, provider=Channel.Provider.SMTP, **smtp.from_environment())
    return None


def lent(project: Project) -> list[Channel]:
    """The channels of the head office that stand in for what the project has not of its own."""
    rows = Channel.objects.filter(_here(project), state=Channel.State.ON).order_by("kind")
    own = {one.kind for one in rows if one.project_id == project.pk}
    return [one for one in rows if one.project_id != project.pk and one.kind not in own]


def template_for(project: Project, about: str, kind: str, language: str) -> Template | None:
    """The project's own words, else the head office's; the reader's language first."""
    rows = Template.objects.filter(_here(project), about=about, channel=kind, state=Template.State.ON)
    order = [language, settings.LANGUAGE_CODE]
    found = [one for one in rows if one.language in order]
    found.sort(key=lambda one: (order.index(one.language), one.project_id != project.pk))
    return found[0] if found else None


def _here(project: Project) -> Q:
    return Q(project_id=project.pk) | Q(project__kind=Project.Kind.OFFICE)


# -- people -----------------------------------------------------------------------------------------------------------


def handle_of(project_id: int, kind: str, *, resident_id: int | None = None, employee_id: int | None = None) -> str:
    """Somebody's name at an outside service; empty where none is bound."""
    rows = Handle.objects.filter(Q(project_id=project_id) | Q(employee__isnull=False), kind=kind, ended_at__isnull=True)
    rows = rows.filter(resident_id=resident_id) if resident_id else rows.filter(employee_id=employee_id or 0)
    found = rows.order_by("-id").first()
    return str(found.value) if found is not None else ""


def digest_of(kind: str, value: str) -> str:
    """The keyed hash by which a name outside is found."""
    return crypto.blind("outreach_handle", f"{kind}:{value}")


def residents_named(kind: str, value: str) -> list[Resident]:
    """Whom a name at an outside service stands for: one resident a project at most."""
    rows = Handle.objects.filter(kind=kind, digest=digest_of(kind, value), ended_at__isnull=True)
    return [handle.resident for handle in rows.select_related("resident__project") if handle.resident]


def stopped_purposes(resident: Resident) -> set[str]:
    """For what a resident wants no messages."""
    rows = Stop.objects.filter(project_id=resident.project_id, resident=resident, ended_at__isnull=True)
    return set(rows.values_list("purpose", flat=True))


def way_of(resident: Resident) -> str:
    """Which way they like best; empty without a wish."""
    found = Wish.objects.filter(project_id=resident.project_id, resident=resident).first()
    return found.prefers if found else ""


def address_of(message: Message) -> str:
    """Where the message goes to, read now: what was erased, merged away or left is nowhere."""
    if to := message.hidden.get("to"):
        return str(to)
    if message.channel == Kind.ROBOT:
        return "group"
    if message.resident_id:
        found = Resident.objects.filter(project_id=message.project_id, pk=message.resident_id).first()
        resident = people.standing(found) if found is not None else None
        if resident is None or resident.erased_at is not None:
            return ""
        if message.channel == Kind.SMS:
            return resident.phone if is_mobile(resident.phone) else ""
        return handle_of(message.project_id, message.channel, resident_id=resident.pk)
    employee = Employee.objects.filter(pk=message.employee_id or 0, state=Employee.State.ACTIVE).first()
    if employee is None:
        return ""
    if message.channel == Kind.EMAIL:
        return employee.email
    if message.channel == Kind.SMS:
        return employee.phone if is_mobile(employee.phone) else ""
    return handle_of(message.project_id, message.channel, employee_id=employee.pk)


def is_mobile(phone: str) -> bool:
    """A number that takes short messages: eleven digits from 1, or one with its country."""
    return (len(phone) == 11 and phone[0] == "1" and phone.isdigit()) or phone.startswith("+")


def ways(project: Project, resident: Resident) -> list[str]:
    """The ways to one resident, best first."""
    return ways_of(project, [resident])[0][1]


def ways_of(project: Project, residents: list[Resident]) -> list[tuple[Resident, list[str]]]:
    """The ways to residents, best first; those that nothing is set up for, or no address is known for, left out.

    As many statements for a whole project as for one person.
    """
    open_now: list[str] = [kind for kind in TO_RESIDENTS if channel_for(project, kind) is not None]
    rows = {"project": project, "resident__in": residents}
    wishes = dict(Wish.objects.filter(**rows).values_list("resident_id", "prefers")) if open_now else {}
    named = (
        Handle.objects.filter(**rows, kind__in=open_now, ended_at__isnull=True) if open_now else Handle.objects.none()
    )
    known = set(named.values_list("resident_id", "kind"))
    found = []
    for resident in residents:
        order = sorted(open_now, key=lambda kind: kind != wishes.get(resident.pk))
        found.append((resident, [kind for kind in order if _reaches(kind, resident, known)]))
    return found


def _reaches(kind: str, resident: Resident, known: set[tuple[int, str]]) -> bool:
    return is_mobile(resident.phone) if kind == Kind.SMS else (resident.pk, kind) in known


def staff_ways(project: Project, kinds: Iterable[str] = TO_STAFF) -> list[str]:
    """The ways to a colleague that are set up; e-mail always counts, so that its absence is on record."""
    return [kind for kind in kinds if kind == Kind.EMAIL or channel_for(project, kind) is not None]


# -- whether, and when ------------------------------------------------------------------------------------------------


def unwanted(message: Message) -> str:
    """Why this person does not get it; empty when they do."""
    if message.purpose in UNSTOPPED or not message.resident_id:
        return ""
    stopped = Stop.objects.filter(
        project_id=message.project_id, resident_id=message.resident_id, purpose=message.purpose, ended_at__isnull=True
    )
    if stopped.exists():
        return "stopped"
    needed = CONSENT.get(Purpose(message.purpose))
    if needed and not _consents(message, needed):
        return "no consent"
    return ""


def _consents(message: Message, purpose: str) -> bool:
    day = message.created_at.date()
    rows = Consent.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        project_id=message.project_id, resident_id=message.resident_id or 0, purpose=purpose, withdrawn_at__isnull=True,
    )  # fmt: skip
    return rows.exists()


def wakes_at(message: Message, at: datetime) -> datetime | None:
    """When the quiet hours end that hold this message back; None where it may go now."""
    if message.is_urgent or message.purpose == Purpose.CODE:
        return None
    if message.employee_id:
        wish = queries.wish_of(message.employee_id, message.project_id)
        return end_of_quiet(wish.quiet_from, wish.quiet_to, message.project, at)
    if not message.resident_id:
        return None
    return end_of_quiet(*quiet_hours(message.project), message.project, at)


def quiet_hours(project: Project) -> tuple[time, time]:
    """The hours of the project, else those of the house."""
    found = Hours.objects.filter(project=project).first()
    return (found.quiet_from, found.quiet_to) if found is not None else QUIET


def end_of_quiet(start: time | None, end: time | None, project: Any, at: datetime) -> datetime | None:
    """When the quiet hours end; None outside them. They may span midnight."""
    if start is None or end is None or start == end:
        return None
    zone = ZoneInfo(project.zone)
    local = at.astimezone(zone)
    now = local.time()
    is_quiet = start <= now < end if start < end else now >= start or now < end
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1 if now >= end else 0)
    return datetime.combine(day, end, tzinfo=zone)
