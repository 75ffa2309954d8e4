"""The tables of this room."""

from .sharing import SharedWord
from .visitors import GATE, WATCHERS, Document, Means, Pass, Visitor, Watch, hashed

__all__ = ["GATE", "WATCHERS", "Document", "Means", "Pass", "SharedWord", "Visitor", "Watch", "hashed"]
