"""Rules over every template of the package: the content policy needs no exceptions, no icon is missing, no word untranslated."""

import re
from pathlib import Path

import pytest

import guanjia

HOUSE = Path(guanjia.__file__).parent
WEB = HOUSE / "web"
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.html"))
SPRITE = set(re.findall(r'symbol id="i-([\w-]+)"', (WEB / "static/web/icons.svg").read_text("utf-8")))
STATED = re.compile(r"""<c-status [^>]*\bstate=[^>]*>|\{% status [^%]*%\}""")
SAID = re.compile(r"""\{%\s*trans\s+(?:"([^"]+)"|'([^']+)')|\b_\(\s*"([^"]+)"|(?<!p)gettext_lazy\(\s*"([^"]+)\"""")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_nothing_is_inline(path):
    text = path.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "inline script"
    assert not re.search(r"\sstyle=|<style", text), "inline style"
    assert not re.search(r"""\son[a-z]+\s*=\s*["']|hx-on|hx-vars|javascript:""", text), "inline handler"
    assert not re.search(r"\|\s*safe\b|autoescape off|mark_safe", text), "unescaped output"
    assert "{{ attrs }}" not in text, "cotton's attrs are not escaped; use attrs|rest"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_every_icon_is_in_the_sprite(path):
    names = re.findall(r'<c-icon name="([\w-]+)"|\sicon(?:_end)?="([\w-]+)"', path.read_text("utf-8"))
    assert {name for pair in names for name in pair if name} <= SPRITE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_the_word_of_a_records_state_is_the_records_own(path):
    """Two rooms say one state differently; the register knows only the first of them."""
    if not path.name.startswith(("patterns", "status.")):
        text = path.read_text("utf-8")
        bare = [mark for mark in STATED.findall(text) if not re.search(r"\bword=", mark)]
        assert not bare, bare


def test_every_component_says_what_it_takes():
    for path in (WEB / "templates/cotton").glob("*.html"):
        assert path.read_text("utf-8").startswith("{% comment %}"), path.name


def test_every_component_is_in_the_catalogue():
    text = (HOUSE.parent / "docs/components.md").read_text("utf-8")
    for path in (WEB / "templates/cotton").glob("*.html"):
        assert path.stem in text, path.name


def test_the_chinese_catalogue_is_complete():
    known = (WEB / "locale/zh_Hans/LC_MESSAGES/django.po").read_text("utf-8")
    files = [*WEB.glob("templates/**/*.html"), *WEB.glob("*.py"), *WEB.glob("templatetags/*.py")]
    said = {next(filter(None, found)) for path in files for found in SAID.findall(path.read_text("utf-8"))}
    missing = sorted(words for words in said if f'msgid "{words}"' not in known)
    assert not missing
    assert 'msgstr ""\n\n' not in known.split("\n\n", 1)[1]
