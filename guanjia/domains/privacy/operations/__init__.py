"""The verbs, a module each: seeing in full, agreement, rights, exports, requests about own data, erasure."""

from .agreements import sign_nda
from .backups import record_backup, record_trial
from .erasure import decide_keeping, erase, let_go
from .exports import export
from .looking import DOCUMENT_REASONS, REASONS, disclose, reveal, reveal_contact, reveal_document
from .requests import ask, decline, grant
from .rights import override_right

__all__ = [
    "DOCUMENT_REASONS",
    "REASONS",
    "ask",
    "decide_keeping",
    "decline",
    "disclose",
    "erase",
    "export",
    "grant",
    "let_go",
    "override_right",
    "record_backup",
    "record_trial",
    "reveal",
    "reveal_contact",
    "reveal_document",
    "sign_nda",
]
