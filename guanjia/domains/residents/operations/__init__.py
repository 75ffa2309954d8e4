"""The verbs, a module each for people, homes, places, care, care files, profiles and referrals."""

from .care import add_care_tag, add_emergency_contact, end_care_tag, give_consent, withdraw_consent
from .care_files import (
    end_care_file,
    improve_experience,
    keep_care_file,
    open_care_file,
    share_experience,
)
from .confirming import confirm_household
from .homes import add_occupancy, end_occupancy, name_head, open_access
from .moving_in import bring_in_buildings, bring_in_homes, bring_in_houses, bring_in_residents, bring_in_units
from .people import change_phone, correct, merge, register
from .places import change_use, close_house, register_building, register_house, register_spot
from .profiles import assess_needs, classify, follow_closely, rate_loyalty, stop_following, take_measure
from .referrals import join_referral, lapse_referral, note_referral, reward_referral

__all__ = [
    "add_care_tag",
    "add_emergency_contact",
    "add_occupancy",
    "assess_needs",
    "bring_in_buildings",
    "bring_in_homes",
    "bring_in_houses",
    "bring_in_residents",
    "bring_in_units",
    "change_phone",
    "change_use",
    "classify",
    "close_house",
    "confirm_household",
    "correct",
    "end_care_file",
    "end_care_tag",
    "end_occupancy",
    "follow_closely",
    "give_consent",
    "improve_experience",
    "join_referral",
    "keep_care_file",
    "lapse_referral",
    "merge",
    "name_head",
    "note_referral",
    "open_access",
    "open_care_file",
    "rate_loyalty",
    "register",
    "register_building",
    "register_house",
    "register_spot",
    "reward_referral",
    "share_experience",
    "stop_following",
    "take_measure",
    "withdraw_consent",
]
