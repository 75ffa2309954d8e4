"""The tables of this room."""

from .handovers import TAKERS, Handover, HandoverLine
from .log import Note
from .passing import PassOn, Reader
from .presence import Outing, WebPermit
from .transfers import Transfer

__all__ = ["TAKERS", "Handover", "HandoverLine", "Note", "Outing", "PassOn", "Reader", "Transfer", "WebPermit"]
