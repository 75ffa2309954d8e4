"""Calls and what follows from them, walk-ins, what the counter keeps beside."""

from .calls import INPUT, Call, CallBack, Slip, Topic
from .counter import Assistance, WalkIn
from .library import PhoneCost, PrivateCall, StandardReply

__all__ = [
    "INPUT",
    "Assistance",
    "Call",
    "CallBack",
    "PhoneCost",
    "PrivateCall",
    "Slip",
    "StandardReply",
    "Topic",
    "WalkIn",
]
