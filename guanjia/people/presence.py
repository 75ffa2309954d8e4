"""A second person at the same act (countersign): who it is, proved on the spot by PIN or by the code on their phone.

The proof is asked before the operation begins, so that a refused act does not give the tries back. Whether the person
may witness this act (their posts, somebody else than who acts) is the operation's own matter (`second=`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanjia.kernel.actors import Actor, Present
from guanjia.kernel.outcomes import Refused

from . import second
from .login import actor_of, clear_attempts, find_account, posts_of, take_attempt
from .models import Account, Employee

# Names under which page and API send the proof; never arguments of an operation.
WHO, PROOF = "present_username", "present_pin"


def with_present(by: Actor, project_id: int, posts: tuple[str, ...], username: str, proof: str, at: datetime) -> Actor:
    """The same actor with the second person beside. Raises Refused; every wrong proof counts as a try."""
    username, proof = username.strip()[:60], proof.strip()[:20]
    if not username and not proof:
        raise Refused("present", pgettext_lazy("people", "A second person has to identify here: it takes two."))
    account = find_account(username)
    if account is not None and account.pk == by.account_id:
        raise Refused(WHO, _("Nobody witnesses their own act. Ask a colleague."))
    if not take_attempt(account.username if account else username, at):
        raise Refused(PROOF, _("Too many tries for this number. Wait a quarter of an hour."))
    how = _proved(account, proof, at) if account is not None and account.is_active else ""
    other = actor_of(account, at=at) if account is not None and how else None
    if account is None or other is None:
        raise Refused(PROOF, _("Number and PIN do not belong together. A PIN is set under My account."))
    clear_attempts(account.username)
    if not other.is_staff or not other.holds(project_id, *posts):
        raise Refused(WHO, _("This colleague has no post here that may witness this."))
    return replace(by, present=(Present(other.id, other.name, other.posts, how),))


def _proved(account: Account, proof: str, at: datetime) -> str:
    """How the proof holds: "pin", "code", or "" when it does not."""
    if account.check_pin(proof):
        return "pin"
    return "code" if second.use_app(account.pk, proof, at) else ""


def beside(by: Actor, employee: Employee, *, how: str = "pin") -> Actor:
    """The same actor with a colleague beside, for code that knows both (demo history, tests): nothing is proved."""
    return replace(by, present=(Present(employee.pk, employee.name, posts_of(employee, by.at), how),))
