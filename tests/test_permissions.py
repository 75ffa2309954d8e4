"""Rights and doors over everything: the committed matrix is true, and the default is to refuse."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from guanjia.config.management.commands import permissions
from guanjia.config.permissions import RIGHTS
from guanjia.kernel import operations
from guanjia.parts.approvals.seats import SIGNER
from guanjia.people import posts

# Addresses that anyone may open, signed in or not. Whatever is added here is seen in review.
PUBLIC = {
    "healthz",
    # signing in and out; these look at the session themselves
    "desk:login", "desk:login-as", "desk:code", "desk:lock", "desk:unlock", "desk:take-over", "desk:logout",
    # the residents' door: a number and a code; the same answer whether the number is known or not
    "portal:sign-in", "portal:code", "portal:who", "portal:sign-out",
    "portal:wechat", "portal:wechat-back",
    # a screen that waits to be paired: six digits, and nothing of any project before they are entered in the office
    "board:wall", "board:code", "board:waiting",
    # how pages look in this browser, and the sheet; no data of anybody
    "web:sheet", "web:theme", "web:language", "web:density", "web:keys", "web:token", "web:worker", "web:offline",
    "web:patterns", "web:patterns-phone",
    # the description of the API, and the door to its tokens
    "api:login", "api:openapi", "api:docs", "api:nowhere",
    # what a telephone system posts: its signature is asked for
    "telephone:hook",
}  # fmt: skip


def test_the_committed_matrix_is_up_to_date() -> None:
    call_command("permissions", "--check")


def test_a_matrix_that_is_out_of_date_is_noticed(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "permissions.md"
    old.write_text("old")
    monkeypatch.setattr(permissions, "PAGE", old)
    with pytest.raises(CommandError):
        call_command("permissions", "--check")


def test_every_operation_has_a_line_of_rights_or_is_the_systems_own() -> None:
    lacking = [o.name for o in permissions.performed() if not o.internal and o.name not in RIGHTS]
    assert not lacking


def test_every_right_is_an_operation_and_names_posts_that_exist() -> None:
    assert not [right for right in RIGHTS if right not in operations.registry]
    known = posts.EVERYONE | {posts.RESIDENT, SIGNER}
    assert not {right: held - known for right, held in RIGHTS.items() if held - known}


def test_no_person_has_the_right_to_what_only_the_system_does() -> None:
    assert not [o.name for o in permissions.performed() if o.internal and RIGHTS.get(o.name)]


def test_only_the_listed_addresses_are_open_to_anyone() -> None:
    views = permissions.addresses()
    assert {name for _address, name, view in views if permissions.opener(view) == permissions.ANYONE} <= PUBLIC
