"""What the addresses with an id are about, and a thing of each kind to try them with.

A new address needs a row: the test names it. A kind whose rows cannot be filled by themselves gets a maker.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from guanjia.kernel import subjects
from guanjia.kernel.fields import ScopedForeignKey
from guanjia.people.tests.cast import Community

# Address → the kind its number names.
ROWS = {
    "approvals:again": "approval",
    "approvals:page": "approval",
    "approvals:phone-page": "approval",
    "approvals:phone-refuse": "approval",
    "archives:destructions:page": "archive_destruction",
    "archives:documents:page": "archive_document",
    "archives:page": "archive_file",
    "archives:print": "archive_file",
    "archives:print-destruction": "archive_destruction",
    "archives:scan": "archive_scan",
    "archives:tidyings:page": "archive_tidying",
    "clocks:clock": "clock",
    "custody:count": "stock_count",
    "custody:handout": "handout",
    "desk:case": "case",
    "desk:house": "house",
    "desk:number": "resident",
    "desk:print": "case",
    "desk:resident": "resident",
    "entries:page": "entry",
    "entries:paper": "entry",
    "field:act": "case",
    "field:call": "case",
    "field:case": "case",
    "field:contact": "case",
    "field:duty": "duty",
    "field:follow": "notice",
    "field:gate-act": "visitor",
    "field:gate-pass": "visitor_pass",
    "field:gate-visitor": "visitor",
    "field:timeline": "case",
    "files:show": "file",
    "followups:issues:page": "revisit_issue",
    "followups:visits:page": "household_visit",
    "notices:page": "bulletin",
    "portal:bulletin": "bulletin",
    "gifts:page": "gift",
    "gifts:sheet": "gift",
    "goods:page": "borrowable",
    "hazmat:anomalies:page": "hazmat_anomaly",
    "hazmat:draws:page": "hazmat_draw",
    "hazmat:lots:page": "hazmat_lot",
    "hazmat:permits:page": "hazmat_permit",
    "hazmat:phone-act": "hazmat_draw",
    "hazmat:stores:page": "hazmat_store",
    "hazmat:substances:page": "hazmat_substance",
    "keys:authorisation": "key_authorisation",
    "keys:copy": "key",
    "keys:issue": "key_issue",
    "keys:issue_to": "house",
    "keys:page": "key",
    "keys:paper": "key_authorisation",
    "inspections:page": "inspection",
    "instructions:page": "house_instruction",
    "obligations:page": "obligation",
    "office:building": "building",
    "office:district": "district",
    "office:employee": "employee",
    "privacy:agreement": "employee",
    "office:house": "house",
    "office:import": "import",
    "office:import_act": "import",
    "office:import_progress": "import",
    "office:import_report": "import",
    "office:outside": "channel",
    "office:resident": "resident",
    "office:shift": "duty",
    "outreach:go": "notice",
    "left_items:page": "left_item",
    "left_items:sheet": "left_item",
    "lostfound:loss": "loss",
    "lostfound:page": "find",
    "lostfound:sheet": "find",
    "parcels:consent": "consent",
    "parcels:consent_form": "resident",
    "parcels:page": "parcel",
    "parcels:sheet": "parcel",
    "portal:act": "case",
    "portal:follow": "notice",
    "organization:call": "site_call",
    "portal:matter": "case",
    "portal:pass": "visitor_pass",
    "privacy:backup": "backup_run",
    "privacy:page": "data_request",
    "reception:call": "call",
    "reception:call-back": "call_back",
    "reception:cost": "phone_cost",
    "reception:helped": "assistance",
    "reception:number": "call_back",
    "reception:private-call": "private_call",
    "reception:reply": "standard_reply",
    "reception:slip": "message_slip",
    "reception:walk-in": "walk_in",
    "residents:care-file": "care_file",
    "residents:care-paper": "care_file",
    "residents:customer": "resident",
    "residents:experience": "care_experience",
    "residents:referral": "referral",
    "runsheets:page": "run_sheet",
    "shifts:handover": "handover",
    "shifts:leaves:page": "leave",
    "shifts:log:page": "shift_note",
    "shifts:office:page": "office_check",
    "shifts:outings:page": "outing",
    "shifts:paper": "handover",
    "shifts:pass-ons:page": "pass_on",
    "shifts:permits:page": "web_permit",
    "shifts:phone-act": "handover",
    "shifts:phone-handover": "handover",
    "shifts:transfers:page": "transfer",
    "shifts:weather:page": "weather_watch",
    "telephone:open": "phone_call",
    "training:certificate": "staff_certificate",
    "training:change": "material_change",
    "training:confirmation": "post_confirmation",
    "training:course": "training_course",
    "training:demand": "confirmation_demand",
    "training:exam": "exam",
    "training:exam-sheet": "exam",
    "training:handbook-sheet": "handbook",
    "training:handbook-version": "handbook",
    "training:plan-line": "training_plan_line",
    "training:plan-sheet": "training_plan_line",
    "training:question": "exam_question",
    "training:record-sheet": "training_attendance",
    "training:result-sheet": "exam_sitting",
    "training:sit": "exam_sitting",
    "training:sitting": "exam_sitting",
    "visitors:page": "visitor",
    "visitors:pass": "visitor_pass",
    "visitors:shared-word": "shared_word",
    "visitors:watched": "visitor_watch",
}
# Words beside the number that an address wants.
WORDS = {
    "desk:print": {"verb": "print_slip"},
    "field:act": {"verb": "accept"},
    "field:duty": {"verb": "sign_in"},
    "field:gate-act": {"verb": "turn_away"},
    "hazmat:phone-act": {"verb": "finish"},
    "archives:print": {"what": "list"},
    "office:import_act": {"verb": "remap"},
    "portal:act": {"verb": "chase"},
    "shifts:paper": {"label": "handover", "verb": "print_handover"},
    "training:exam-sheet": {"verb": "print_paper"},
    "shifts:phone-act": {"label": "handover", "verb": "explain"},
    "office:outside": {"label": "channel"},
    "parcels:sheet": {"verb": "print_record"},
    "left_items:sheet": {"verb": "print_record"},
    "lostfound:sheet": {"verb": "print_record"},
}
# These name their kind themselves: tried with every verb of every kind.
EVERY_VERB = {"acts:do", "office:do"}
# Addresses whose words are no thing of a project: chapters and clauses of the Book, blank forms, days.
NO_THING = {
    "inspections:one_list", "organization:post", "standards:chapter", "standards:clause", "standards:change", "papers:blank",
    "approvals:rule", "compliance:rows", "entries:new", "office:import_template",
    "hazmat:phone-new",
    "keys:tag",  # a random code; its own room tries it
    "api:things", "api:act", "api:thing", "api:nowhere", "web:sheet",
    "shifts:phone-new",
}  # fmt: skip
# Open in one state of the thing only, at the head office only, or to its one reader: their own rooms try them.
ONE_STATE = frozenset(
    {"approvals:again", "archives:scan", "office:import_report", "portal:follow", "privacy:agreement"}
)
# Shared by all projects, journaled at the head office: a project's staff page shows the own ones only.
COMPANY = frozenset({"employee"})


def thing(label: str, community: Community) -> Any:
    """One thing of a kind in a project: of the cast, or made."""
    model = subjects.model_of(label)
    found = MAKERS[label](community) if label in MAKERS else None
    if found is None and any(f.name == "project" for f in model._meta.fields):
        found = model._base_manager.filter(project=community.project).order_by("-id").first()
    return found or filled(model, community)


def filled(model: Any, community: Community, **given: Any) -> Any:
    """A row with something in every column that wants it. Only reach is tried with it, never a rule."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in given or field.null or field.has_default() or field.has_db_default():
            continue
        values[field.name] = _value(field, community)
    return model._base_manager.create(**{**values, **given})


