"""Who signs a form, in which line: each person once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guanjia import book
from guanjia.book import Field

# A field of this name says no more than the lines of those who sign the form.
PLAIN = frozenset({"签名", "双方签字"})
Line = tuple[str, str, str]


def signatures(form: book.Form, signed: Mapping[str, Any], zone: ZoneInfo) -> list[dict[str, Any]]:
    """One line a signer, in signing order; what is not signed stays open for the pen.

    `signed` maps a role (or the key of a signature field) to (name, moment) or (name, moment, PNG).
    """
    plain = {f.key for f in _own(form) if f.name in PLAIN} if form.signatures else set()
    lines = [line for line in lines_to_sign(form) if line[0] not in plain or signed.get(line[0])]
    return [{"label": label, **_signed(signed.get(key) or signed.get(role), zone)} for key, label, role in lines]


def below(form: book.Form, signed: Mapping[str, Any], zone: ZoneInfo) -> list[dict[str, Any]]:
    """The lines under a register: of whoever keeps it. Who signs each row has a column instead."""
    lines = [line for line in lines_to_sign(form) if line[0] not in {field.key for field in _own(form)}]
    lines = [line for line in lines if line[2] not in _outsiders(form)]
    return [{"label": label, **_signed(signed.get(key), zone)} for key, label, _role in lines]


def strangers(form: book.Form) -> list[Field]:
    """Columns for those from outside who sign a register that names no field for it: each signs the own row."""
    return [Field(_signer(role), role, "signature", is_required=False) for role in _outsiders(form)]


def _outsiders(form: book.Form) -> list[str]:
    if form.kind != "register" or _own(form):
        return []
    return [role for role in form.signatures if book.role(role).is_external]


def lines_to_sign(form: book.Form) -> list[Line]:
    """(key, label, role) of each line that waits for a name; a signature field that names nobody has no role."""
    own, stand_for = _own(form), _fields_of_roles(form)
    lines = [(field.key, field.name, "") for field in own if field not in stand_for.values()]
    for number, role in enumerate(form.signatures):
        if number in stand_for:
            lines.append((stand_for[number].key, stand_for[number].name, role))
            continue
        turn = form.signatures[:number].count(role) + 1
        again = form.signatures.count(role) > 1
        lines.append((f"{role}:{turn}", _one_of(form, role, turn), role) if again else (role, _signer(role), role))
    return lines


def _own(form: book.Form) -> list[Field]:
    return [field for field in form.fields if field.type == "signature"]


def _fields_of_roles(form: book.Form) -> dict[int, Field]:
    """Which signer (by place in the signing order) each signature field stands for.

    In a register the row is signed last: 领取签名 by the resident, 交班签字 and 接班签字 by the two. A form of as many
    fields as signers names them all; otherwise a field is somebody's whose name begins it, 业主签字 the owner's.
    """
    own = [field for field in _own(form) if field.name not in PLAIN]
    roles = form.signatures
    if form.kind == "register" or len(own) == len(roles):
        return dict(zip(range(len(roles) - len(own), len(roles)), own, strict=True)) if len(own) <= len(roles) else {}
    names = {field.name: field for field in own}
    found = {n: next((f for name, f in names.items() if name.startswith(_name(r))), None) for n, r in enumerate(roles)}
    return {number: field for number, field in found.items() if field is not None}


def _one_of(form: book.Form, role: str, turn: int) -> str:
    """Two of one post, as the form calls them: 移交人 and 接替人, 见证人一 and 见证人二."""
    two = ("giver", "receiver")
    named = {field.key: field.name for field in form.fields}
    name = named.get(f"{role}{turn}") or (named.get(two[turn - 1], "") if turn <= len(two) else "")
    return f"{name}签名" if name else _signer(role)


def _name(role: str) -> str:
    """The role's first name: 客服主管（客服主任、客务主管） signs as 客服主管."""
    return book.role(role).zh.partition("（")[0]


def _signer(role: str) -> str:
    return "员工签名" if role == "all_staff" else f"{_name(role)}签名"


def _signed(value: Any, zone: ZoneInfo) -> dict[str, Any]:
    if not value:
        return {"name": "", "on": "", "image": []}
    name, at, *picture = value
    day = at.astimezone(zone) if isinstance(at, datetime) else at
    return {
        "name": str(name),
        "on": f"{day:%Y-%m-%d}" if day else "",
        "image": list(picture[0]) if picture and picture[0] else [],
    }
