"""A paper out of the bank: the same sitting always draws the same questions, which nobody can work out beforehand."""

from __future__ import annotations

from typing import Any

from guanjia.kernel import crypto

from .bank import Asked


def paper(found: list[Asked], size: int, sitting: str, level: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(what is seen, the key): questions of as many clauses as there are, those of the exam's own level first."""

    def turn(words: str) -> str:
        return crypto.blind("exam", f"{sitting}|{words}")

    again: dict[str, int] = {}
    order = []
    for one in sorted(found, key=lambda one: turn(one.id)):
        order.append((again.get(one.clause, 0), one.level != level, turn(one.id), one))
        again[one.clause] = again.get(one.clause, 0) + 1
    order.sort(key=lambda row: row[:3])
    drawn = [row[3] for row in order[:size]]
    shown, key = [], []
    for asked in drawn:
        turned = sorted((turn(f"{asked.id}|{words}"), words) for words in asked.answers)
        answers = [words for _order, words in turned]
        shown.append({"id": asked.id, "clause": asked.clause, "ask": asked.ask, "answers": answers})
        key.append({"right": answers.index(asked.right), "why": asked.why})
    return shown, key
