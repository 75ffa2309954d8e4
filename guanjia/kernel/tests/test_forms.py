"""Amounts: yuan from people, fen from code, never a float."""

from __future__ import annotations

import pytest
from django import forms

from guanjia.kernel.forms import FenField


@pytest.mark.parametrize(
    ("given", "fen"), [("36.5", 3650), ("36", 3600), ("1,286.40", 128640), ("0.05", 5), (3650, 3650)]
)
def test_yuan_become_fen_exactly(given: object, fen: int) -> None:
    assert FenField().clean(given) == fen


@pytest.mark.parametrize("given", ["36.555", "-1", "1e3", "abc", "٣", "9" * 40, 10_000_001, "", True])
def test_anything_else_is_refused(given: object) -> None:
    with pytest.raises(forms.ValidationError):
        FenField().clean(given)