def _value(field: Any, community: Community) -> Any:
    if field.name == "project":
        return community.project
    if isinstance(field, models.ForeignKey):
        to = field.related_model
        if to._meta.label == "people.Employee":
            return community.staff["steward"]
        scoped = isinstance(field, ScopedForeignKey) or any(f.name == "project" for f in to._meta.fields)
        rows = to._base_manager.filter(project=community.project) if scoped else to._base_manager.all()
        return rows.first() or filled(to, community)
    if field.name.endswith("_label"):
        return "house"
    if field.name.endswith("subject_id"):
        return community.house.pk
    if field.name.startswith("clause"):
        return "CMP-03"
    if field.choices:
        return field.choices[0][0]
    kinds: list[tuple[Any, Any]] = [
        (models.DateTimeField, timezone.now()), (models.DateField, date(2026, 1, 1)), (models.TimeField, time(8)),
        (models.BooleanField, False), (models.DecimalField, 1), (models.IntegerField, 1), (models.JSONField, {}), (models.BinaryField, b""),
        (models.DurationField, timedelta(hours=1)), (models.UUIDField, "00000000-0000-4000-8000-000000000001"),
    ]  # fmt: skip
    return next((value for kind, value in kinds if isinstance(field, kind)), "x" if field.blank is False else "")


