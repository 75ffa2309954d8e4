"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

# Address → the kind its number names.
ROWS = {"papers:sheet": "gift"}
# Words beside the number that an address wants; every other paper is tried in `tests/test_papers.py`.
WORDS = {"papers:sheet": {"label": "gift", "room": "gifts", "verb": "print_record"}}
# Their words name no thing of a project.
NO_THING = {"papers:blank"}
