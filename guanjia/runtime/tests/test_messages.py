"""Translations: what is compiled, what is converted, and what is found missing."""

import gettext
from pathlib import Path

import pytest

from guanjia.runtime import messages

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgid "Front desk"
msgstr "前台"

msgid "%(count)s case"
msgid_plural "%(count)s cases"
msgstr[0] "%(count)s 张工单"

msgctxt "verb"
msgid "Reply"
msgstr "回复"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "guanjia" / "room" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE)
    return tmp_path / "guanjia"


def translations(package: Path, language: str) -> gettext.NullTranslations:
    return gettext.translation("django", package / "room" / "locale", [language])


def test_both_scripts_are_compiled_with_plurals_and_contexts(package):
    messages.compile_all(package)
    hans, hant = translations(package, "zh_Hans"), translations(package, "zh_Hant")
    assert hans.gettext("Front desk") == "前台"
    assert hant.gettext("Front desk") == "櫃檯"
    assert hant.ngettext("%(count)s case", "%(count)s cases", 2) == "%(count)s 張工單"
    assert hant.pgettext("verb", "Reply") == "回覆"


def test_a_catalogue_is_compiled_again_only_when_it_changed(package):
    messages.compile_all(package)
    made = package / "room" / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.mo"
    before = made.stat().st_mtime_ns
    messages.compile_all(package)
    assert made.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("小区物业费", "社區管理費"),
        ("请打印后台账单", "請列印後台帳單"),
        ("软件质量", "軟體質量"),
        ("培训对象", "培訓對象"),
        ("{name} 的钥匙", "{name} 的鑰匙"),
    ],
)
def test_the_trades_words_are_ours_and_the_rest_is_opencc(simplified, expected):
    assert messages.traditional(simplified) == expected


def test_a_text_without_chinese_is_named_with_its_place(package):
    (package / "room" / "screens.py").write_text(
        'from x import gettext as _\n\ntitle = _("Unknown word")\nok = _("Front desk")\n'
    )
    pages = package / "room" / "templates"
    pages.mkdir()
    (pages / "page.html").write_text(
        '{% load i18n %}\n<p>{% trans "Lost" %}</p>\n{% blocktrans count n=n %}{{ n }} key{% plural %}{{ n }} keys{% endblocktrans %}'
    )
    found = list(messages.check(package))
    assert found == [
        "guanjia/room/screens.py:3: no Chinese for “Unknown word”",
        "guanjia/room/templates/page.html:2: no Chinese for “Lost”",
        "guanjia/room/templates/page.html:3: no Chinese for “%(n)s key”",
    ]


def test_a_placeholder_that_the_english_does_not_have_is_named(package):
    source = next(package.glob("**/django.po"))
    source.write_text(CATALOGUE.replace("%(count)s 张", "%(number)s 张"))
    assert [fault for fault in messages.check(package) if "%(number)s" in fault]


def test_an_empty_or_fuzzy_translation_counts_as_missing(package):
    source = next(package.glob("**/django.po"))
    source.write_text(CATALOGUE.replace('msgstr "前台"', 'msgstr ""'))
    (package / "room" / "screens.py").write_text('title = _("Front desk")\n')
    assert list(messages.check(package)) == ["guanjia/room/screens.py:1: no Chinese for “Front desk”"]


def test_two_rooms_that_say_a_text_otherwise_are_found(package):
    other = package / "hall" / "locale" / "zh_Hans" / "LC_MESSAGES"
    other.mkdir(parents=True)
    (other / "django.po").write_text(CATALOGUE.replace("前台", "大堂"))
    assert [line for line in messages.check(package) if "Front desk" in line and "elsewhere" in line]
    (other / "django.po").write_text(CATALOGUE)
    assert not [line for line in messages.check(package) if "elsewhere" in line]
