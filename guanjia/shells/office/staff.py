"""Staff: the list, and the page of one employee."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domains.organization import operations as organization
from guanjia.domains.organization.forms import REPAIR_TYPES
from guanjia.domains.privacy import operations as privacy
from guanjia.kernel.actors import Actor
from guanjia.people import posts, queries
from guanjia.people.models import Account, Duty, Employee, Posting, Skill
from guanjia.places.models import Project
from guanjia.web import sheets, words
from guanjia.web.registers import Column, Filter, Register

from .frame import STAFF, do_url, office_page, register_frame, story, verbs


def rows(project: Project, by: Actor) -> QuerySet[Employee]:
    """Who works here; at the head office everybody of the company."""
    if not project.is_office:
        return queries.staff_of(project, by.at)
    today = timezone.localdate(by.at)
    now = Posting.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=today), from_on__lte=today)
    now = now.select_related("project").order_by("project_id", "id")
    return Employee.objects.filter(project=project).prefetch_related(
        Prefetch("postings", queryset=now, to_attr="posts_now")
    )


def posts_of(employee: Any) -> str:
    return "、".join(dict.fromkeys(str(posts.NAMES.get(p.post, p.post)) for p in employee.posts_now))


def _searched(found: QuerySet[Employee], query: str, project: Project) -> QuerySet[Employee]:
    return found.filter(Q(name__icontains=query) | Q(number__icontains=query))


def _holds(post: str) -> Q:
    return Q(
        pk__in=Posting.objects.filter(post=post)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=timezone.localdate()))
        .values("employee")
    )


def _new(project: Project, by: Actor) -> list[dict[str, Any]]:
    if not project.is_office or not by.may(organization.hire.name, project.pk):
        return []
    return [{"label": organization.hire.label, "url": do_url(organization.hire, project)}]


register = Register(
    "staff",
    of=Employee,
    title=gettext_lazy("Staff"),
    unit=gettext_lazy("people"),
    rows=rows,
    columns=(
        Column(gettext_lazy("Full name"), "name", "person"), Column(gettext_lazy("Job number"), "number"),
        Column(gettext_lazy("Posts"), posts_of, "grow"), Column(gettext_lazy("Phone"), "phone", "phone"),
        Column(gettext_lazy("Agreement signed"), "nda_signed_on", is_minor=True),
        Column(gettext_lazy("State"), "state", is_minor=True),
    ),
    order=("id",),
    filters=(Filter("post", gettext_lazy("Post"), lambda project: posts.CHOICES, _holds),),
    searched=_searched,
    hint=gettext_lazy("Name or job number"),
    page=lambda employee, project: reverse("office:employee", args=[project.code, employee.pk]),
    new=_new,
    export=privacy.export,
    posts=STAFF,
    frame=register_frame,
)  # fmt: skip


@office_page("staff")
def employee(request: Any, pk: int) -> HttpResponse:
    """Facts, posts, districts, skills and coming duty of one employee; the verbs are the head office's."""
    project, by = request.project, request.actor
    person = Employee.visible_to(by).filter(pk=pk).select_related("project").first()
    if person is None or not (project.is_office or person.postings.filter(project=project).exists()):
        raise Http404
    context = {
        "tabs": request.tabs,
        "person": None,
        "employee": person,
        "facts": _facts(person, by),
        "postings": _postings(person, by),
        "skills": _skills(person),
        "districts": [] if project.is_office else list(queries.districts_of(person, project, by.at)),
        "duties": _duties(person, project, by),
        "verbs": verbs(person, by),
        "sheets": sheets.offered(person, by),
        "moments": story(person, by) if by.may(organization.correct_employee.name, person.project_id) else [],
        "is_active": person.state == Employee.State.ACTIVE,
    }
    context.pop("person")
    return render(request, "office/employee.html", context)


def _facts(person: Employee, by: Actor) -> list[dict[str, Any]]:
    account = Account.objects.filter(pk=person.account_id or 0).first()
    login = _("none") if account is None else _("in use") if account.is_active else _("ended")
    if account is not None and account.is_active and account.must_change_password:
        login = _("one-time password not used yet")
    signed = person.nda_signed_on
    return [
        {"label": _("Job number"), "value": person.number},
        {"label": _("State"), "value": person.get_state_display()},
        {"label": _("Phone"), "value": words.masked(person.phone) or "–"},
        {"label": _("Education"), "value": person.get_education_display()},
        {
            "label": _("Agreement signed"),
            "value": signed.isoformat() if signed else _("not signed: no post can be given"),
            "tone": "" if signed else "warn",
        },
        {"label": _("Login"), "value": login},
    ]


def _postings(person: Employee, by: Actor) -> list[dict[str, Any]]:
    today = timezone.localdate(by.at)
    found = []
    for row in person.postings.select_related("project").order_by("-from_on", "-id"):
        is_now = row.from_on <= today and (row.to_on is None or row.to_on >= today)
        ends = f" – {row.to_on.isoformat()}" if row.to_on else ""
        found.append(
            {
                "title": f"{row.project.name}　{posts.NAMES.get(row.post, row.post)}",
                "sub": f"{row.from_on.isoformat()}{ends}",
                "is_now": is_now,
                "withdraw": do_url(organization.withdraw_post, person, project=row.project_id, post=row.post)
                if is_now and row.to_on is None and by.may(organization.withdraw_post.name, person.project_id)
                else "",
            }
        )
    return found


def _skills(person: Employee) -> list[dict[str, Any]]:
    names = {key: str(label) for key, label in REPAIR_TYPES}
    levels = {1: _("Can"), 2: _("Does it well"), 3: _("Teaches it")}
    known = Skill.objects.filter(employee=person).select_related("project").order_by("project_id", "-level")
    return [
        {
            "label": names.get(s.repair_type, s.repair_type),
            "value": levels.get(s.level, s.level),
            "note": s.project.name,
        }
        for s in known
    ]


def _duties(person: Employee, project: Project, by: Actor) -> list[dict[str, Any]]:
    coming = Duty.objects.filter(employee=person, project=project, to_at__gt=by.at, ended_at__isnull=True)
    return [
        {
            "url": reverse("office:shift", args=[project.code, duty.pk]),
            "title": f"{words.day_words(duty.from_at, by.at)}",
            "sub": f"{words.clock_time(duty.from_at)}–{words.clock_time(duty.to_at)}"
            f"　{posts.NAMES.get(duty.post, duty.post)}",
        }
        for duty in coming.order_by("from_at")[:7]
    ]
