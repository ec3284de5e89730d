"""What one report tells of several events is parted by its own words, and what it tells of one stays together."""

from __future__ import annotations

import pytest

from tests.link.made import claim
from tollbook.link.claims import LinkClaim, link_claim
from tollbook.link.hours import days_of, hours_of
from tollbook.link.strands import cut, parted, passages

NUMBERS = {"Two": 2, "Four": 4, "Five": 5, "seven": 7, "nine": 9, "three": 3}


def claims_in(text: str) -> list[LinkClaim]:
    """A claim for each number word, in the sentence that holds it; nothing else is read."""
    found, at = [], 0
    for sentence in (s for line in text.split("\n") for s in line.replace(". ", ".|").split("|")):
        start = text.index(sentence, at)
        at = start + len(sentence)
        for word, number in NUMBERS.items():
            if word in sentence:
                where = start + sentence.index(word)
                row = claim(f"c-{where}", "a", low=number, event={"type": None}, town=None)
                row["quote"] = {"text": sentence, "start": start, "end": start + len(sentence)}
                row["count"] |= {"text": word, "start": where, "end": where + len(word)}
                found.append(link_claim(row))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Round-up\nMARDA: shells fell on the market. Five died.\nKESRA: a mine went off on the road. Two died.",
        "The week\n5 March, Marda market, artillery: Five killed.\n5 March, Kesra road, mine: Two killed.",
        "At dawn a shell killed Five people in a house.\nBefore midnight shells killed Two in a street.",
        "On 5 March the town had two raids: a house at 06:30, seven killed; a bakery at 17:30, three killed.",
        "A raid killed seven on Monday afternoon.\nHours earlier shells killed three at the market at dawn.",
    ],
)
def test_two_events_are_two(text: str) -> None:
    """A heading for each, or two things that differ."""
    strands = cut(claims_in(text), text)
    assert len(strands) == 2 and strands[1].other and parted(*strands)


@pytest.mark.parametrize(
    "text",
    [
        "A shell hit the market at noon. Five died.\nThe office said Five died at noon in the market.",
        "Five people died at dawn.\nUPDATE: Five people died in the morning, the office said.",
        "A raid on Marda killed seven, the office said.\nA doctor put the number of dead at nine.",
        "A raid on Marda killed nine, a doctor said.\nHe had given a figure of seven on Monday.",
        "A raid killed seven, a doctor said in the evening; the blast was at dawn. Nobody else counted.",
    ],
)
def test_one_event_is_one(text: str) -> None:
    """The same number again, a heading that names nothing, the hour at which somebody spoke."""
    assert len(cut(claims_in(text), text)) == 1


def test_rival_numbers_alone_part_for_the_time_being() -> None:
    """Two speakers may count one event differently: the parts may find together again."""
    text = "A raid on Marda killed seven, the office said.\nA doctor counted nine."
    one, other = cut(claims_in(text), text)
    assert not other.other and not parted(one, other)


def test_nothing_before_leads_to_a_turn() -> None:
    """A paragraph that opens with "meanwhile" tells of another event than the one above it."""
    plane = "A plane bombed a house in Marda at noon that day, they say.\n"
    for text, led in ((plane + "In the end Four died.", True), (plane + "Meanwhile, at the gate, Four died.", False)):
        (passage,) = passages(claims_in(text), text)
        assert ("plane" in passage.near) is led


def test_a_line_without_end() -> None:
    """Times take time by the length of their text, and no more of it is near a sentence than may tell of the same."""
    assert hours_of("he said at 5 pm. At 6 pm " * 20_000) == {17, 18, 19}
    assert days_of("he said on Friday; Monday's raid, " * 20_000) == {"mon"}
    text = "the town " * 2_000 + "at noon. Two were killed."
    (passage,) = passages(claims_in(text), text)
    assert len(passage.near) < 2_100 and passage.hours == hours_of("at noon")
