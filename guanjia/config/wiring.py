"""Connects the rooms at start-up: rights, reactions, jobs. Idempotent."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from guanjia.kernel import reactions as kernel_reactions
from guanjia.kernel import rights
from guanjia.people import second

ROOMS = ("operations", "papers", "rights", "standards", "jobs", "imports", "handovers")


def connect() -> None:
    """Load every room's operations, rights, bindings and jobs, install the table of rights, check the reactions."""
    from . import approving, permissions, reactions

    for name in ("guanjia.kernel.seals", *(f"{c.name}.{room}" for c in apps.get_app_configs() for room in ROOMS)):
        if name.startswith("guanjia.") and find_spec(name) is not None:
            permissions.RIGHTS.update(getattr(import_module(name), "RIGHTS", {}))
    rights.set_policy(permissions.policy)
    second.learn(permissions.RIGHTS)
    reactions.bind()
    approving.bind()
    kernel_reactions.check_cycles()
