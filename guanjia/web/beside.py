"""What parts show beside any thing on its page (requests of approval …): registered once, drawn by `{% beside %}`.

A page says where; a part says what. Neither knows the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from guanjia.kernel.actors import Actor

Find = Callable[[Any, Actor], dict[str, Any] | None]
_panels: dict[str, Find] = {}


def show(template: str, find: Find) -> None:
    """Register a template and what it shows of a thing; where there is nothing, `find` returns None."""
    _panels[template] = find


def panels(thing: Any, by: Actor) -> Iterator[dict[str, Any]]:
    """Each with its `template`, which reads it as `panel`."""
    for template, find in _panels.items():
        if (found := find(thing, by)) is not None:
            yield {"template": template, **found}
