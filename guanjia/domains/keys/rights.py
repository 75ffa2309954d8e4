"""Who keeps keys. Which keys somebody may borrow follows from their post (KEY-14 of the Book)."""

from guanjia.people import posts

from .gates import CUSTODIANS, HEADS, KEEPERS

LEAD = posts.SUPERVISORS | {posts.KEY_CUSTODIAN}
KEYHOLDERS = KEEPERS | posts.ENGINEERING
RIGHTS = {
    "keys.add_cabinet": LEAD | {posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER},
    "keys.change_cabinet": LEAD | {posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER},
    "keys.bring_in_cabinets": LEAD | {posts.SERVICE_LEAD, posts.ADMINISTRATOR},
    "keys.take_over": KEEPERS,
    "keys.bring_in_keys": LEAD | {posts.SERVICE_LEAD, posts.ADMINISTRATOR},
    "keys.place": KEEPERS,
    "keys.seal": KEEPERS,
    "keys.entrust": CUSTODIANS | HEADS,
    "keys.lend": KEYHOLDERS,
    "keys.lend_in_two": CUSTODIANS | HEADS,
    "keys.report_missing": KEYHOLDERS,
    "keys.find_again": KEEPERS,
    "keys.retire": LEAD | {posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER},
    "keys.duplicate": KEEPERS,
    "keys.authorise": CUSTODIANS | {posts.STEWARD} | posts.SUPERVISORS,
    "keys.withdraw": CUSTODIANS | {posts.STEWARD} | posts.SUPERVISORS,
    "keys.print_paper": CUSTODIANS | {posts.STEWARD} | posts.SUPERVISORS,
    "keys.issue": LEAD | {posts.SERVICE_OFFICER},
    "keys.take_in_again": CUSTODIANS | {posts.STEWARD} | posts.SUPERVISORS,
    "keys.choose_tags": posts.SUPERVISORS,
    "keys.print_sheet": KEEPERS,
}
