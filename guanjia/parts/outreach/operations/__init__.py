"""Reading what one is told; channels and templates; the outbox; what residents wish."""

from .channels import change_channel, change_secret, set_quiet_hours, set_up_channel, switch_off, switch_on, try_channel
from .outbox import give_up, retry
from .reading import read, read_all, wish_mail
from .templates import change_template, withdraw_template, write_template
from .wishes import bind_handle, name_handle, prefer_way, resume_messages, stop_messages, unbind_wechat

__all__ = [
    "bind_handle",
    "change_channel",
    "change_secret",
    "change_template",
    "give_up",
    "name_handle",
    "prefer_way",
    "read",
    "read_all",
    "resume_messages",
    "retry",
    "set_quiet_hours",
    "set_up_channel",
    "stop_messages",
    "switch_off",
    "switch_on",
    "try_channel",
    "unbind_wechat",
    "wish_mail",
    "withdraw_template",
    "write_template",
]
