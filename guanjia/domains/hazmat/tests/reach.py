"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

# Address → the kind its number names.
ROWS = {
    "hazmat:anomalies:page": "hazmat_anomaly",
    "hazmat:draws:page": "hazmat_draw",
    "hazmat:lots:page": "hazmat_lot",
    "hazmat:permits:page": "hazmat_permit",
    "hazmat:phone-act": "hazmat_draw",
    "hazmat:stores:page": "hazmat_store",
    "hazmat:substances:page": "hazmat_substance",
}
# Words beside the number that an address wants.
WORDS = {
    "hazmat:phone-act": {"verb": "finish"},
}
# Their words name no thing of a project.
NO_THING = {"hazmat:phone-new"}


def _draw(community: Community) -> Any:
    model = subjects.model_of("hazmat_draw")
    return filled(model, community, issuer=community.staff["supervisor"])


def _permit(community: Community) -> Any:
    model = subjects.model_of("hazmat_permit")
    return filled(model, community, granter=community.staff["supervisor"])


MAKERS: dict[str, Callable[[Community], Any]] = {
    "hazmat_draw": _draw,
    "hazmat_permit": _permit,
}
