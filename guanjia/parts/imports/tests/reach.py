"""What the numbers in this room's addresses name, and a thing of each kind to try them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guanjia.kernel import subjects
from guanjia.people.tests.cast import Community
from guanjia.people.tests.filling import filled

MAKERS: dict[str, Callable[[Community], Any]] = {
    "import": lambda community: filled(subjects.model_of("import"), community, kind="homes"),
}
