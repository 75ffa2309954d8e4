"""Plain field substitution: names in braces from a list, nothing else. No expression, no attribute, no format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from .kinds import KINDS

NAME = re.compile(r"\{([a-z_]{1,20})\}")
# What may stand in a template: name → what it is, and how long it becomes at most.
FIELDS: dict[str, tuple[Any, int]] = {
    "project": (_("Name of the project"), 20),
    "hotline": (_("Hotline"), 14),
    "number": (_("Number of the report"), 16),
    "clause": (_("Clause"), 8),
    "count": (_("How many"), 4),
    "words": (_("What is said in the program"), 40),
    "code": (_("Code of a sign-in or a parcel"), 8),
    "minutes": (_("Minutes it is good for"), 3),
    "month": (_("Month"), 8),
    "amount": (_("Amount"), 12),
    "due_on": (_("Day it is due"), 10),
}
COMMON = frozenset({"project", "hotline", "number", "clause", "count", "words"})
CODE = "code"
# What templates may be about beside the kinds of notice, and the fields that each has beyond the common ones.
OWN: dict[str, tuple[Any, frozenset[str]]] = {
    CODE: (_("Sign-in code"), frozenset({"project", "hotline", "code", "minutes"})),
    "bill": (_("A bill is ready"), frozenset({"project", "hotline", "month", "amount", "due_on"})),
    "dunning": (_("A fee is overdue"), frozenset({"project", "hotline", "month", "amount", "due_on"})),
    "survey": (_("A survey"), frozenset({"project", "hotline", "words"})),
    "bulletin": (_("Community notice"), frozenset({"project", "hotline", "words"})),
}


def abouts() -> list[tuple[str, Any]]:
    """What a template may be about."""
    from django.utils.translation import gettext

    plain = [(key, gettext(kind.title) % _blank()) for key, kind in KINDS.items() if key not in OWN]
    return [*((key, label) for key, (label, _fields) in OWN.items()), *plain]


def _blank() -> dict[str, str]:
    return {"number": "…", "clause": "…", "count": "…", "said": "…", CODE: "…"}


def allowed(about: str) -> frozenset[str]:
    """The names a template about this may use."""
    if about in OWN:
        return OWN[about][1]
    has_code = about in KINDS and f"%({CODE})s" in str(KINDS[about].title)
    return COMMON | {CODE} if has_code else COMMON


def names_in(text: str) -> list[str]:
    """Names in the order they stand."""
    return NAME.findall(text)


def strays(text: str, about: str) -> list[str]:
    """What looks like a field and is none: an unknown name, or a brace that belongs to nothing."""
    unknown = [name for name in names_in(text) if name not in allowed(about)]
    rest = NAME.sub("", text)
    return unknown + [c for c in "{}" if c in rest]


def filled(text: str, values: Mapping[str, Any]) -> str:
    """The text with its fields; a value that is missing leaves nothing behind, never a name in braces."""
    return NAME.sub(lambda match: _plain(values.get(match[1], "")), text)


def _plain(value: Any) -> str:
    """One line: a value never brings a line, or a signature, of its own."""
    return re.sub(r"[\s【】\x00-\x1f]+", " ", str(value)).strip()


def longest(text: str) -> int:
    """How many characters the text has at most when it is filled."""
    return len(NAME.sub("", text)) + sum(FIELDS[name][1] for name in names_in(text) if name in FIELDS)


def parts(length: int) -> int:
    """How many short messages a text is billed as: 70 characters, or 67 each when there are more."""
    return 1 if length <= 70 else -(-length // 67)
