"""Names of people and countries as words: the fullest form in a document, and what a phrase names at all."""

from __future__ import annotations

import re
from functools import cache

from tollbook import lexicon
from tollbook.resolve.people_phrases import listed, nation_words, roles

_RUN = re.compile(r"[A-Z][\w’'.-]{0,24}(?: (?:[A-Z][\w’'.-]{0,24}|al|bin|ibn|van|von|de|der)(?![\w’'.-])){1,7}")
_ALONE = re.compile(
    r"(?:(?<=[.”\"] )|(?<=, )|(?<=\n)|^)([A-Z][\w’'-]{1,24}) (?:said|told|added|says|noted|explained)\b"
)
_MOST_RUNS = 50  # of one last word: enough for any name, and nothing grows without bound
_ABBREVIATED = 4  # letters: "Capt.", "Sgt.", "J."


class Names:
    """The names of one document; its tables are made on first use, in one pass each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.full: dict[str, str] = {}
        self.runs: dict[str, list[list[str]]] | None = None
        self.alone: set[str] | None = None

    def fullest(self, name: str) -> str:
        """The longest form of a person's name in the document that ends in the same name."""
        if name not in self.full:
            self.full[name] = self._search(name)
        return self.full[name]

    def _search(self, name: str) -> str:
        tokens = name.split()
        best = name
        for run in self._runs().get(tokens[-1], ()):
            if run[-len(tokens) :] != tokens:
                continue
            keep: list[str] = []
            for word in reversed(run[: -len(tokens)]):
                low = word.lower().strip(".")
                office = low in roles() or word.lower() in listed("titles") or low in listed("bodies")
                if word.isupper() and len(word) > 2 and not tokens[-1].isupper():
                    break  # "a delegate of the QPA Ada Loft"
                short = len(low) <= 1 or "." in low or len(low) <= _ABBREVIATED and low in _abbreviations()
                if word.endswith(".") and not short:
                    break  # "… in Alaska. Loft said": a sentence ends there
                if office or low in starters() or low in nation_words() or word.endswith(("’s", "'s")):
                    break
                keep.insert(0, word)
            while keep and keep[0].islower():
                keep.pop(0)
            full = " ".join([*keep, name])
            if len(full) > len(best) and len(full.split()) <= 5:
                best = full
        return best

    def _runs(self) -> dict[str, list[list[str]]]:
        """Runs of capitalised words by their last, found once."""
        if self.runs is None:
            self.runs = {}
            for m in _RUN.finditer(self.text):
                words = m[0].split()
                for end in range(2, len(words) + 1):
                    group = self.runs.setdefault(words[end - 1], [])
                    if len(group) < _MOST_RUNS:
                        group.append(words[max(0, end - 6) : end])
        return self.runs

    def speaks_alone(self, core: str) -> bool:
        """Two names or more, and the last of them speaks alone elsewhere ("Loft said")."""
        tokens = core.split()
        if len(tokens) < 2:
            return False
        if self.alone is None:
            self.alone = {m[1] for m in _ALONE.finditer(self.text)}
        return tokens[-1] in self.alone


def names_all(core: str, name: str) -> bool:
    """Whether a name found in a phrase is what the phrase is about: "Norland" is not who "Norland Relief Fund" is, and
    "police" not who "Ruvan police" are."""
    low = name.lower()
    capitals = [w for w in re.findall(r"[^\W\d_][\w’'.-]*", core) if w[:1].isupper()]
    if low in nation_words():
        return all(
            w.lower().strip(".") in nation_words() or w.lower() in ("the", "united", "states", "kingdom")
            for w in capitals
        )
    return not (name.islower() and capitals)


def head_only(core: str) -> str:
    return re.split(r"\s+(?:of|for|at|in|from|with|who|by|on|injured|killed|speaking)\s+", core)[0]


def ends_common(core: str) -> bool:
    """ "US military", "Israeli army": described rather than named."""
    return core.split()[-1][:1].islower() and not core.split()[-1].startswith("al-")


def could_be_person(core: str) -> bool:
    tokens = core.split()
    if not 1 <= len(tokens) <= 5 or any(t.lower().strip(".") in listed("bodies") for t in tokens):
        return False
    return (
        all(t[:1].isupper() or t.lower() in listed("particles") or t.startswith("al-") for t in tokens)
        and not core.isupper()
    )


def last_name(name: str) -> str:
    return name.split()[-1].lower() if name.split() else ""


def compatible(a: str, b: str) -> bool:
    """One name's words all in the other's, initials aside."""
    x, y = ({w.lower() for w in n.replace(".", " ").split() if len(w) > 2} for n in (a, b))
    small, large = sorted((x, y), key=len)
    return small <= large


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lexicon.words("abbreviations")) | {w.strip(".") for w in listed("titles")}


@cache
def starters() -> frozenset[str]:
    """Capitalised only because they open a sentence."""
    return listed("fillers") | listed("starters")
