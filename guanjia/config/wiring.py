"""Connects the rooms at start-up: rights, reactions, jobs. Idempotent."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from guanjia.kernel import reactions as kernel_reactions
from guanjia.kernel import rights

ROOMS = ("operations", "standards", "jobs")


def connect() -> None:
    """Load every room's operations, bindings and jobs, install the table of rights, check the reactions."""
    for name in ("guanjia.kernel.seals", *(f"{c.name}.{room}" for c in apps.get_app_configs() for room in ROOMS)):
        if name.startswith("guanjia.") and find_spec(name) is not None:
            import_module(name)
    from . import permissions, reactions

    rights.set_policy(permissions.policy)
    reactions.bind()
    kernel_reactions.check_cycles()
