"""What is parsed once stays what is written."""

from __future__ import annotations

from pathlib import Path

from guanjia.kernel import written


def test_a_file_is_parsed_once_and_again_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("- 一\n", encoding="utf-8")
    assert written.read(file) == written.read(file) == ["一"]
    file.write_text("- 一\n- 二\n", encoding="utf-8")
    assert written.read(file) == ["一", "二"]
    [kept] = (tmp_path / "__pycache__").glob("*.json")
    kept.write_text("[", encoding="utf-8")
    assert written.read(file) == ["一", "二"], "a copy cut short counts for nothing"


def test_where_nothing_may_be_written_the_book_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("in the way")
    file = tmp_path / "words.yaml"
    file.write_text("- 一\n", encoding="utf-8")
    assert written.read(file) == ["一"]
