"""Taking staff back: their accounts and posts go with them, unless somebody has begun to work with theirs."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guanjia.parts.imports.kinds import Runs
from guanjia.parts.imports.reversing import within
from guanjia.people.models import Account, Employee, Posting


def _accounts(made: Runs) -> QuerySet[Account]:
    staff = Employee.objects.filter(within(made.get("employee", []), "pk"))
    return Account.objects.filter(pk__in=staff.values("account_id"))


def blocks(made: Runs) -> list[str]:
    """Who has signed in has chosen a password of their own."""
    n = _accounts(made).filter(must_change_password=False).count()
    return [_("%(n)d of the new staff have signed in already.") % {"n": n}] if n else []


def clear(made: Runs) -> None:
    Posting.objects.filter(within(made.get("employee", []), "employee_id")).delete()
    _accounts(made).delete()
