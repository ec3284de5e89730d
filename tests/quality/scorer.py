"""Claims read against claims labelled: what was found, which slots are right, what each score was worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.quality.names import alike, fold

Labels = dict[str, Any]  # a labelled report: tests/golden/__init__.py
Read = dict[str, Any]  # a claim in the public JSON

SLOTS = ("count", "status", "event", "date", "place", "blamed", "origin", "stance", "scope", "relation")
_NO_EVENT = ("detained", "displaced", "abducted")  # what brought it about is not asked


@dataclass(frozen=True, slots=True)
class Outcome:
    """One claim that was read: its score, whether it is a claim at all, and whether every slot is right."""

    score: float
    found: bool
    whole: bool


@dataclass(slots=True)
class Figures:
    """Counts to be summed over reports."""

    documents: int = 0
    gold: int = 0
    read: int = 0
    found: int = 0
    whole: int = 0
    slots: Counter[str] = field(default_factory=Counter)
    outcomes: list[Outcome] = field(default_factory=list)
    misses: list[dict[str, Any]] = field(default_factory=list)

    def flat(self) -> dict[str, float]:
        """Every figure by name, rounded: what a floor is compared with."""
        named = {f"found {k}": v for k, v in _prf(self.found, self.read, self.gold).items()}
        named |= {slot: round(self.slots[slot] / self.found, 4) if self.found else 0.0 for slot in SLOTS}
        return named | {f"whole {k}": v for k, v in _prf(self.whole, self.read, self.gold).items()}


def score(reports: Sequence[Labels], read: Mapping[str, Sequence[Read]]) -> Figures:
    """Figures over the reports; ``read`` holds the claims by document key, in any order."""
    figures = Figures()
    for report in reports:
        _add(figures, report, list(read.get(report["id"], ())))
    return figures


def _add(figures: Figures, report: Labels, got: list[Read]) -> None:
    gold = report["claims"]
    figures.documents += 1
    figures.gold += len(gold)
    figures.read += len(got)
    pairs = dict(_pairs(gold, got, report.get("aliases", ())))
    for i, j in pairs.items():
        right = slots_right(gold[i], got[j], report.get("aliases", ()))
        figures.found += 1
        figures.slots.update(slot for slot, ok in right.items() if ok)
        figures.whole += all(right.values())
        figures.outcomes.append(Outcome(got[j].get("score", 1.0), True, all(right.values())))
        wrong = [slot for slot, ok in right.items() if not ok]
        if wrong:
            figures.misses.append({"id": report["id"], "wrong": wrong, "label": gold[i], "read": got[j]})
    for i, claim in enumerate(gold):
        if i not in pairs:
            figures.misses.append({"id": report["id"], "wrong": ["not found"], "label": claim, "read": None})
    taken = set(pairs.values())
    for j, claim in enumerate(got):
        if j not in taken:
            figures.outcomes.append(Outcome(claim.get("score", 1.0), False, False))
            figures.misses.append({"id": report["id"], "wrong": ["not a claim"], "label": None, "read": claim})


def _pairs(
    gold: Sequence[dict[str, Any]], got: Sequence[Read], aliases: Sequence[Sequence[str]]
) -> Iterator[tuple[int, int]]:
    """Each label with at most one claim read, the best fits first; among equal fits the one with more slots right."""
    fits = ((fit(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(got))
    ranked = [(-f, -sum(slots_right(gold[i], got[j], aliases).values()), i, j) for f, i, j in fits if f > 0]
    used_gold: set[int] = set()
    used_got: set[int] = set()
    for _, _, i, j in sorted(ranked):
        if i not in used_gold and j not in used_got:
            used_gold.add(i)
            used_got.add(j)
            yield i, j


def fit(label: Mapping[str, Any], claim: Read) -> float:
    """How well a claim fits a label: 0 unless harm and most words of the quote agree, and the number or its words."""
    words, others = fold(label["quote"]).split(), fold((claim.get("quote") or {}).get("text")).split()
    shorter = min(len(words), len(others))
    same = sum((Counter(words) & Counter(others)).values()) / shorter if shorter else 0.0
    if same < 0.6 or len(others) > 3 * len(words) + 20 or label["harm"] != claim["harm"]:
        return 0.0
    count, read = fold(label["count_text"]), fold(claim["count"]["text"])
    number = (label["low"], label["high"]) == (claim["count"]["low"], claim["count"]["high"])
    wording = bool(count and read and (count in read or read in count or set(count.split()) & set(read.split())))
    return same + number + wording if number or wording else 0.0


def slots_right(label: Mapping[str, Any], claim: Read, aliases: Sequence[Sequence[str]] = ()) -> dict[str, bool]:
    """Slot by slot, whether a claim says what the label says."""
    count, date = claim["count"], claim.get("date") or {}
    event, chain = claim.get("event") or {}, claim.get("attribution") or []
    return {
        "count": (label["low"], label["high"]) == (count["low"], count["high"]),
        "status": label["status"] == (claim.get("victims") or {}).get("status", "unknown"),
        "event": label["harm"] in _NO_EVENT or label["event_type"] == event.get("type"),
        "date": (label["date_from"], label["date_to"]) == (date.get("from"), date.get("to")),
        "place": _place_right(label, claim.get("place")),
        "blamed": _blamed_right(label["blamed"], claim.get("blamed") or [], aliases),
        "origin": bool(label["attribution"]) == bool(chain)
        and (not chain or alike(label["attribution"][0], chain[0].get("name") or "", aliases)),
        "stance": label["stance"] == claim.get("stance"),
        "scope": label["scope"] == claim.get("scope"),
        "relation": (label["relation"] or {}).get("type") == (claim.get("relation") or {}).get("type"),
    }


def _place_right(label: Mapping[str, Any], place: Mapping[str, Any] | None) -> bool:
    if not label["place_text"] or not place:
        return not label["place_text"] and not place
    named = alike(label["place_name"] or label["place_text"], place.get("name") or "")
    return named or alike(label["place_text"], place.get("text") or "")


def _blamed_right(names: Sequence[str], blamed: Sequence[Mapping[str, Any]], aliases: Sequence[Sequence[str]]) -> bool:
    read = [b.get("name") or b.get("text") or "" for b in blamed]
    return len(names) == len(read) and all(any(alike(n, r, aliases, loose=False) for r in read) for n in names)


def _prf(right: int, read: int, gold: int) -> dict[str, float]:
    precision, recall = right / read if read else 0.0, right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
