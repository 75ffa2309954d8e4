"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

# Address → the kind its number names.
ROWS = {
    "portal:bulletin": "bulletin",
    "portal:act": "case",
    "portal:follow": "notice",
    "portal:matter": "case",
    "portal:pass": "visitor_pass",
}
# Words beside the number that an address wants.
WORDS = {
    "portal:act": {"verb": "chase"},
}
# For everybody who lives in the project.
NEIGHBOURS = {"portal:bulletin"}
# Open in one state of the thing only, or to its one reader: this room's own tests try them.
ONE_STATE = {"portal:follow"}
