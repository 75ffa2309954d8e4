"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

# Address → the kind its number names.
ROWS = {
    "field:act": "case",
    "field:call": "case",
    "field:case": "case",
    "field:contact": "case",
    "field:duty": "duty",
    "field:follow": "notice",
    "field:gate-act": "visitor",
    "field:gate-pass": "visitor_pass",
    "field:gate-visitor": "visitor",
    "field:timeline": "case",
}
# Words beside the number that an address wants.
WORDS = {
    "field:act": {"verb": "accept"},
    "field:duty": {"verb": "sign_in"},
    "field:gate-act": {"verb": "turn_away"},
}
