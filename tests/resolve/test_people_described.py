"""What a document says of a name elsewhere."""

from __future__ import annotations

from tests.clock import seconds
from tollbook.resolve.people_described import Described


def test_the_time_grows_with_the_text() -> None:
    """One long word of capital letters is looked at once."""

    def capitals(thousands: int) -> float:
        return seconds(lambda _: Described("A" * 1000 * thousands).is_outlet("Rupol"))

    assert capitals(40) < 10 * capitals(10) + 0.01
