"""Charts: columns from zero, holes where nothing was due, a table behind, nothing of the data let through as markup."""

from __future__ import annotations

from guanjia.web import charts

from .test_look import draw

HEADS = ("Took", "In time", "Late")


def drawn(chart: dict) -> str:
    return str(draw('<c-chart :chart="chart" title="t" />', chart=chart))


def test_columns_stand_on_zero_and_as_high_as_they_count() -> None:
    chart = charts.columns([charts.Column("a", 4), charts.Column("b", 1, missed=1)], HEADS)
    first, second = chart["bars"]
    assert first["kept_box"]["y"] + first["kept_box"]["h"] == chart["base"]
    assert second["missed_box"]["y"] + second["missed_box"]["h"] == second["kept_box"]["y"]
    assert first["kept_box"]["h"] == 2 * (second["kept_box"]["h"] + second["missed_box"]["h"])


def test_one_among_thousands_is_still_seen() -> None:
    chart = charts.columns([charts.Column("a", 5000, missed=1)], HEADS)
    assert chart["bars"][0]["missed_box"]["h"] >= 1.5 and len(chart["grid"]) <= 6


def test_an_empty_chart_is_no_failure() -> None:
    assert "svg" in drawn(charts.columns([], HEADS)) and "svg" in drawn(charts.line([], HEADS, target=None))


def test_a_month_without_anything_due_is_a_hole_and_not_a_zero() -> None:
    points = [charts.Point(str(n), share) for n, share in enumerate((990, 980, None, 970, 960))]
    chart = charts.line(points, HEADS[:2], target=980)
    assert len(chart["lines"]) == 2 and chart["points"][2]["y"] is None and "—" in drawn(chart)


def test_shares_stay_inside_whatever_they_are() -> None:
    for shares in ((0, 1000), (1000, 1000), (1500, 3), (999,)):
        chart = charts.line([charts.Point("m", share) for share in shares], HEADS[:2], target=950)
        assert all(chart["top"] <= dot["y"] <= chart["base"] for dot in chart["points"])
        assert 2 <= len(chart["grid"]) <= 6


def test_no_chart_lets_markup_through() -> None:
    evil = '"><script>x</script>'
    chart = charts.columns(
        [charts.Column(evil, 1, 1, 1, url=evil, missed_url=evil)], (evil,), limit=0, limit_label=evil
    )
    line = charts.line([charts.Point(evil, 900, True, evil)], (evil,), target=900, target_label=evil)
    assert "<script>" not in drawn(chart) + drawn(line)


def test_without_an_address_nothing_is_a_link() -> None:
    assert "<a " not in drawn(charts.columns([charts.Column("a", 3, 2)], HEADS))
