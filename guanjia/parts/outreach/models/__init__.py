"""Notices inside the program; channels, templates and the outbox; wishes of residents."""

from .channels import Channel, Hours, Template
from .notices import MailWish, Notice, Told
from .outbox import Kind, Message, Purpose
from .wishes import Handle, Stop, Wish

__all__ = [
    "Channel",
    "Handle",
    "Hours",
    "Kind",
    "MailWish",
    "Message",
    "Notice",
    "Purpose",
    "Stop",
    "Template",
    "Told",
    "Wish",
]
