"""The gate admits; households issue passes, the counter for them; few keep the watch list."""

from guanjia.people import posts

from .models import GATE, WATCHERS
from .models.sharing import SIDES

_ISSUE = posts.COUNTER | posts.SUPERVISORS | {posts.STEWARD, posts.SERVICE_LEAD, posts.RESIDENT}
RIGHTS = {
    **{
        f"visitors.{verb}": GATE
        for verb in (
            "arrive", "identify", "confirm", "admit", "admit_with_pass", "turn_away", "leave", "print_register",
        )
    },
    "visitors.share": SIDES,
    "visitors.answer_word": SIDES,
    "visitors.issue": _ISSUE,
    "visitors.revoke": _ISSUE,
    "visitors.clear": WATCHERS - {posts.CONTROL_ROOM},
    "visitors.put_on_watch": WATCHERS - {posts.CONTROL_ROOM},
    "visitors.lift": WATCHERS - {posts.CONTROL_ROOM},
}  # fmt: skip
