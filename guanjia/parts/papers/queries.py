"""The official forms as a list: by words, by chapter."""

from __future__ import annotations

from dataclasses import dataclass

from guanjia import book
from guanjia.kernel.languages import said
from guanjia.kernel.search import normal


@dataclass(frozen=True)
class Blank:
    """A form that can be printed empty, with the chapter it belongs to."""

    form: book.Form
    chapter: str

    @property
    def name(self) -> str:
        return said(self.form.name, self.form.name_en)

    @property
    def chapter_name(self) -> str:
        return chapter_names().get(self.chapter, "")


def chapter_of(form: book.Form) -> str:
    """The chapter of the first clause that asks for the form; empty where none does."""
    return form.clauses[0].rpartition("-")[0] if form.clauses else ""


def chapter_names() -> dict[str, str]:
    return {area.id: area.zh for area in book.areas()}


def blanks(words: str = "", chapter: str = "") -> list[Blank]:
    """All forms in the order of the Book's chapters, narrowed to those whose names or numbers hold every word."""
    order = {area.id: number for number, area in enumerate(book.areas())}
    wanted = normal(words).split()
    found = [Blank(form, chapter_of(form)) for form in book.forms()]
    found = [b for b in found if (not chapter or b.chapter == chapter) and all(w in _said(b) for w in wanted)]
    return sorted(found, key=lambda b: (order.get(b.chapter, len(order)), b.form.id))


def _said(blank: Blank) -> str:
    form = blank.form
    return normal(" ".join((form.id, form.name, form.name_en, *form.aliases, blank.chapter, blank.chapter_name)))


def used_chapters() -> list[tuple[str, str]]:
    """The chapters that have forms, in the order of the Book."""
    used = {chapter_of(form) for form in book.forms()}
    return [(area.id, area.zh) for area in book.areas() if area.id in used]
