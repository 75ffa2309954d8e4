"""Who keeps the files of residents and places."""

from guanjia.people import posts

from .models import READERS

_FILES = posts.SERVICE | {posts.PROJECT_MANAGER}
_LEADS = frozenset(
    {posts.SERVICE_LEAD, posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER, posts.ADMINISTRATOR}
)
_HOMES = _LEADS | {posts.STEWARD, posts.SERVICE_OFFICER}

# Care and profiles: who serves at the counter and in the districts, and who leads them.
_SERVES = READERS
_GIVES = _LEADS - {posts.ADMINISTRATOR}

RIGHTS = {
    "residents.register": _FILES,
    "residents.correct": _FILES,
    "residents.change_phone": _FILES,
    "residents.add_occupancy": _HOMES,
    "residents.end_occupancy": _HOMES,
    "residents.name_head": _HOMES,
    "residents.open_access": _HOMES,
    "residents.merge": _LEADS,
    "residents.give_consent": _FILES | {posts.RESIDENT},
    "residents.withdraw_consent": _FILES | {posts.RESIDENT},
    "residents.add_care_tag": _FILES,
    "residents.end_care_tag": _FILES,
    "residents.add_emergency_contact": _FILES,
    "residents.register_building": _LEADS,
    "residents.register_house": _LEADS,
    "residents.register_spot": _LEADS,
    "residents.change_use": _HOMES,
    "residents.close_house": _LEADS,
    "residents.bring_in_buildings": _LEADS,
    "residents.bring_in_units": _LEADS,
    "residents.bring_in_houses": _LEADS,
    "residents.bring_in_residents": _LEADS,
    "residents.bring_in_homes": _LEADS,
    "residents.confirm_household": _FILES | {posts.RESIDENT},
    "residents.open_care_file": _SERVES,
    "residents.keep_care_file": _SERVES,
    "residents.end_care_file": _GIVES | {posts.STEWARD},
    "residents.print_care_file": _SERVES,
    "residents.share_experience": _SERVES,
    "residents.improve_experience": _SERVES,
    "residents.classify": _SERVES,
    "residents.follow_closely": _GIVES | {posts.STEWARD},
    "residents.stop_following": _GIVES,
    "residents.assess_needs": _SERVES,
    "residents.rate_loyalty": _SERVES,
    "residents.take_measure": _SERVES,
    "residents.note_referral": _SERVES,
    "residents.join_referral": _SERVES,
    "residents.reward_referral": _GIVES,
    "residents.lapse_referral": _SERVES,
}
