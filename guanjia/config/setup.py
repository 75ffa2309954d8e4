"""`guanjia setup`: a real company's start: the head office, its first administrator, its first project.

Everything after that is done by operations in the office shell.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
_SHORT = re.compile(r"[A-Z]{1,4}")


def main(argv: list[str]) -> int:
    """Make the company once. Prints the administrator's one-time password."""
    parser = _parser()
    given = parser.parse_args(argv)
    from guanjia.places.models import Project

    if Project.objects.exists():
        print("guanjia: a company stands here already. Staff and projects are added in the office.", file=sys.stderr)
        return 1
    ask = _asker()
    company = given.company or ask("Company (as it is called): ")
    name = given.admin_name or ask("Administrator's name: ")
    number = given.admin_number or ask("Administrator's job number: ")
    projects = given.project or (
        [line] if (line := ask("First project (code:SHORT:name:city, empty: none): ", True)) else []
    )
    if not (company and name and number):
        parser.error("company, administrator's name and job number are needed")
    phones = {}
    if projects:
        phones = {
            "elevator_vendor": given.lift_firm or ask("Lift firm's emergency number (empty: later): ", True),
            "gas_company": given.gas_company or ask("Gas company's emergency number (empty: later): ", True),
        }
    from guanjia.kernel.outcomes import Refused

    try:
        password = establish(company, number, name, [_project(line) for line in projects], phones)
    except (ValueError, Refused) as error:
        print(f"guanjia: {error}", file=sys.stderr)
        return 1
    print(f"{company}: the head office stands, with {len(projects)} project(s).")
    print(f"Log in with  {number}  and the one-time password  {password}")
    lacking = "\nThe life-safety cards still lack numbers: Today of the manager asks for them."
    known = not projects or all(phones.values())
    print(f"It is asked to be changed at the first login, and is not shown again.{'' if known else lacking}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guanjia setup", description="Make the first company, project and manager.")
    parser.add_argument("--company", metavar="NAME", help="the company, as its head office is called")
    parser.add_argument("--admin-number", metavar="NUMBER", help="job number of the first administrator: the login")
    parser.add_argument("--admin-name", metavar="NAME", help="name of the first administrator")
    parser.add_argument(
        "--project", action="append", metavar="CODE:SHORT:NAME:CITY",
        help="a project to begin with, e.g. north:BY:青禾北苑:杭州 (may be given several times)",
    )  # fmt: skip
    parser.add_argument("--lift-firm", metavar="PHONE", help="whom the desk rings when people are trapped in a lift")
    parser.add_argument("--gas-company", metavar="PHONE", help="whom the desk rings when gas is smelt")
    return parser


def _asker() -> Callable[..., str]:
    """Asks at a terminal; elsewhere what is missing stays missing."""
    is_terminal = sys.stdin.isatty()

    def ask(question: str, is_optional: bool = False) -> str:
        while is_terminal:
            answer = input(question).strip()
            if answer or is_optional:
                return answer
        return ""

    return ask


def _project(line: str) -> dict[str, Any]:
    """`north:BY:青禾北苑:杭州` as what opening a project takes."""
    parts = [part.strip() for part in line.split(":")]
    if len(parts) not in (3, 4):
        raise ValueError(f"--project {line}: write code:SHORT:name:city")
    code, short_code, name = parts[:3]
    if not _CODE.fullmatch(code) or not _SHORT.fullmatch(short_code) or not name:
        raise ValueError(f"--project {line}: the code is lower case letters and digits, SHORT one to four capitals")
    return {"code": code, "short_code": short_code, "name": name, "city": parts[3] if len(parts) == 4 else ""}


def establish(
    company: str, number: str, name: str, projects: list[dict[str, Any]], phones: Mapping[str, str] | None = None
) -> str:
    """The head office, its administrator and the projects, all or nothing; returns the one-time password.

    `phones`: of the firms that the life-safety cards ring, by their short names.
    """
    from django.db import transaction
    from django.utils import timezone, translation

    from guanjia.domains.organization import operations as organization
    from guanjia.domains.privacy.operations import sign_nda
    from guanjia.kernel.actors import system
    from guanjia.parts.casework import danger
    from guanjia.people import posts
    from guanjia.people.login import staff_actor
    from guanjia.places.models import Project

    at = timezone.now()
    with transaction.atomic():
        office = Project.objects.create(code="office", short_code="HQ", name=company[:40], kind=Project.Kind.OFFICE)
        administrator = organization.hire(office, by=system(at), number=number, name=name)
        password = str(administrator.one_time_password)
        sign_nda(administrator, by=system(at), signed_on=timezone.localdate(at))
        organization.grant_post(administrator, by=system(at), project=office, post=posts.ADMINISTRATOR)
        by = staff_actor(administrator, at, channel="setup")
        for project in projects:
            made = organization.open_project(office, by=by, **project)
            by = staff_actor(administrator, at, channel="setup")
            for key, phone in (phones or {}).items():
                if phone:
                    with translation.override("zh-hans"):
                        firm = str(danger.PARTNERS[key])
                    organization.keep_department(made, by=by, short_name=key, name=firm, duties="", phone=phone)
    return password
