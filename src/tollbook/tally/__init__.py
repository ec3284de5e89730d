"""What the claims about an incident add up to.

Claims about disjoint groups in one statement add ("two soldiers and three civilians": 5); parts, repeats and
superseded numbers do not; rival numbers span a range. Totals stay out. ``None`` is "not counted", never 0.
"""

from tollbook.tally.adding import Range, add_up
from tollbook.tally.rows import Tally, tally

__all__ = ["Range", "Tally", "add_up", "tally"]
