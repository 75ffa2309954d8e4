"""What must hold before a key leaves, and whose act that is: written once for gates, bars and pages."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import need
from guanjia.parts.approvals import queries as approvals
from guanjia.parts.standards import queries as standards
from guanjia.people import posts
from guanjia.people.models import Employee
from guanjia.people.queries import posts_held

from .models import Category, Key

# Who keeps keys at the counter, who heads a department, and engineering's own keepers (KEY-18).
CUSTODIANS = posts.COUNTER | {posts.KEY_CUSTODIAN}
HEADS = posts.SUPERVISORS | {
    posts.SERVICE_LEAD, posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER,
}  # fmt: skip
ENGINEERS = frozenset({posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER})
KEEPERS = CUSTODIANS | HEADS | {posts.STEWARD}

# The value of KEY-14 that names who may borrow a category; a company or project decides otherwise by an edition.
BORROWS = {
    Category.OWNER: "borrows_owner", Category.PUBLIC: "borrows_public", Category.EQUIPMENT: "borrows_equipment",
    Category.OFFICE: "borrows_office",
}  # fmt: skip
ANYBODY = "all_staff"


def covers(employee: Employee, key: Key, at: datetime) -> bool:
    """Whether a borrower's posts cover the category of a key, as the Book says here today (KEY-14)."""
    rule = standards.rule_in_force("KEY-14", key.project, standards.today_at(key.project, at))
    may, held = set(rule[BORROWS[Category(key.category)]]), set(posts_held(employee, key.project, at))
    return bool(held if ANYBODY in may else held & may)


def keeps_it(key: Key, by: Actor) -> bool:
    """Engineering keeps equipment keys, the custodian all others; and whoever is the keeper of this one."""
    if key.keeper_id == by.id:
        return True
    return by.holds(key.project_id, *(ENGINEERS if key.category == Category.EQUIPMENT else CUSTODIANS | HEADS))


def is_behind_two_locks(key: Key) -> bool:
    """Important ones, and all in a cabinet with two locks."""
    return key.is_important or bool(key.cabinet and key.cabinet.is_dual)


def is_behind_one_lock(key: Key) -> bool:
    return not is_behind_two_locks(key)


def is_an_owners(key: Key) -> bool:
    return key.category == Category.OWNER


def is_ours(key: Key) -> bool:
    """Not an owner's: theirs to copy."""
    return key.category != Category.OWNER


@need(
    sentence=_("A public-area key leaves only with a department head's approval, and that rule is switched off here."),
    clause="KEY-10", owes=_("whoever decides the rules of approval"),
)  # fmt: skip
def lending_is_signed(key: Key) -> bool:
    return key.category != Category.PUBLIC or approvals.is_signed_here("keys.lend", key.project)


@need(
    sentence=_("A key is copied only with engineering's approval, and that rule is switched off here."),
    clause="KEY-19", owes=_("whoever decides the rules of approval"),
)  # fmt: skip
def copying_is_signed(key: Key) -> bool:
    return approvals.is_signed_here("keys.duplicate", key.project)


@need(
    sentence=_("An owner's key is sealed before it is lent again: seal it and write the number down."),
    clause="KEY-11", owes=_("the key custodian"),
)  # fmt: skip
def seal_is_whole(key: Key) -> bool:
    return key.category != Category.OWNER or key.is_sealed
