"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "reception:call": "call",
    "reception:call-back": "call_back",
    "reception:cost": "phone_cost",
    "reception:helped": "assistance",
    "reception:number": "call_back",
    "reception:private-call": "private_call",
    "reception:reply": "standard_reply",
    "reception:slip": "message_slip",
    "reception:walk-in": "walk_in",
}


MAKERS: dict[str, Callable[[Community], Any]] = {
    "call": lambda community: filled(subjects.model_of("call"), community, content="问电梯何时恢复"),
}
