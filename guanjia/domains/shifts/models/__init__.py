"""The tables of this room."""

from .attendance import Leave, OfficeCheck, WeatherHour, WeatherWatch
from .handovers import TAKERS, Handover, HandoverLine
from .log import Note
from .passing import PassOn, Reader
from .presence import Outing, WebPermit
from .transfers import Transfer

__all__ = [
    "TAKERS", "Handover", "HandoverLine", "Leave", "Note", "OfficeCheck", "Outing", "PassOn", "Reader", "Transfer",
    "WeatherHour", "WeatherWatch", "WebPermit",
]  # fmt: skip
