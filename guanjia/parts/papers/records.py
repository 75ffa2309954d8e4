"""What a printed record says of itself: whose paper it is and which seal covers it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.utils.translation import override

from guanjia.kernel import subjects
from guanjia.kernel.models import Event, Seal

RECENT = 20
P = ParamSpec("P")


def on_paper(make: Callable[P, bytes]) -> Callable[P, bytes]:
    """A sheet is Simplified Chinese whoever prints it: so are the words for states, posts and shifts on it."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> bytes:
        with override("zh-hans"):
            return make(*args, **kwargs)

    return made


def heading(project: Any) -> str:
    """Over every sheet: the community's service centre."""
    return f"{project.name}客户服务中心"


def seal_of(thing: Any) -> str:
    """The youngest seal over the thing's events, short enough to compare by eye; empty before the first."""
    events = Event.objects.filter(
        project_id=thing.project_id, subject_label=subjects.label_of(thing), subject_id=thing.pk
    )
    ids = set(events.order_by("-id").values_list("pk", flat=True)[:RECENT])
    if not ids:
        return ""
    found = ""
    seals = Seal.objects.filter(project_id=thing.project_id, last_id__gte=min(ids)).order_by("number")
    for digest, covered in seals.values_list("digest", "event_ids")[:RECENT]:
        if ids & set(covered):
            found = f"{digest[:4]}-{digest[4:8]}".upper()
    return found


def is_printing(operation: Any) -> bool:
    """Verbs that only put on record that a sheet was printed: a page offers them as sheets, not as steps."""
    return str(operation.verb).startswith("print_")
