"""Rows of a list of staff into a plan: who is new, who is on record, which post they are given where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.kernel.actors import Actor
from guanjia.parts.imports.kinds import Line, RowJudge, Tell
from guanjia.people import posts, queries
from guanjia.people.models import Account, Employee, Posting
from guanjia.places.models import Project

from ..forms import QUALIFIED, UNQUALIFIED

OFFICE = frozenset({"总部", "公司", "公司总部", "总公司", "headoffice"})


@dataclass
class Person:
    """One employee of the file, new or on record."""

    line: Line
    facts: dict[str, Any]
    id: int | None = None
    posts: dict[tuple[int, str], dt.date] = field(default_factory=dict)


@dataclass
class StaffPlan:
    """Everything of one file."""

    people: dict[str, Person] = field(default_factory=dict)
    held: int = 0
    once: list[list[str]] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int, int]]:
        fresh = [p for p in self.people.values() if p.id is None]
        return [
            (_("Staff"), len(fresh), len(self.people) - len(fresh)),
            (_("Posts"), sum(len(p.posts) for p in fresh), self.held),
        ]


class Staff(RowJudge):
    """Each row in turn, beside what is on record."""

    plan: StaffPlan

    def __init__(self, project: Project, tell: Tell, by: Actor) -> None:
        super().__init__(project, tell, by)
        self.plan, self.today = StaffPlan(), timezone.localdate(by.at)
        self.known = {one.number.lower(): one for one in Employee.objects.filter(project=project)}
        self.accounts = {name.lower() for name in Account.objects.values_list("username", flat=True)}
        self.phones = {one.phone: one for one in self.known.values() if one.phone and one.state == one.State.ACTIVE}
        held = Posting.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=self.today))
        self.held = set(held.values_list("employee_id", "project_id", "post"))
        self.departments = {
            word.lower(): one.key for one in queries.departments(project) for word in (one.key, one.name)
        }
        self.projects = list(Project.objects.order_by("id"))
        self.numbers: dict[str, str] = {}

    def take(self, line: Line) -> None:
        person = self._person(line)
        if person is None:
            return
        post = line.get("post")
        where = self._where(line) if post else None
        if line.is_wrong or (post and where and not self._may_hold(line, person, post, where)):
            return
        self.plan.people.setdefault(person.facts["number"].lower(), person)
        if person.facts["phone"]:
            self.numbers.setdefault(person.facts["phone"], person.facts["number"])
        if post and where:
            self._give(line, person, post, where)

    # -- who -------------------------------------------------------------------------------------------------------

    def _person(self, line: Line) -> Person | None:
        number, name, phone = line.get("number", ""), line.get("name", ""), line.get("phone", "")
        for column, value in (("number", number), ("name", name)):
            if not value:
                self.wrong(line, column, _("The name is missing.") if number else _("The job number is missing."))
                return None
        if (met := self.plan.people.get(number.lower())) is not None:
            return self._again(line, met, name, phone)
        if (known := self.known.get(number.lower())) is not None:
            return self._on_record(line, known, name)
        if number.lower() in self.accounts:
            self.wrong(line, "number", _("This job number is taken."))
        elif phone and (other := self.phones.get(phone)) is not None:
            sentence = _("This phone number is on record with job number %(number)s. Is it the same person?")
            self.wrong(line, "phone", sentence % {"number": other.number})
        elif phone and phone in self.numbers:
            sentence = _("This phone number stands at job number %(number)s already.")
            self.wrong(line, "phone", sentence % {"number": self.numbers[phone]})
        return None if line.is_wrong else Person(line, self._facts(line))

    def _again(self, line: Line, met: Person, name: str, phone: str) -> Person | None:
        """The same number once more gives another post to the same person."""
        row = {"row": met.line.number}
        if met.facts["name"] != name:
            self.wrong(line, "number", _("Row %(row)d has this job number with another name.") % row)
        elif phone and met.facts["phone"] and phone != met.facts["phone"]:
            self.wrong(line, "phone", _("Row %(row)d has another phone number for this person.") % row)
        elif not line.get("post"):
            self.wrong(line, "number", _("This person stands in row %(row)d already.") % row)
        return None if line.is_wrong else met

    def _on_record(self, line: Line, known: Employee, name: str) -> Person | None:
        if known.name != name:
            self.wrong(line, "number", _("This job number is on record with another name."))
        elif known.state != known.State.ACTIVE:
            self.wrong(line, "number", _("This job number is of somebody who has left. Give a new one."))
        return None if line.is_wrong else Person(line, {**self._facts(line), "number": known.number}, known.pk)

    def _facts(self, line: Line) -> dict[str, Any]:
        said = line.get("department", "")
        key = self.departments.get(said.lower(), "") if said else ""
        if said and not key:
            sentence = _("There is no department “%(said)s” at the head office: it is left empty.")
            self.note(line, "department", sentence % {"said": said})
        nda = line.get("nda")
        if nda and nda > self.today:
            self.wrong(line, "nda", _("This day lies in the future."))
        return {
            "number": line.get("number"), "name": line.get("name"), "phone": line.get("phone", ""),
            "email": line.get("email", ""), "department_key": key, "education": line.get("education", ""),
            "nda_signed_on": nda,
        }  # fmt: skip

    # -- which post, where -----------------------------------------------------------------------------------------

    def _where(self, line: Line) -> Project | None:
        said = "".join(line.get("project", "").split()).lower()
        found = [one for one in self.projects if self._is(one, said)] if said else self._only()
        if len(found) == 1:
            return found[0]
        if said:
            self.wrong(line, "project", _("“%(said)s” is no project here.") % {"said": line.get("project")[:30]})
        else:
            self.wrong(line, "project", _("The project of this post is missing."))
        return None

    def _only(self) -> list[Project]:
        return [one for one in self.projects if not one.is_office]

    @staticmethod
    def _is(project: Project, said: str) -> bool:
        names = {"".join(word.split()).lower() for word in (project.code, project.short_code, project.name)}
        return said in names or (project.is_office and said in OFFICE)

    def _may_hold(self, line: Line, person: Person, post: str, where: Project) -> bool:
        if person.id is None and post == posts.STEWARD and person.facts["education"] not in QUALIFIED:
            self.wrong(line, "education", str(UNQUALIFIED))
        elif (where.pk, post) in person.posts:
            row = {"row": person.line.number}
            self.wrong(line, "post", _("This person has this post there already, see row %(row)d.") % row)
        elif (start := line.get("from_on")) and start > self.today + dt.timedelta(days=366):
            self.wrong(line, "from_on", _("Choose a day up to a year ahead."))
        return not line.is_wrong

    def _give(self, line: Line, person: Person, post: str, where: Project) -> None:
        if person.id is not None:
            if (person.id, where.pk, post) in self.held:
                self.plan.held += 1
            else:
                self.note(line, "post", _("Is on record without this post: give it on the employee's page."))
        elif not person.facts["nda_signed_on"]:
            sentence = _("No signed confidentiality agreement: comes in without a post. Give it once it is signed.")
            self.note(line, "nda", sentence)
        else:
            person.posts[where.pk, post] = line.get("from_on") or self.today


__all__ = ["Person", "Staff", "StaffPlan"]
