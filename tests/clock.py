"""Time taken fairly, for tests of how it grows. How fast the program is, is asked by the benchmarks."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[int], object]) -> float:
    """Of the processor: the least of three runs, told apart by their number, with the collector of garbage held.

    What other processes do does not count, nor a pause for what the tests before this one left behind.
    """
    held = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        return min(_once(work, number) for number in range(3))
    finally:
        if held:
            gc.enable()


def _once(work: Callable[[int], object], number: int) -> float:
    begun = time.process_time()
    work(number)
    return time.process_time() - begun
