"""Everybody reads what they are told; administrators set up the ways out; who leads looks after what did not go."""

from guanjia.people import posts

from .models.outbox import READERS

RIGHTS = {
    "outreach.read": posts.EVERYONE | {posts.RESIDENT},
    "outreach.read_all": posts.EVERYONE | {posts.RESIDENT},
    "outreach.wish_mail": posts.EVERYONE,
    "outreach.set_up_channel": posts.SETTERS,
    "outreach.change_channel": posts.SETTERS,
    "outreach.change_secret": posts.SETTERS,
    "outreach.switch_off": posts.SETTERS,
    "outreach.switch_on": posts.SETTERS,
    "outreach.try_channel": posts.SETTERS,
    "outreach.set_quiet_hours": posts.SETTERS | posts.MANAGERS,
    "outreach.write_template": posts.SETTERS | posts.MANAGERS,
    "outreach.change_template": posts.SETTERS | posts.MANAGERS,
    "outreach.withdraw_template": posts.SETTERS | posts.MANAGERS,
    "outreach.retry": READERS,
    "outreach.give_up": READERS,
    "outreach.stop_messages": posts.FILE_READERS | {posts.RESIDENT},
    "outreach.resume_messages": posts.FILE_READERS | {posts.RESIDENT},
    "outreach.unbind_wechat": posts.FILE_READERS | {posts.RESIDENT},
    "outreach.prefer_way": posts.FILE_READERS | {posts.RESIDENT},
    "outreach.name_handle": posts.SETTERS | {posts.HR_OFFICER},
}
