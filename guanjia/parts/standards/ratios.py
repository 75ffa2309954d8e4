"""A ratio whose two numbers open to the rows that they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Share:
    """`counted` of `of`, both as rows."""

    counted: QuerySet[Any]
    of: QuerySet[Any]

    @property
    def numbers(self) -> tuple[int, int]:
        """How many, of how many."""
        return self.counted.count(), self.of.count()