def _case(community: Community) -> Any:
    from guanjia.domains.repairs.operations import record

    report: dict[str, Any] = {
        "place": "home", "house": community.house, "resident": community.owner, "content": "厨房水管漏水",
        "channel": "phone", "urgency": "ordinary", "category": "plumbing", "problem": "leak", "apart": True,
    }  # fmt: skip
    case = record(community.project, by=community.by("receptionist"), **report)
    from guanjia.domains.repairs.operations import dispatch

    return dispatch(case, by=community.by("supervisor"), executor=community.staff["technician"])


def _archive(community: Community) -> Any:
    return filled(
        subjects.model_of("archive_file"), community, kind="other", title="x", number=f"DA{timezone.now():%H%M%S%f}"
    )


def _document(community: Community) -> Any:
    model, number = subjects.model_of("archive_document"), f"{timezone.now():%H%M%S%f}"
    return filled(model, community, file=_archive(community), kind="paper", number=number)


def _scan(community: Community) -> Any:
    return filled(subjects.model_of("archive_scan"), community, document=_document(community))


def _draw(community: Community) -> Any:
    model = subjects.model_of("hazmat_draw")
    return filled(model, community, issuer=community.staff["supervisor"])


def _permit(community: Community) -> Any:
    model = subjects.model_of("hazmat_permit")
    return filled(model, community, granter=community.staff["supervisor"])


def _confirmation(community: Community) -> Any:
    model = subjects.model_of("post_confirmation")
    return filled(model, community, post="steward", confirmed_by=community.staff["supervisor"])


def _certificate(community: Community) -> Any:
    own, other = community.staff["officer"], community.staff["hr"]
    days = {"issued_on": date(2026, 1, 5), "valid_until": date(2027, 1, 4)}
    return filled(subjects.model_of("staff_certificate"), community, employee=own, recorded_by=other, **days)


def _exam(community: Community) -> Any:
    return filled(subjects.model_of("exam"), community, exam_subject="internal", level="staff", size=5)


def _result(community: Community) -> Any:
    sitting = filled(subjects.model_of("exam_sitting"), community, exam=_exam(community), state="marked")
    return filled(subjects.model_of("exam_result"), community, sitting=sitting, score=0, right=0)


def _sitting(community: Community) -> Any:
    return _result(community).sitting


def _attendance(community: Community) -> Any:
    model = subjects.model_of("training_attendance")
    return filled(model, community, state="signed", signed_at=timezone.now())


def _bulletin(community: Community) -> Any:
    from guanjia.domains.notices.operations import draft, publish

    said: dict[str, Any] = {"kind": "outage", "title": "明天 14:00–16:00 停水", "body": "清洗水箱。", "buildings": []}
    one = draft(community.project, by=community.by("steward"), **said)
    publish(one, by=community.by("supervisor"))
    return one


def _gift(community: Community) -> Any:
    from guanjia.domains.gifts.operations import receive

    said: dict[str, Any] = {"giver": community.owner.name, "description": "茶叶一盒", "declined": True}
    return receive(community.project, by=community.by("steward"), **said)


