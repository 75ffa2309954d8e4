"""What is kept of visitors no longer than needed (F-VISITOR: a year), and what goes with an erased resident."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from guanjia.kernel import search
from guanjia.kernel.actors import Actor
from guanjia.kernel.models import PersonKey
from guanjia.kernel.operations import operation
from guanjia.people.erasing import NOBODY, erases
from guanjia.places.models import Project

from .. import queries
from ..forms import ForgetForm
from ..models import Pass, Visitor

AT_ONCE = 2000
GONE = {"name": NOBODY, "phone": "", "plate": "", "id_tail": ""}


@operation(Project, label=_("Forget old visitors"), form=ForgetForm, internal=True, clauses=["VIS-02"], icon="trash-x")
def forget(project: Project, *, by: Actor, before: datetime) -> None:
    """Names, numbers and plates of visits that ended before a moment; the keys that opened them in the journal too."""
    ids = list(queries.past_keeping(project, before).order_by("id").values_list("pk", flat=True)[:AT_ONCE])
    rows = Visitor.objects.filter(project=project, pk__in=ids)
    passes = Pass.objects.filter(project=project, until_at__lt=before).exclude(visitor=NOBODY)
    rows.update(**GONE, forgotten_at=by.at)
    _let_go(project.pk, "visitor", ids)
    PersonKey.objects.filter(project=project, label=Visitor._meta.label_lower, person_id__in=ids).delete()
    _let_go_of_passes(project.pk, list(passes.values_list("pk", flat=True)[:AT_ONCE]))


def _let_go(project_id: int, label: str, ids: Collection[int]) -> None:
    search.index_many(project_id, label, [(pk, "", ()) for pk in ids])


def _let_go_of_passes(project_id: int, ids: Collection[int]) -> None:
    Pass.objects.filter(project_id=project_id, pk__in=ids).update(visitor=NOBODY, plate="", code="")
    _let_go(project_id, "visitor_pass", ids)


@erases
def guests(ids: Collection[int], project_id: int, at: datetime) -> None:
    """Whom an erased resident expected is nobody's business any more; their passes open no more."""
    mine = Pass.objects.filter(project_id=project_id, resident_id__in=ids)
    mine.filter(state=Pass.State.VALID).update(state=Pass.State.REVOKED)
    _let_go_of_passes(project_id, list(mine.values_list("pk", flat=True)))
