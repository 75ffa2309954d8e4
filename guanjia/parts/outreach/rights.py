"""Everybody reads what they are told; administrators set up the ways out; who leads looks after what did not go."""

from guanjia.people import posts

from .models.channels import SETTERS
from .models.outbox import READERS

RIGHTS = {
    "outreach.read": posts.EVERYONE | {posts.RESIDENT},
    "outreach.read_all": posts.EVERYONE | {posts.RESIDENT},
    "outreach.wish_mail": posts.EVERYONE,
    "outreach.set_up_channel": SETTERS,
    "outreach.change_channel": SETTERS,
    "outreach.change_secret": SETTERS,
    "outreach.switch_off": SETTERS,
    "outreach.switch_on": SETTERS,
    "outreach.try_channel": SETTERS,
    "outreach.set_quiet_hours": SETTERS | posts.MANAGERS,
    "outreach.write_template": SETTERS | posts.MANAGERS,
    "outreach.change_template": SETTERS | posts.MANAGERS,
    "outreach.withdraw_template": SETTERS | posts.MANAGERS,
    "outreach.retry": READERS,
    "outreach.give_up": READERS,
    "outreach.stop_messages": posts.FILE_READERS | {posts.RESIDENT},
    "outreach.resume_messages": posts.FILE_READERS | {posts.RESIDENT},
    "outreach.prefer_way": posts.FILE_READERS | {posts.RESIDENT},
    "outreach.name_handle": SETTERS | {posts.HR_OFFICER},
}