def _good(community: Community) -> Any:
    from guanjia.domains.goods.operations import register_good

    return register_good(community.project, by=community.by("receptionist"), name="雨伞", position="前台")


def _handout(community: Community) -> Any:
    from guanjia.domains.goods.operations import lend
    from guanjia.parts.custody.queries import current

    good = _good(community)
    due = timezone.now() + timedelta(hours=2)
    return current(lend(good, by=community.by("receptionist"), resident=community.owner, due_at=due))


def _consent(community: Community) -> Any:
    from guanjia.domains.parcels.tests.taking import agreed
    from guanjia.people.models import Consent

    held = Consent.objects.filter(project=community.project, purpose="parcels", withdrawn_at__isnull=True).first()
    return held or agreed(community)


def _left_item(community: Community) -> Any:
    from guanjia.domains.left_items.models import LeftItem

    return filled(LeftItem, community, due_at=timezone.now() + timedelta(days=1))


def _find(community: Community) -> Any:
    from guanjia.domains.lostfound.operations import register_find

    given = {"description": "雨伞", "place": "大堂", "position": "前台"}
    return register_find(community.project, by=community.by("steward"), **given)


def _loss(community: Community) -> Any:
    from guanjia.domains.lostfound.operations import report_loss

    given = {"description": "雨伞", "lost_on": timezone.localdate(), "resident": community.owner}
    return report_loss(community.project, by=community.by("receptionist"), **given)


def _parcel(community: Community) -> Any:
    from guanjia.domains.parcels.tests.taking import taken

    _consent(community)
    return taken(community)


def _key(community: Community) -> Any:
    from guanjia.domains.keys.operations import take_over

    said = {"category": "office_key", "name": "会议室", "handed_by": "开发商"}
    return take_over(community.project, by=community.by("receptionist"), **said)


def _issued(community: Community) -> Any:
    from guanjia.domains.keys.models import Issue

    return filled(Issue, community, house=community.house, resident=community.owner, mailbox=1)


def _count(community: Community) -> Any:
    from guanjia.parts.custody.operations import start_count

    _good(community)
    return start_count(community.project, by=community.by("receptionist"), kind="borrowable")


def _clock(community: Community) -> Any:
    from guanjia.parts.clocks.models import Clock

    _case(community)
    return Clock.objects.filter(project=community.project).order_by("-id").first()


def _file(community: Community) -> Any:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from guanjia.parts.files.models import StoredFile

    gift, name = _gift(community), f"{community.project.pk}/aa/{'ab' * 16}.png"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"not a picture"))
    return filled(
        StoredFile, community, subject_label="gift", subject_id=gift.pk, name=name, mime="image/png", size=13
    )  # fmt: skip


def _duty(community: Community) -> Any:
    from guanjia.people.models import Duty

    return Duty.objects.filter(project=community.project, employee=community.staff["technician"]).first()


def _notice(community: Community) -> Any:
    from guanjia.parts.outreach.models import Notice

    return filled(Notice, community, employee=community.staff["technician"], subject_label="gift", subject_id=1)


def _inspection(community: Community) -> Any:
    from guanjia.parts.inspections.models import Inspection

    return filled(Inspection, community, employee=community.staff["technician"], checklist="appearance")


def _approval(community: Community) -> Any:
    from guanjia.parts.approvals.models import Approval

    return filled(Approval, community, state=list(Approval.State)[1])


def _issue(community: Community) -> Any:
    """A day ahead for the department, wherever the form wants one."""
    model = subjects.model_of("revisit_issue")
    ahead = timezone.localdate() + timedelta(days=7)
    days = [f for f in model._meta.concrete_fields if f.get_internal_type() == "DateField"]
    moments = [f.name for f in model._meta.concrete_fields if f.name == "due_at"]
    given = {f.name: ahead for f in days} | {name: timezone.now() + timedelta(days=7) for name in moments}
    return filled(model, community, **given)


