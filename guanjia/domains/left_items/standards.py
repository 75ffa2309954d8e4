"""What executes DESK-14 (the approval itself is a rule of `parts/approvals`) and DESK-15."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guanjia.parts.clocks.rules import by_attribute, clock
from guanjia.parts.custody import kinds
from guanjia.parts.standards.bindings import bind_record

from .models import LeftItem, State
from .rights import KEEPERS


def _keeper(item: LeftItem) -> int:
    return int(item.keeper_id)


kinds.keep(
    LeftItem, title=_("Things left with us"), icon="archive", keepers=KEEPERS, list_name="left_items:list",
    in_keeping=lambda project: LeftItem.objects.filter(project=project, state=State.KEPT),
)  # fmt: skip
clock(
    "HOUSE-06", key="left_items.collect", subject="left_item", verb=_("be collected"), executor=_keeper,
    due=by_attribute("due_at"), starts=["left_items.take_in"], stops=["left_items.collect"],
    reviews=["left_items.agree_later"], evidence="left_items:list",
)  # fmt: skip
bind_record("DESK-15", form="F-CUSTODY", label="left_item", evidence="left_items:list")
