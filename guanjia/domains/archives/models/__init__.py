"""The tables of archives."""

from .destruction import Clearing, Destruction, DestructionLine, Tidying
from .files import ArchiveFile, FileKind, FileState
from .papers import Consultation, Document, DocumentState, Scan, Secrecy

__all__ = [
    "ArchiveFile", "Clearing", "Consultation", "Destruction", "DestructionLine", "Document", "DocumentState",
    "FileKind", "FileState", "Scan", "Secrecy", "Tidying",
]  # fmt: skip
