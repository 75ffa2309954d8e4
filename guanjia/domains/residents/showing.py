"""What the pages of care and customers show beside the plain facts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guanjia.kernel import operations, subjects
from guanjia.kernel.actors import Actor
from guanjia.people import queries as people
from guanjia.people import reach
from guanjia.people.models import CareTag, Resident
from guanjia.places.models import Project
from guanjia.web import words

from . import queries
from .models import READERS, CareFile, Profile, Taken
from .standards import ASSESS, CARE, CONTACT
from .words import MEASURES, WAYS, Loyalty, Measure, NeedLevel

VISIT = "followups.record_visit"
VERBS = (
    "classify", "assess_needs", "rate_loyalty", "take_measure", "open_care_file", "note_referral", "follow_closely",
    "stop_following",
)  # fmt: skip
MINUTE = timedelta(minutes=1)  # what is due at midnight is said by the day that ends


def may_see(resident: Resident, by: Actor) -> bool:
    """By post and by district, like everything that describes a person."""
    return reach.reaches(by, resident, READERS)


def do_url(thing: Any, verb: str, back: str) -> str:
    """The page of a verb, and back here."""
    label = subjects.label_of(thing)
    return f"{reverse('office:do', args=[thing.project.code, label, thing.pk, 'residents', verb])}?next={back}"


def acts(thing: Any, by: Actor, back: str, *verbs: str) -> list[dict[str, Any]]:
    """Verbs of a thing as buttons; a locked one says what is missing."""
    found = []
    for verb in verbs:
        offer = operations.registry[f"residents.{verb}"].offer(thing, by)
        if offer is not None:
            locked = " ".join(str(need.sentence) for need in offer.missing)
            found.append({
                "label": offer.operation.label, "icon": offer.operation.icon, "danger": offer.operation.danger,
                "locked": locked, "url": do_url(thing, verb, back),
            })  # fmt: skip
    return found


def visit_url(project: Project, by: Actor, resident: Resident, house_id: int | None, kind: str = "care_visit") -> str:
    """The form of a visit with household and person filled in; empty for who makes none."""
    if house_id is None or not by.may(VISIT, project.pk):
        return ""
    given = {"house": house_id, "resident": resident.pk, "kind": kind}
    return f"{reverse('followups:visits:new', args=[project.code])}?{urlencode(given)}"


def stood(row: Any, at: datetime) -> str:
    """How the duty of the period stands, in a word."""
    if row is None:
        return ""
    return str(_("Visited") if row.state == row.State.MET else _("Owed"))


def care_rows(rows: list[Any], project: Project, by: Actor) -> None:
    """Homes, care files and what is owed this month, in a statement each."""
    people = [row.resident_id for row in rows]
    homes, files = queries.homes_of(project, people), queries.files_of(project, by, people)
    duties = queries.duties_of(CARE.key, project, [row.pk for row in rows], by.at)
    kinds: dict[int, list[str]] = {}
    tags = CareTag.visible_to(by).filter(project=project, resident_id__in=people, ended_on__isnull=True)
    for tag in tags.order_by("pk"):
        kinds.setdefault(tag.resident_id, []).append(str(tag.get_kind_display()))
    for row in rows:
        home = homes.get(row.resident_id)
        row.home = home.house.code if home else ""
        row.house_id = home.house_id if home else None
        row.file = files.get(row.resident_id)
        row.kinds = "、".join(kinds.get(row.resident_id, []))
        row.next_on = row.file.next_visit_on if row.file else None
        row.stood = stood(duties.get(row.pk), by.at)


def customer_rows(rows: list[Any], project: Project, by: Actor) -> None:
    homes = queries.homes_of(project, [row.resident_id for row in rows])
    for row in rows:
        home = homes.get(row.resident_id)
        row.home = home.house.code if home else ""
        row.close = "、".join(following(row))


def following(profile: Profile) -> list[str]:
    """How somebody is looked after more closely: what we do, never what they are."""
    named = ((profile.contact_since, _("Contacted each month")), (profile.assess_since, _("Asked each quarter")))
    return [str(name) for since, name in named if since]


def card(resident: Resident, by: Actor) -> dict[str, Any] | None:
    """What the card at the counter says of serving somebody well; nothing for who may not know."""
    if not may_see(resident, by):
        return None
    profile, file = queries.profile_of(resident, by), queries.file_of(resident, by)
    url = reverse("residents:customer", args=[resident.project.code, resident.pk])
    return {"facts": [*(_file_facts(file) if file else []), *facts(profile)], "ways": ways(profile), "url": url}


def kept_about(resident: Resident, by: Actor) -> list[dict[str, Any]]:
    """All that describes a resident, as they may read it themselves: on their own page, and beside their request."""
    if not by.is_resident and not may_see(resident, by):
        return []
    tags = people.care_tags([resident.pk], resident.project).order_by("pk")
    profile, file = queries.profile_of(resident, by), queries.file_of(resident, by)
    care = [{"label": tag.get_kind_display(), "value": tag.note or _("on record")} for tag in tags]
    more = [
        {"label": label, "value": value}
        for label, value in ((_("Safety fittings"), file.fittings), (_("Health and daily life"), file.living))
        if value
    ] if file else []  # fmt: skip
    return [*facts(profile), *care, *(_file_facts(file) if file else []), *more]


def beside_request(thing: Any, by: Actor) -> dict[str, Any] | None:
    """Whoever answers a request about own data sees here what is kept of the person beyond the record."""
    if subjects.label_of(thing) != "data_request":
        return None
    kept = kept_about(thing.resident, by)
    return {"facts": kept} if kept else None


# -- one person --------------------------------------------------------------------------------------------------------


def portrait(resident: Resident, by: Actor, back: str) -> dict[str, Any]:
    """Everything that helps to serve somebody, on one page (RES-09)."""
    project = resident.project
    profile, file = queries.profile_of(resident, by), queries.file_of(resident, by)
    tags = list(reach.care_of(by, project, [resident.pk]))
    home = queries.homes_of(project, [resident.pk]).get(resident.pk)
    record = queries.record_of(resident, by)
    return {
        "resident": resident,
        "home": home,
        "profile": profile,
        "facts": facts(profile),
        "ways": ways(profile),
        "tags": tags,
        "file": file,
        "file_facts": _file_facts(file) if file else [],
        "file_url": subjects.address_of(file) if file else "",
        "figures": _figures(record, tags, by),
        "cases": record["cases"],
        "complaints": [
            {"number": one.number, "at": one.kept_at, "url": subjects.address_of(one)} for one in record["complaints"]
        ],
        "taken": record["taken"],
        "next": _next(profile, record["taken"]),
        "duties": _duties(profile, tags, project, by),
        "visit": visit_url(project, by, resident, home.house_id if home else None, "home_visit"),
        "confirmed_at": queries.confirmed_at(home.house) if home else None,
        "acts": [
            *acts(resident, by, back, *(verb for verb in VERBS if file is None or verb != "open_care_file")),
            *(acts(home.house, by, back, "confirm_household") if home else ()),
        ],
    }  # fmt: skip


def facts(profile: Profile | None) -> list[dict[str, Any]]:
    """The profile in calm words; what is not known is absent."""
    if profile is None:
        return []
    rows = [
        (_("Likes to be dealt with"), profile.get_manner_display(), ""),
        (_("What matters most"), profile.get_need_level_display(), ""),
        (_("Preferences"), profile.preferences, ""),
        (_("How we serve"), profile.approach, ""),
        (_("Agreed limits"), profile.bounds, ""),
        (_("Loyalty"), profile.get_loyalty_display(), profile.get_factor_display()),
        (_("Contacted each month"), profile.contact_why if profile.contact_since else "", ""),
        (_("Asked each quarter"), profile.assess_why if profile.assess_since else "", ""),
    ]
    return [{"label": label, "value": value, "note": note} for label, value, note in rows if value]


def ways(profile: Profile | None) -> list[str]:
    """How somebody like this is served (RES-10)."""
    known = [profile.manner, profile.need_level] if profile else []
    return [str(WAYS[one]) for one in known if one in WAYS]


def _file_facts(file: CareFile) -> list[dict[str, Any]]:
    rows = [
        (_("Special needs and plan"), file.needs),
        (pgettext("care", "Made easier"), file.get_measures_display()),
        (_("Service at the home"), file.home_service),
        (_("Next visit on"), words.when(file.next_visit_on)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _figures(record: dict[str, Any], tags: list[CareTag], by: Actor) -> list[dict[str, Any]]:
    kinds = record["kinds"]
    return [
        {"label": _("Repairs in a year"), "number": kinds.get("repair", 0), "icon": "tool"},
        {"label": _("Enquiries in a year"), "number": kinds.get("enquiry", 0), "icon": "help-circle"},
        {"label": _("Complaints in a year"), "number": kinds.get("complaint", 0) + len(record["complaints"]),
         "icon": "message-report"},
        {"label": _("To be considerate of"), "number": len(tags), "icon": "heart-handshake"},
    ]  # fmt: skip


def _next(profile: Profile | None, taken: list[Taken]) -> list[str]:
    """Measures of the layer that were not taken lately (RES-12)."""
    if profile is None:
        return []
    done = {one.measure for one in taken}
    return [str(Measure(one).label) for one in MEASURES.get(profile.loyalty, ()) if one not in done]


def _duties(profile: Profile | None, tags: list[CareTag], project: Project, by: Actor) -> list[dict[str, Any]]:
    """What is owed for this person now, done or not."""
    wanted = [(CARE, [tag.pk for tag in tags])] + [(rule, [profile.pk]) for rule in (CONTACT, ASSESS) if profile]
    found = []
    for rule, ids in wanted:
        for row in queries.duties_of(rule.key, project, ids, by.at).values():
            url = reverse("obligations:page", args=[project.code, row.pk])
            found.append(
                {"label": rule.label, "stood": row.state == row.State.MET, "due": row.due_at - MINUTE, "url": url}
            )
    return found


# -- all of them -------------------------------------------------------------------------------------------------------


def layers(project: Project, by: Actor) -> dict[str, Any]:
    """Needs and loyalty, layer by layer: how many, what is done, how to serve (RES-10, RES-12)."""
    register = reverse("residents:customers", args=[project.code])
    needs, loyal = queries.layers(project, by, "need_level"), queries.layers(project, by, "loyalty")
    month = timezone.localtime(by.at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    taken = queries.taken_since(project, by, month)
    return {
        "needs": [
            {"label": label, "n": needs.get(one, 0), "way": WAYS[one], "url": f"{register}?need_level={one}"}
            for one, label in NeedLevel.choices
        ],
        "loyalty": [
            {
                "label": label, "n": loyal.get(one, 0), "url": f"{register}?loyalty={one}",
                "measures": [{"label": m.label, "n": taken.get(m.value, 0)} for m in MEASURES[one]],
            }
            for one, label in Loyalty.choices
        ],
    }  # fmt: skip
