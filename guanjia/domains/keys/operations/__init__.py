"""The acts on keys."""

from .issuing import authorise, issue, take_in_again, withdraw
from .keeping import (
    add_cabinet,
    change_cabinet,
    choose_tags,
    duplicate,
    entrust,
    find_again,
    place,
    report_missing,
    retire,
    seal,
    take_over,
)
from .lending import lend, lend_in_two
from .moving_in import bring_in_cabinets, bring_in_keys

__all__ = [
    "add_cabinet",
    "authorise",
    "bring_in_cabinets",
    "bring_in_keys",
    "change_cabinet",
    "choose_tags",
    "duplicate",
    "entrust",
    "find_again",
    "issue",
    "lend",
    "lend_in_two",
    "place",
    "report_missing",
    "retire",
    "seal",
    "take_in_again",
    "take_over",
    "withdraw",
]
