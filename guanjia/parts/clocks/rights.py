"""Who may speak about a breach, and put forward that one is taken out of the rate: a second person decides."""

from guanjia.people import posts

_INVOLVED = posts.SERVICE | posts.ENGINEERING | posts.SUPERVISORS | posts.SECURITY

RIGHTS = {"clocks.give_reason": _INVOLVED, "clocks.exempt": _INVOLVED}
