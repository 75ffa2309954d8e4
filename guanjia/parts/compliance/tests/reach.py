"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

# Their words name no thing of a project.
NO_THING = {"compliance:rows"}
