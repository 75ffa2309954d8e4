"""One written catalogue gives all languages."""

import gettext

import pytest
from django.utils.translation import override

from guanjia.kernel import languages

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Reply by"
msgstr "答复时间"
"""


@pytest.fixture
def room(tmp_path):
    folder = tmp_path / "room/locale/zh_Hans/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    return tmp_path


def read(root, language):
    with (root / f"room/locale/{language}/LC_MESSAGES/django.mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext("Reply by")


def test_the_simplified_catalogue_is_compiled_as_written(room):
    languages.build(room)
    assert read(room, "zh_Hans") == "答复时间"


def test_the_traditional_catalogue_is_made_of_it_with_the_trades_words(room):
    languages.build(room)
    assert read(room, "zh_Hant") == "答覆時間"


def test_what_is_up_to_date_is_not_built_again(room):
    assert len(languages.build(room)) == 2
    assert languages.build(room) == []


@pytest.mark.parametrize(
    ("language", "expected"), [("zh-hans", "报修"), ("zh-hant", "報修"), ("en", "Repairs"), ("fr", "报修")]
)
def test_words_that_are_data_follow_the_reader(language, expected):
    with override(language):
        assert languages.said("报修", "Repairs") == expected


def test_english_without_an_english_word_stays_chinese():
    with override("en"):
        assert languages.said("报修") == "报修"
