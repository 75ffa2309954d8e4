"""`permissions [--check]`: docs/permissions.md, the table of all operations × posts and of every address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import URLPattern, get_resolver
from django.utils import translation

from guanjia.config.permissions import RIGHTS
from guanjia.kernel import operations
from guanjia.kernel.operations import Operation
from guanjia.people import posts

PAGE = Path(settings.BASE).parent / "docs" / "permissions.md"
# The decorator at a view → who gets past it. A view without one of these is open to anyone.
DOORS = {
    "staff_page": "staff of the project",
    "desk_page": "staff of the desk at the project",
    "phone_page": "staff of the project",
    "resident_page": "residents of the project",
    "member_page": "staff and residents of the project",
    "signed_in": "whoever is signed in",
    "board_page": "leaders of the project",
    "display_page": "a paired display",
    "token_door": "whoever has a living token",
}
ANYONE = "anyone"
HEAD = """# Who may do what

Written by `guanjia manage permissions` from the registry of operations and each room's `rights.py`; a test keeps it
up to date. A post that has no ● may not; a project may give or take a right by an approved operation. Nobody reaches
another project's things, whatever the post: that is `visible_to`, not a right.
"""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether the page is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        text = page()
        if not options["check"]:
            PAGE.write_text(text, encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            raise CommandError("docs/permissions.md is out of date: run `guanjia manage permissions`")


def page() -> str:
    """The whole page."""
    with translation.override("en"):
        return "\n".join([HEAD, *_operations(), *_addresses()]) + "\n"


def performed() -> list[Operation]:
    """Every operation of the product, rooms that exist for tests left out."""
    return [o for o in operations.registry.values() if not _is_of_tests(o)]


def _is_of_tests(operation: Operation) -> bool:
    return ".tests." in operation.body.__module__


def _operations() -> Iterator[str]:
    rooms: dict[str, list[Operation]] = {}
    for operation in performed():
        rooms.setdefault(operation.name.partition(".")[0], []).append(operation)
    columns = [*posts.NAMES, posts.RESIDENT]
    yield "## Operations\n"
    yield "\n".join(f"- **{_short(post)}** {posts.NAMES.get(post, 'Resident')} (`{post}`)" for post in columns)
    for room in sorted(rooms):
        yield f"\n### {room}\n"
        yield "| operation | | clauses | " + " | ".join(_short(post) for post in columns) + " |"
        yield "|---|---|---|" + ":-:|" * len(columns)
        for operation in rooms[room]:
            yield _row(operation, columns)


def _row(operation: Operation, columns: list[str]) -> str:
    allowed = RIGHTS.get(operation.name, frozenset())
    marks = ["●" if post in allowed else "" for post in columns]
    label = f"{operation.label}{' *(the system only)*' if operation.internal else ''}"
    return f"| `{operation.name}` | {label} | {' '.join(operation.clauses)} | " + " | ".join(marks) + " |"


def _short(post: str) -> str:
    """service_manager → SM, cashier → CAS; the security posts are told from the service posts by a letter more."""
    words = post.split("_")
    if words[0] == "security":
        return f"SE{words[1][0]}".upper()
    return "".join(w[0] for w in words).upper() if len(words) > 1 else post[:3].upper()


def _addresses() -> Iterator[str]:
    yield "\n## Addresses\n"
    yield "| address | name | who opens it |"
    yield "|---|---|---|"
    for address, name, view in sorted(addresses(), key=lambda row: row[:2]):
        yield f"| `{address.replace('|', chr(92) + '|')}` | {name} | {opener(view)} |"


def addresses() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """(address, name, view) of every URL pattern."""
    yield from _walk(get_resolver().url_patterns, "/", "")


def _walk(patterns: Any, address: str, space: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for entry in patterns:
        here = f"{address}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield here, f"{space}{entry.name or ''}", entry.callback
        else:
            yield from _walk(entry.url_patterns, here, f"{space}{entry.namespace}:" if entry.namespace else space)


def opener(view: Any) -> str:
    """Who gets past the doors of a view: found by the decorators it wears, the innermost says it closest."""
    found = ANYONE
    while view is not None:
        decorator = view.__code__.co_qualname.partition(".")[0] if hasattr(view, "__code__") else ""
        found = DOORS.get(decorator, found)
        view = getattr(view, "__wrapped__", None)
    return found
