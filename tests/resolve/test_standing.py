"""Many names found at once: the same places as a search for each finds, in time that grows with the text only."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tests.clock import seconds
from tollbook.resolve.actor_unlisted import find_unlisted
from tollbook.resolve.standing import standing

TEXTS = st.text("Ab é'-_ .", max_size=40)


@given(TEXTS, st.lists(TEXTS.filter(bool), max_size=5, unique=True))
@example("A b A b A", ["A b A", "A"])
@example("the A.b 'A' A-b", ["A.", "'A", "A-b", " A"])
def test_finds_what_a_search_for_each_finds(text: str, names: list[str]) -> None:
    """Whole words only, one after another."""
    naive = {name: [m.start() for m in re.finditer(rf"\b{re.escape(name)}\b", text)] for name in names}
    assert standing(text, names) == naive


def test_only_behind_what_is_asked_for() -> None:
    """A pattern says where a name may begin."""
    found = standing("to Ruva, from Ruva to Ruva.", ["Ruva"], re.compile(r"\bto (?=(\w*))"))
    assert found == {"Ruva": [3, 22]}


def test_a_page_of_groups_takes_time_by_its_length() -> None:
    """Each group with a name of its own, all of which are looked for."""

    def taken(n: int) -> float:
        text = " ".join(f"The A{i} Brigade claimed responsibility." for i in range(n))
        return seconds(lambda _: find_unlisted(text))

    assert taken(3200) < 12 * taken(800) + 0.05
