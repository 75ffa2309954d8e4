"""Who is watched for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actors import Actor
from guanjia.kernel.operations import operation
from guanjia.places.models import Project

from ..forms import LiftForm, WatchForm
from ..models import Watch, hashed


@operation(Project, label=_("Put on the watch list"), form=WatchForm, creates=Watch, icon="user-shield")
def put_on_watch(project: Project, *, by: Actor, phone: str, id_number: str, **given: Any) -> Watch:
    """From now on the gate stops them, or lets them in and tells security. Number and document stay as hashes only."""
    return Watch.objects.create(
        project=project, added_by_id=by.id, added_at=by.at, moved_at=by.at, phone_hash=hashed("phone", phone),
        document_hash=hashed("document", id_number), **given,
    )  # fmt: skip


@operation(Watch, label=_("Take off the list"), form=LiftForm, icon="circle-check")
def lift(watch: Watch, *, by: Actor, why: str) -> None:
    """Not watched for any more, and why."""
    watch.lifted_why = why
