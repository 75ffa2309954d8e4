"""Lending at the counter is one of the helps of DESK-13."""

from django.utils.translation import gettext_lazy as _

from guanjia.parts.custody import kinds
from guanjia.parts.custody.due import chased
from guanjia.parts.standards.bindings import bind_capability
from guanjia.people import posts

from .models import Borrowable, State

kinds.keep(
    Borrowable, title=_("Things to lend"), icon="umbrella", list_name="goods:list",
    keepers=posts.COUNTER | posts.SUPERVISORS | {posts.STEWARD, posts.SERVICE_LEAD},
    in_keeping=lambda project: Borrowable.objects.filter(project=project, state__in=[State.IN_STORE, State.LENT]),
)  # fmt: skip
chased("goods", "borrowable", ["goods.lend"])
bind_capability("DESK-13", operation="goods.lend", page="goods:list")
