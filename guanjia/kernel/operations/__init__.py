"""`@operation`: every change anyone can make is one function with one home.

The decorator, and nothing else, does: the right, the reach, the row lock, the state move (compare-and-set on `FLOW`),
the `needs`, the second person, the guards, the form, the transaction, the event, the reactions, the search row, the
idempotency key. The body holds only what depends on arguments. A refusal changes nothing, the caller's object included.

`declaring` is the decorator and the registry, `verbs` what a page may ask of a verb, `checking` the refusals,
`guards` the hook of approvals, `running` the one way through, `batches` the same for many rows at once.
"""

from ..outcomes import Outcome, RefusedRows, Stored
from .batches import Batch, refuse_doubles
from .checking import CLOCK_SKEW, OLDEST_CLAIM
from .declaring import offers, on, operation, registry
from .guards import Call, Outlook, forecast, guard, outlook, rehearse
from .running import Operation
from .verbs import Need, Offer, need

__all__ = [
    "CLOCK_SKEW", "OLDEST_CLAIM", "Batch", "Call", "Need", "Offer", "Operation", "Outcome", "Outlook", "RefusedRows",
    "Stored", "forecast", "guard", "need", "offers", "on", "operation", "outlook",
    "refuse_doubles", "registry", "rehearse",
]  # fmt: skip
