"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "shifts:handover": "handover",
    "shifts:leaves:page": "leave",
    "shifts:log:page": "shift_note",
    "shifts:office:page": "office_check",
    "shifts:outings:page": "outing",
    "shifts:pass-ons:page": "pass_on",
    "shifts:permits:page": "web_permit",
    "shifts:phone-act": "handover",
    "shifts:phone-handover": "handover",
    "shifts:transfers:page": "transfer",
    "shifts:weather:page": "weather_watch",
}
# Words beside the number that an address wants.
WORDS = {
    "shifts:phone-act": {"label": "handover", "verb": "explain"},
}
# Their words name no thing of a project.
NO_THING = {"shifts:phone-new"}


def _shift_thing(label: str) -> Callable[[Community], Any]:
    """Two people who are not one, and an end after its beginning."""

    def make(community: Community) -> Any:
        other, later = community.staff["technician"], timezone.now() + timedelta(hours=1)
        given: dict[str, Any] = {
            "outing": {"told_to": other, "due_at": later},
            "web_permit": {"granted_by": other, "until_at": later},
            "transfer": {"receiver": other},
            "leave": {"until_at": later},
            "office_check": {"is_clean": True},
            "weather_watch": {"until_at": later, "needed": 2},
        }[label]
        return filled(subjects.model_of(label), community, **given)

    return make


def _weather_hour(community: Community) -> Any:
    watch, now = _shift_thing("weather_watch")(community), timezone.now()
    model = subjects.model_of("weather_hour")
    return filled(model, community, watch=watch, from_at=now, until_at=now + timedelta(hours=1), needed=2)


MAKERS: dict[str, Callable[[Community], Any]] = {
    "weather_hour": _weather_hour,
    "outing": _shift_thing("outing"),
    "web_permit": _shift_thing("web_permit"),
    "transfer": _shift_thing("transfer"),
    "leave": _shift_thing("leave"),
    "office_check": _shift_thing("office_check"),
    "weather_watch": _shift_thing("weather_watch"),
}
