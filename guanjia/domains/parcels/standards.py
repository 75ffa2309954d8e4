"""What executes the clauses of parcels; most are gates of `accept` and `hand_over`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.clocks.rules import clock
from guanjia.parts.custody import kinds
from guanjia.parts.standards.bindings import bind_procedure, bind_record

from .models import Parcel, State
from .rights import COUNTER


def _keeper(parcel: Parcel) -> int:
    return int(parcel.keeper_id)


def is_signed_for(parcel: Parcel) -> bool:
    """Parcels and registered letters; the others go round the same day."""
    return bool(parcel.code)


kinds.keep(
    Parcel, title=_("Parcels and letters"), icon="package", keepers=COUNTER, list_name="parcels:list",
    in_keeping=lambda project: Parcel.objects.filter(project=project, state=State.WAITING),
)  # fmt: skip
clock(
    "HOUSE-05", key="parcels.collect", subject="parcel", verb=_("be collected"), executor=_keeper,
    only_if=is_signed_for, starts=["parcels.accept", "parcels.receive_mail"],
    stops=["parcels.hand_over", "parcels.send_back", "parcels.report_missing"], evidence="parcels:list",
)  # fmt: skip
bind_record("PAR-05", form="F-PARCEL", label="parcel", evidence="parcels:list")
bind_procedure("PAR-08", steps="parcels.hand_round", page="parcels:letters")
