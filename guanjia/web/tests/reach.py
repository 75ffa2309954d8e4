"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

# These name their kind themselves: tried with every verb of every kind.
EVERY_VERB = {"acts:do", "acts:choices"}
# Their words name no thing of a project.
NO_THING = {"web:sheet"}
