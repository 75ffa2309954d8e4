"""Who receives writes down; supervisors note, release and enter costs; anybody acknowledges what is for them."""

from guanjia.people import posts

_COUNTER = posts.SERVICE | posts.SUPERVISORS
_LEADS = frozenset({posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER})
RIGHTS = {
    **{
        f"reception.{verb}": _COUNTER
        for verb in (
            "log", "reply_call", "ring_back", "show_number", "take_message", "pass_on", "receive", "see_off",
            "complete", "reply_walk_in", "help_out", "print_register",
        )
    },
    "reception.note_call": _LEADS,
    "reception.note_walk_in": _LEADS,
    "reception.acknowledge": posts.EVERYONE,
    "reception.write_reply": _LEADS | {posts.SERVICE_OFFICER, posts.RECEPTIONIST},
    "reception.revise_reply": _LEADS | {posts.SERVICE_OFFICER, posts.RECEPTIONIST},
    "reception.release_reply": _LEADS,
    "reception.retire_reply": _LEADS,
    "reception.enter_phone_cost": _LEADS,
    "reception.note_private_call": posts.EVERYONE,
}  # fmt: skip
