"""Who may do what to people's own accounts: everybody to their own."""

from . import posts

_ALL = posts.EVERYONE | {posts.RESIDENT}
RIGHTS = {
    "people.change_password": _ALL,
    "people.set_language": _ALL,
    "people.set_pin": _ALL,
    "people.enrol_second_factor": _ALL,
    "people.renew_recovery_codes": _ALL,
    # The one act on somebody else: a lost phone is the company's matter, like a lost password.
    "people.reset_second_factor": frozenset({posts.ADMINISTRATOR, posts.HR_OFFICER}),
}
