"""A mark drawn by its tag is the mark that its component draws."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from guanjia.web.loader import with_tags

SOMEBODY = SimpleNamespace(name="周<敏>", mine=True, nobody=None)


def drawn(source: str) -> str:
    with translation.override("zh-hans"):
        return Template(CottonCompiler().process(source)).render(Context({"one": SOMEBODY, "n": 120, "icon": "bell"}))


@pytest.mark.parametrize(
    "source",
    [
        '<c-icon name="bell" />',
        '<c-icon name="{{ icon }}" size="20" label="铃" class="ink-2" />',
        '<c-status shape="late" tone="danger" word="{{ one.name }}" />',
        '<c-urgency level="urgent" />',
        '<c-count n="{{ n }}" tone="bubble" />',
        '<c-keycap keys="Ctrl ↵" />',
        '<c-avatar name="{{ one.name }}" size="sm" />',
        '<c-person name="{{ one.name }}" :me="one.mine" note="管家" />',
        '<c-person name="{{ one.nobody.name }}" />',
    ],
)
def test_the_tag_draws_what_the_component_draws(source: str) -> None:
    assert with_tags(source).startswith("{% ")
    assert drawn(with_tags(source)).strip() == drawn(source).strip()
    assert "<敏>" not in drawn(with_tags(source))


@pytest.mark.parametrize(
    "source",
    [
        "<c-person />",  # nothing is said of nobody
        '<c-icon name="{% if n %}bell{% endif %}" />',
        '<c-icon name="a-{{ icon }}" />',
        '<c-icon name="bell" data-x="1" />',
        '<c-status word="a & b" />',
        '<c-icon name="bell"></c-icon>',
        '<c-card title="x" />',
    ],
)
def test_what_is_not_plain_stays_a_component(source: str) -> None:
    assert with_tags(source) == source
