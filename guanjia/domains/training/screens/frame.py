"""What all pages of this room share: the tabs, marks of states, what waits for somebody."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guanjia.kernel.actors import Actor
from guanjia.parts.standards import queries as standards
from guanjia.places.models import Project
from guanjia.web import states, words
from guanjia.web.tabs import Tab, Tabs

from .. import hygiene, operations, queries
from ..models import Attendance, Certificate, PlanLine, Question, Sitting

states.mark({
    Sitting.State.WAITING: "ring brand", Sitting.State.SITTING: "half brand", Sitting.State.MARKED: "most info",
    Sitting.State.ABSENT: "cross warn ended", Question.State.ASKED: "tick ok",
    Question.State.WITHDRAWN: "cross neutral ended", PlanLine.State.HELD: "tick ok ended",
    Attendance.State.INVITED: "ring brand", Certificate.State.KEPT: "tick ok",
    Certificate.State.STRUCK: "cross neutral ended",
})  # fmt: skip

tabs = Tabs(
    Tab("training:home", gettext_lazy("For me")),
    Tab("training:exams", gettext_lazy("Exams")),
    Tab("training:results", gettext_lazy("Scores")),
    Tab("training:bank", gettext_lazy("Exam bank")),
    Tab("training:courses", gettext_lazy("Courses")),
    Tab("training:plan", gettext_lazy("Training plan")),
    Tab("training:curriculum", gettext_lazy("The course")),
    Tab("training:handbook", gettext_lazy("Handbook")),
    Tab("training:certificates", gettext_lazy("Certificates")),
    Tab("training:posts", pgettext_lazy("training", "Confirmed"), queries.reads_all),
    title=gettext_lazy("Training and exams"),
)


def waiting(project: Project, by: Actor) -> list[dict[str, Any]]:
    """For Today: exams that wait for me, courses to sign, results of others to confirm."""
    rows = []
    for one in queries.to_sit(project, by):
        begun = one.state == Sitting.State.SITTING
        end = one.ends_at if begun else one.exam.until_at
        url = reverse("training:sit" if begun else "training:sitting", args=[project.code, one.pk])
        rows.append(
            {
                "title": _("Exam: %(what)s") % {"what": one.exam}, "url": url, "act_url": url, "icon": "school",
                "urgency": "urgent" if begun else "", "act": _("Go on") if begun else _("Sit it"),
                "sub": _("by %(when)s") % {"when": words.when(end, by.at)},
            }
        )  # fmt: skip
    for here in queries.to_attend(project, by):
        url = reverse("training:course", args=[project.code, here.course_id])
        rows.append(
            {
                "title": here.course.name, "url": url, "act_url": url, "icon": "signature", "urgency": "",
                "act": _("Sign"), "sub": _("Training, %(who)s") % {"who": here.course.trainer.name},
            }
        )  # fmt: skip
    if by.may("training.confirm_result", project.pk) and (found := queries.to_confirm(project, by).count()):
        url = f"{reverse('training:exams', args=[project.code])}"
        rows.append(
            {
                "title": _("Exam results to confirm: %(n)d") % {"n": found}, "url": url, "act_url": url,
                "icon": "school", "urgency": "", "act": _("Have a look"), "sub": "",
            }
        )  # fmt: skip
    return [*rows, *_clean(project, by)]


def _clean(project: Project, by: Actor) -> list[dict[str, Any]]:
    """Food and hygiene: my clean clothes of today, and certificates to renew."""
    held = hygiene.posts_of(project, standards.today_at(project, by.at))
    rows = []
    if held and by.holds(project.pk, *held):
        url = reverse("training:clothes", args=[project.code])
        rows += [
            {
                "title": _("Clean work clothes and cap"), "url": url, "act_url": url, "icon": "wash", "urgency": "",
                "act": _("Changed"), "sub": str(duty),
            }
            for duty, done in hygiene.to_change(project, by, False) if not done
        ]  # fmt: skip
    may = by.may(operations.register_certificate.name, project.pk)
    if held and may and (found := len(hygiene.to_renew(project, by.at))):
        url = reverse("training:certificates", args=[project.code])
        rows.append(
            {
                "title": _("Certificates that are missing or end soon: %(n)d") % {"n": found}, "url": url,
                "act_url": url, "icon": "certificate", "urgency": "", "act": _("Have a look"), "sub": "",
            }
        )  # fmt: skip
    return rows
