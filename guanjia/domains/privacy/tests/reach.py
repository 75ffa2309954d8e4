"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

# Address → the kind its number names.
ROWS = {
    "privacy:backup": "backup_run",
    "privacy:page": "data_request",
}
