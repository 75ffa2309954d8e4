"""Who answers for a team, a project or the group takes the sums out."""

from .queries import READERS

RIGHTS = {"compliance.export": READERS}
