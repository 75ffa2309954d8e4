"""Whoever speaks with households takes down what they ask; the gate reads it, and hears some of it first."""

from guanjia.people import posts

_NOTE = posts.SERVICE | posts.SUPERVISORS | {posts.SECURITY_MANAGER, posts.RESIDENT}
RIGHTS = {"instructions.note": _NOTE, "instructions.end": _NOTE}
