"""Pictures: what is drawn is what is known; nothing covers anything; the same rows give the same picture."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tollbook.web.charts import MOST_DOTS, dots


def _row(n: int, day: str | None, last: str | None = None, **killed: Any) -> dict[str, Any]:
    low, high = killed.get("low"), killed.get("high")
    return {"id": f"i-{n:016x}", "date_from": day, "date_to": last or day, "place": "Tellhaf", "killed_low": low,
            "killed_high": high, "killed": int(low is not None or high is not None)}  # fmt: skip


def test_a_dot_shows_its_toll_and_unknown_is_not_nought() -> None:
    """More killed, a larger dot; nobody killed is the smallest; a toll that is not stated has a look of its own."""
    drawn = dots([_row(0, "2031-05-01", low=0), _row(1, "2031-05-03", low=9, high=9), _row(2, "2031-05-05", low=36),
                  _row(3, "2031-05-07"), _row(4, "2031-05-09", high=30)])  # fmt: skip
    assert drawn is not None
    none, nine, many, unknown, most = drawn.dots
    assert none.known and nine.known and many.known and most.known and not unknown.known
    assert none.r < nine.r < many.r
    assert "killed not stated" in unknown.label and "killed 0" not in unknown.label and "≤ 30" in most.label


def test_what_is_known_to_some_days_is_as_wide_as_they_are() -> None:
    """A stretch of four days of ten takes four tenths of the axis; what lies outside the choice is cut off."""
    drawn = dots([_row(0, "2031-05-02", "2031-05-05", low=3)], "2031-05-01", "2031-05-10")
    assert drawn is not None and (drawn.dots[0].x, drawn.dots[0].half) == (30.0, 15.0)
    cut = dots([_row(0, "2031-01-01", "2031-12-31", low=3)], "2031-05-01", "2031-05-10")
    assert cut is not None and (cut.dots[0].x, cut.dots[0].half) == (50.0, 45.0)


def test_bars_where_dots_have_no_room() -> None:
    """Too many, too long a stretch, or nothing with a date: no dots."""
    assert dots([_row(n, "2031-05-01", low=1) for n in range(MOST_DOTS + 1)]) is None
    assert dots([_row(n, "2031-05-01", low=80) for n in range(40)]) is None
    assert dots([_row(0, "2031-05-01"), _row(1, "2032-05-01")]) is None
    assert dots([_row(0, None)]) is None and dots([]) is None


@given(st.lists(st.tuples(st.integers(1, 28), st.none() | st.integers(0, 60)), min_size=1, max_size=60))
def test_no_dot_covers_another(rows: list[tuple[int, int | None]]) -> None:
    """On a screen of the width that is drawn for."""
    drawn = dots([_row(n, f"2031-05-{day:02}", low=low) for n, (day, low) in enumerate(rows)])
    for one in drawn.dots if drawn else ():
        for other in drawn.dots if drawn else ():
            if one.id < other.id:
                apart = ((one.x - other.x) * 9) ** 2 + (one.y - other.y) ** 2
                assert apart >= (one.r + other.r) ** 2 - 1
