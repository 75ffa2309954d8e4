"""Search on PostgreSQL that finds two Chinese characters and stays flat as data grows.

Each thing has one row of keyed hashes of its bigrams, prefixed by project: the index alone answers, and what it
holds is not readable text. Both sides are normalised alike: NFKC, lower case, traditional to simplified.
A phone number is a word of its own: whole, or its last four digits and more; never digit by digit.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import connection
from opencc import OpenCC

from . import crypto

LIMIT = 26
Statement = tuple[str, list[Any]]
_WORD = re.compile(r"[\w-]+")


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    return OpenCC("t2s")


def normal(text: str) -> str:
    """NFKC, lower case, simplified."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded if folded.isascii() else str(_simplifier().convert(folded))


def phone_words(phone: str) -> set[str]:
    """The endings of a phone number from four digits up, as whole words."""
    digits = re.sub(r"\D", "", phone)
    return {f"tel:{digits[-n:]}" for n in range(4, len(digits) + 1)}


def text_words(text: str) -> set[str]:
    """Bigrams of each run of letters and digits, and its first character for one-character queries."""
    words: set[str] = set()
    for run in _WORD.findall(normal(text)):
        words.add(f"^{run[0]}")
        words.update(run[i : i + 2] for i in range(len(run) - 1))
    return words


@lru_cache(maxsize=65536)
def _hashed(project_id: int, word: str) -> str:
    key = crypto.derived("search")
    return hashlib.blake2b(f"{project_id}:{word}".encode(), key=key, digest_size=8).hexdigest()


def hashed_words(project_id: int, text: str, phones: Iterable[str] = ()) -> list[str]:
    """The keyed hashes under which a thing is found."""
    words = text_words(text)
    for phone in phones:
        words |= phone_words(phone)
    return sorted(_hashed(project_id, word) for word in words)


def index(project_id: int, label: str, subject_id: int, text: str, phones: Iterable[str] = ()) -> None:
    """Write (or rewrite) the words of one thing: one statement."""
    index_many(project_id, label, [(subject_id, text, phones)])


def index_many(project_id: int, label: str, things: Iterable[tuple[int, str, Iterable[str]]]) -> None:
    """Write (or rewrite) the words of many things of a kind, a thousand to a statement."""
    rows = [(subject_id, hashed_words(project_id, text, phones)) for subject_id, text, phones in things]
    for start in range(0, len(rows), 1000):
        write(statement(project_id, label, rows[start : start + 1000]))


def statement(project_id: int, label: str, rows: list[tuple[int, list[str]]]) -> Statement:
    """What writes (or rewrites) hashed words, with its values."""
    return (
        "INSERT INTO kernel_searchwords (project_id, label, subject_id, words) VALUES "
        + ", ".join(["(%s, %s, %s, array_to_tsvector(%s::text[]))"] * len(rows))
        + " ON CONFLICT (project_id, label, subject_id) DO UPDATE SET words = excluded.words",
        [value for subject_id, words in rows for value in (project_id, label, subject_id, words)],
    )


def write(words: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*words)


def query_words(query: str) -> set[str]:
    """What must all be there: endings for four digits and more, bigrams otherwise."""
    text = normal(query).strip()
    digits = re.sub(r"[\s-]", "", text)
    if digits.isdigit() and len(digits) >= 4:
        return {f"tel:{digits}"}
    words: set[str] = set()
    for run in _WORD.findall(text):
        words.update([f"^{run}"] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])
    return words


def found(project_ids: Iterable[int], label: str, query: str, *, limit: int = LIMIT) -> list[int]:
    """Ids of the newest things of a kind whose words hold the query; at most `limit`.

    A query of digits is tried both as the end of a phone number and as plain text (house, number).
    """
    words = query_words(query)
    plain = set(text_words(query)) - {f"^{run[0]}" for run in _WORD.findall(normal(query)) if len(run) > 1}
    if not words:
        return []
    alternatives = [words] if words == plain else [words, plain]
    terms = [
        "(" + " & ".join(f"'{_hashed(p, w)}'" for w in sorted(choice)) + ")"
        for p in project_ids
        for choice in alternatives
        if choice
    ]
    if not terms:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH hits AS MATERIALIZED (SELECT subject_id FROM kernel_searchwords "
            "WHERE words @@ %s::tsquery AND label = %s AND project_id = ANY(%s)) "
            "SELECT subject_id FROM hits ORDER BY subject_id DESC LIMIT %s",
            [" | ".join(terms), label, list(project_ids), limit],
        )
        return [row[0] for row in cursor.fetchall()]