def _entry(community: Community) -> Any:
    from guanjia.parts.entries.models import Entry

    return filled(Entry, community, form_id="F-PAT", content="{}")


def _pass(community: Community) -> Any:
    from guanjia.domains.visitors.operations import issue

    said = {"house": community.house.code, "visitor": "客一", "purpose": "探亲"}
    return issue(community.project, by=community.by("owner"), **said)


def _visitor(community: Community) -> Any:
    from guanjia.domains.visitors.operations import arrive

    said = {"house": community.house.code, "name": "客二", "purpose": "送货"}
    return arrive(community.project, by=community.by("guard"), **said)


def _weather_hour(community: Community) -> Any:
    watch, now = _shift_thing("weather_watch")(community), timezone.now()
    model = subjects.model_of("weather_hour")
    return filled(model, community, watch=watch, from_at=now, until_at=now + timedelta(hours=1), needed=2)


def _shift_thing(label: str) -> Callable[[Community], Any]:
    """Two people who are not one, and an end after its beginning."""

    def make(community: Community) -> Any:
        other, later = community.staff["technician"], timezone.now() + timedelta(hours=1)
        given: dict[str, Any] = {
            "outing": {"told_to": other, "due_at": later},
            "web_permit": {"granted_by": other, "until_at": later},
            "transfer": {"receiver": other},
            "leave": {"until_at": later},
            "office_check": {"is_clean": True},
            "weather_watch": {"until_at": later, "needed": 2},
        }[label]
        return filled(subjects.model_of(label), community, **given)

    return make


SHIFT_THINGS = ("outing", "web_permit", "transfer", "leave", "office_check", "weather_watch")
MAKERS: dict[str, Callable[[Community], Any]] = {
    "import": lambda community: filled(subjects.model_of("import"), community, kind="homes"),
    "site_call": lambda community: filled(subjects.model_of("site_call"), community, house=community.house),
    "call": lambda community: filled(subjects.model_of("call"), community, content="问电梯何时恢复"),
    "case": _case,
    "clock": _clock,
    "bulletin": _bulletin,
    "gift": _gift,
    "post_confirmation": _confirmation,
    "staff_certificate": _certificate,
    "exam": _exam,
    "training_attendance": _attendance,
    "exam_sitting": _sitting,
    "exam_result": _result,
    "borrowable": _good,
    "handout": _handout,
    "key": _key,
    "key_issue": _issued,
    "stock_count": _count,
    "archive_file": _archive,
    "archive_document": _document,
    "archive_scan": _scan,
    "hazmat_draw": _draw,
    "hazmat_permit": _permit,
    "consent": _consent,
    "find": _find,
    "left_item": _left_item,
    "loss": _loss,
    "parcel": _parcel,
    "file": _file,
    "duty": _duty,
    "notice": _notice,
    "inspection": _inspection,
    "approval": _approval,
    "revisit_issue": _issue,
    "entry": _entry,
    "visitor_pass": _pass,
    "visitor": _visitor,
    "weather_hour": _weather_hour,
    **{label: _shift_thing(label) for label in SHIFT_THINGS},
    "employee": lambda community: community.staff["technician"],
    "resident": lambda community: community.owner,
    "house": lambda community: community.house,
    "project": lambda community: community.project,
}


def end_posting(community: Community, who: str) -> None:
    """The posting of one of the cast ended yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    community.staff[who].postings.update(to_on=yesterday)


def move_out(community: Community, who: str, at: datetime) -> None:
    """A resident left: the home ended."""
    from guanjia.people.models import AccountHome

    AccountHome.objects.filter(account_id=community.accounts[who].pk).update(ended_at=at)


def everything_stored() -> str:
    """All that stands in tables other people read later: queue of jobs, answers kept for retries, search words."""
    with connection.cursor() as cursor:
        found = []
        for query in (
            "SELECT args::text FROM procrastinate_jobs",
            "SELECT answer::text FROM kernel_idempotencykey",
            "SELECT words::text FROM kernel_searchwords",
            "SELECT given::text || changes::text FROM kernel_event",
        ):
            cursor.execute(query)
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)
