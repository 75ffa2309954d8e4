"""Links over a list: to an operation for who may do it, to a page for everybody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from guanjia.kernel.operations import registry
from guanjia.web.links import link, links

PROJECT: Any = SimpleNamespace(code="north", pk=1)
MAY, MAY_NOT = (SimpleNamespace(may=lambda name, project, answer=answer: answer) for answer in (True, False))


def test_a_link_to_an_operation_is_there_for_who_may_do_it_and_one_to_a_page_for_everybody() -> None:
    receive = registry["gifts.receive"]
    shown: Any = links(link("gifts:new", receive), link("gifts:list", "Gifts"))
    page = {"url": "/p/north/gifts", "label": "Gifts"}
    assert shown(PROJECT, MAY) == [{"url": "/p/north/gifts/new", "label": receive.label}, page]
    assert shown(PROJECT, MAY_NOT) == [page]
