"""Callers with a token, by their post."""

from __future__ import annotations

import pytest

from guanjia.people.tests.cast import Community

from .caller import Caller


@pytest.fixture
def desk(north: Community) -> Caller:
    return Caller(north, "receptionist")


@pytest.fixture
def steward(north: Community) -> Caller:
    return Caller(north, "steward")
