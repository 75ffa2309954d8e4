"""Which posts keep which form: those that its clauses name, those that sign it, and the leads."""

from __future__ import annotations

from functools import cache

from guanjia import book
from guanjia.people import posts

LEADS = frozenset({posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER})
# What a line of work keeps in tables of its own, and the two that nobody fills in.
ELSEWHERE = frozenset({
    "F-REPAIR", "F-CALL", "F-MSG", "F-VISIT", "F-VISITOR", "F-GFT", "F-HAZ", "F-REV", "F-NDA", "F-OFFBOARD",
    "F-HANDOVER", "F-WORKLOG", "F-OUTING", "F-MEMO", "F-PARCEL", "F-PARCEL-CONSENT", "F-CUSTODY", "F-LOST",
    "F-SIGNIN", "F-LEAVE",
    "F-KEY-LIST", "F-KEY-LOG", "F-KEY-LOAN", "F-KEY-AUTH", "F-KEY-HANDOVER", "F-KEY-ISSUE",
    "F-CARE", "F-OWNER-FILE", "F-TENANT-FILE", "F-ARC-LIST", "F-ARC-LOAN", "F-ARC-DESTROY",
    "F-EXAM", "F-TRN", "F-TRN-PLAN", "F-HANDBOOK", "F-CERT",
})  # fmt: skip
NOT_KEPT = frozenset({"sop"})
# What the customer assistant does beside the steward (ORG-14): renovation plans, vacant homes, complaints handed on.
ASSISTED = frozenset({"F-REN-APPLY", "F-VAC-PAT", "F-VAC-SIGN", "F-CMP"})


@cache
def kept_forms() -> tuple[book.Form, ...]:
    """The forms of this room."""
    return tuple(f for f in book.forms() if f.id not in ELSEWHERE and f.kind not in NOT_KEPT)


@cache
def keepers(form_id: str) -> frozenset[str]:
    """Posts that fill this form in and read it."""
    form = book.form(form_id)
    named = {role for clause in form.clauses for role in book.clause(clause).roles} | set(form.signatures)
    if "all_staff" in named:
        return posts.EVERYONE
    if form_id in ASSISTED:
        named.add(posts.CUSTOMER_ASSISTANT)
    return LEADS | (named & posts.EVERYONE)


@cache
def forms_of(held: frozenset[str]) -> tuple[str, ...]:
    """The forms that these posts keep."""
    return tuple(form.id for form in kept_forms() if keepers(form.id) & held)


def verb_of(form: book.Form) -> str:
    """F-KEY-LOG → keep_key_log."""
    return f"keep_{form.id.removeprefix('F-').replace('-', '_').lower()}"
