"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

# Address → the kind its number names.
ROWS = {
    "office:building": "building",
    "office:district": "district",
    "office:employee": "employee",
    "office:house": "house",
    "office:import": "import",
    "office:import_act": "import",
    "office:import_progress": "import",
    "office:import_report": "import",
    "office:outside": "channel",
    "office:resident": "resident",
    "office:shift": "duty",
}
# Words beside the number that an address wants.
WORDS = {
    "office:import_act": {"verb": "remap"},
    "office:outside": {"label": "channel"},
}
# These name their kind themselves: tried with every verb of every kind.
EVERY_VERB = {"office:do"}
# Their words name no thing of a project.
NO_THING = {"office:import_template"}
# Open in one state of the thing only, or to its one reader: this room's own tests try them.
ONE_STATE = {"office:import_report"}
