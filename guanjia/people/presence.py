"""A second person at the same act (countersign): who it is, proved on the spot by PIN or by the code on their phone.

The proof is asked before the operation begins, so that a refused act does not give the tries back. Whether the person
may witness this act (their posts, somebody else than who acts) is the operation's own matter (`second=`).
"""

from __future__ import annotations

from collections.abc import Mapping
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
AGAIN = "_2"


def asked(others: int) -> list[tuple[str, str]]:
    """The names under which the proofs of so many others are sent."""
    return [(WHO, PROOF), (WHO + AGAIN, PROOF + AGAIN)][:others]


def with_others(
    by: Actor, project_id: int, posts: tuple[str, ...], said: Mapping[str, str], at: datetime, others: int = 1
) -> Actor:
    """The same actor with as many others beside as the act takes, each proved alone. Raises Refused."""
    for who, proof in asked(others):
        try:
            by = with_present(by, project_id, posts, said.get(who, ""), said.get(proof, ""), at)
        except Refused as refusal:
            at_field = {WHO: who, PROOF: proof}
            raise Refused.many({at_field.get(name, name): lines for name, lines in refusal.errors.items()}) from None
    return by


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
    if other.id in {one.id for one in by.present}:
        raise Refused(WHO, _("This colleague has identified already. It takes another one."))
    return replace(by, present=(*by.present, Present(other.id, other.name, other.posts, how)))


def _proved(account: Account, proof: str, at: datetime) -> str:
    """How the proof holds: "pin", "code", or "" when it does not."""
    if account.check_pin(proof):
        return "pin"
    return "code" if second.use_app(account.pk, proof, at) else ""


def beside(by: Actor, *employees: Employee, how: str = "pin") -> Actor:
    """The same actor with colleagues beside, for code that knows them (demo history, tests): nothing is proved."""
    return replace(by, present=tuple(Present(e.pk, e.name, posts_of(e, by.at), how) for e in employees))
