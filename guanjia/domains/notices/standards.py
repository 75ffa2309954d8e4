"""What executes the clauses of notices. NTC-03 (posting on paper) is kept among the entries."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.models import Event
from guanjia.parts.obligations.rules import owed, the_project
from guanjia.parts.standards.bindings import bind_capability

from .models import Bulletin, Kind


def is_of_law(event: Event, bulletin: Bulletin) -> bool:
    return bulletin.kind == Kind.POLICY


bind_capability("NTC-05", page="notices:list", operation="notices.publish")
owed(
    "NTC-04", key="notices.policy", subject="project", label=_("Law and estate rules told to residents"),
    subjects=the_project, settles=["notices.publish"], counts=is_of_law, url="notices:list",
)  # fmt: skip
