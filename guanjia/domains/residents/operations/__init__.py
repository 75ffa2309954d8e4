"""The verbs, a module each for people, homes, care and places."""

from .care import add_care_tag, add_emergency_contact, end_care_tag, give_consent, withdraw_consent
from .homes import add_occupancy, end_occupancy, name_head, open_access
from .moving_in import bring_in_buildings, bring_in_homes, bring_in_houses, bring_in_residents, bring_in_units
from .people import change_phone, correct, merge, register
from .places import change_use, close_house, register_building, register_house, register_spot

__all__ = [
    "add_care_tag",
    "add_emergency_contact",
    "add_occupancy",
    "bring_in_buildings",
    "bring_in_homes",
    "bring_in_houses",
    "bring_in_residents",
    "bring_in_units",
    "change_phone",
    "change_use",
    "close_house",
    "correct",
    "end_care_tag",
    "end_occupancy",
    "give_consent",
    "merge",
    "name_head",
    "open_access",
    "register",
    "register_building",
    "register_house",
    "register_spot",
    "withdraw_consent",
]
