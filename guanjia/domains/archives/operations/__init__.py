"""What is done with archives."""

from .destruction import clear, destroy, propose, tidy
from .filing import change_document, end, file_document, note_gone, open_file, place, update_list
from .lending import consult, copy, find_again, lend, show_to

__all__ = [
    "change_document", "clear", "consult", "copy", "destroy", "end", "file_document", "find_again", "lend", "note_gone",
    "open_file", "place", "propose", "show_to", "tidy", "update_list",
]  # fmt: skip
