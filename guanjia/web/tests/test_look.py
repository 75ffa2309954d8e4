import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from guanjia.web import states
from guanjia.web.templatetags import drawn, look


def draw(text, **given):
    return Template(CottonCompiler().process("{% load look %}" + text)).render(Context(given))


NASTY = '"><script>x()</script>'


def test_leftover_attributes_are_escaped():
    shown = draw('<c-tag :data-x="x">a</c-tag>', x='" onclick="x()"')
    assert "data-x=" in shown
    assert 'onclick="' not in shown


@pytest.mark.parametrize(
    "text",
    [
        '<c-card :title="x">a</c-card>',
        '<c-status :word="x" />',
        '<c-clockbar :words="x" :verb="x" :aria="x" :due="x" />',
        '<c-notice :title="x">a</c-notice>',
        '<c-item :title="x" :sub="x" :url="x" />',
        '<c-row :url="x" :pick="x" :label="x"></c-row>',
        '<c-hit :title="x" :url="x" :intake_url="x" />',
        '<c-button :locked="x">a</c-button>',
        '<c-photo :src="x" :caption="x" />',
        '<c-moment :actor="x" :words="x" :quote="x" />',
        '<c-icon :name="x" :label="x" />',
        '<c-button :href="x" :data-a="x">a</c-button>',
    ],
)
def test_no_part_lets_markup_through(text):
    assert "<script>" not in draw(text, x=NASTY)


def test_a_found_match_is_marked_and_the_rest_escaped():
    assert look.found("138****2046", "2046") == "138****<mark>2046</mark>"
    assert "<script>" not in look.found(NASTY, "script")
    assert look.found("a(b", "(") == "a<mark>(</mark>b"


def test_a_state_without_a_mark_does_not_break_a_page():
    assert "—" in draw('<c-status state="never_heard_of" />')


def test_a_state_cannot_get_a_second_mark():
    states.register("to_test_marks", "ring", "brand", "x")
    states.register("to_test_marks", "ring", "brand", "x")
    with pytest.raises(ValueError, match="another mark"):
        states.register("to_test_marks", "half", "brand", "x")
    with pytest.raises(ValueError, match="another mark"):
        states.register("to_test_marks", "ring", "brand", "x", ended=True)
    with pytest.raises(ValueError, match="no such shape"):
        states.register("to_test_shapes", "heart", "brand", "x")
    with pytest.raises(ValueError, match="a shape, a tone"):
        states.mark({"to_test_shapes": "ring brand over"})


class Form(forms.Form):
    name = forms.CharField()
    secret = forms.CharField(widget=forms.PasswordInput, required=False)

    def clean_name(self):
        raise ValidationError("no", code="KEY-10")


def test_a_refusal_names_its_clause():
    form = Form({"name": "a"})
    assert look.refusals(form["name"]) == [{"words": "no", "clause": "KEY-10"}]
    assert look.refusals(Form({"name": ""})["name"])[0]["clause"] == ""


def test_a_refused_form_keeps_its_key_and_its_values():
    shown = draw(
        '<c-form :form="form" action="/x"><c-field :field="form.name" /></c-form>',
        form=Form({"name": "kept", "idempotency_key": "k1"}),
    )
    assert 'value="k1"' in shown
    assert 'value="kept"' in shown
    assert "KEY-10" in shown


def test_a_fresh_form_gets_a_fresh_key():
    keys = {look.fresh_key() for _ in range(3)}
    assert len(keys) == 3


def test_a_password_is_marked_private():
    assert drawn.is_private(Form()["secret"])
    assert not drawn.is_private(Form()["name"])


@pytest.mark.parametrize(("share", "width"), [(46, 46), ("90", 90), (-3, 0), (400, 100), (None, 0), ("x", 0)])
def test_a_share_is_bounded(share, width):
    assert look.scale(share) == width


@pytest.mark.parametrize(("number", "shown"), [(0, ""), (7, "7"), (100, "99+"), ("99+", "99+"), ("", "")])
def test_counts_are_bounded(number, shown):
    assert shown in draw('<c-count :n="n" />', n=number)
    assert bool(shown) == ("count" in draw('<c-count :n="n" />', n=number))


def test_many_owed_things_are_drawn_in_proportion():
    row = look.blocks(300, 0, 100, 400)
    assert len(row["cells"]) == 12
    assert sum(1 for cell in row["cells"] if cell["kind"] == "missed") == 3
    assert any(cell["kind"] == "missed" for cell in look.blocks(0, 0, 1, 400)["cells"])


NASTIES = (
    "{% status x %}",
    "{% status word=x %}",
    "{% tag x %}",
    "{% person x note=x %}",
    "{% clock bar %}",
    "{% icon x label=x %}",
    "{% row_start url=x pick=x label=x %}",
)


@pytest.mark.parametrize("text", NASTIES)
def test_no_cell_lets_markup_through(text):
    bar = dict.fromkeys(("tone", "words", "verb", "share", "aria", "due", "limit", "soon"), NASTY)
    assert "<script>" not in draw("{% load cells %}" + text, x=NASTY, bar=bar)


def test_a_cell_and_its_component_draw_the_same():
    bar = {"tone": "late", "words": "超 18 分", "verb": "应响应", "share": 100, "aria": "应响应，超 18 分"}
    cell = draw("{% load cells %}{% clock bar %}", bar=bar)
    assert cell in draw('<c-clockbar :bar="bar" />', bar=bar)
    assert cell in draw(
        '<c-clockbar tone="late" words="超 18 分" verb="应响应" :share="100" aria="应响应，超 18 分" />'
    )
    assert "data-due=" not in cell


def test_an_unknown_urgency_and_no_clock_draw_nothing():
    assert draw('{% load cells %}{% urgency "whatever" %}{% urgency None %}{% clock None %}{% tag "" %}') == ""


def test_nobody_is_said_in_words():
    assert "avatar" not in draw('{% load cells %}{% person "" nothing="未派" %}')
    assert "未派" in draw('{% load cells %}{% person "" nothing="未派" %}')


def test_an_urgency_speaks_the_language_of_the_page():
    with translation.override("zh-hans"):
        assert "急" in draw('{% load cells %}{% urgency "urgent" %}')
    with translation.override("en"):
        assert "Urgent" in draw('{% load cells %}{% urgency "urgent" %}')


def test_an_end_that_all_but_falls_on_the_beginning_is_said_with_it():
    near = [{"x": 0, "label": "09:00"}, {"x": 3, "label": "09:30"}]
    assert look.spaced(near) == [{"x": 0, "label": "09:00–09:30"}]
    far = [{"x": 0, "label": "09:00"}, {"x": 60, "label": "09:30"}]
    assert [tick["label"] for tick in look.spaced(far)] == ["09:00", "09:30"]
