"""The tables of hazardous goods."""

from .draws import Anomaly, Draw, DrawState, Permit, Seen
from .ledger import Kind, Lot, Movement
from .stores import Store, StoreKind, Substance, Unit

__all__ = [
    "Anomaly", "Draw", "DrawState", "Kind", "Lot", "Movement", "Permit", "Seen", "Store", "StoreKind", "Substance",
    "Unit",
]  # fmt: skip
