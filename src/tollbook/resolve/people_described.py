"""Who a bare name is, by what the document says of it elsewhere: "police chief Ada Loft", "Ada Loft, a nurse", "the
Ruvan Mail newspaper"."""

from __future__ import annotations

import re

from tollbook.resolve.people_phrases import Phrase, kind_of, listed, roles, take_apart

_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]*")
_GIVEN = re.compile(r"([A-Z][\w’'-]*)\.? \Z")
_MOST_PLACES = 4  # of one name: who somebody is stands where they are first told of
_WORDS_BEFORE = re.compile(r"(?:[\w’'.-]+ ){1,6}\Z")
_BEHIND = re.compile(r", (?P<who>(?:(?:a|an|the|who is) )?[^,.;:\n“”\"]{4,70})(?=[,.;:\n])")
_AHEAD = re.compile(r"\b(?:[Tt]he|[Oo]ne|[Aa]n?) (?P<who>[a-z]+(?: [a-z]+){0,4}), \Z")
_OUTLETS = r"(?:newspaper|daily|weekly|magazine|news agency|radio|television|website|broadcaster|news site|TV)s?"
_NAME = r"(?:[A-Z][\w’'-]*|[a-z]{1,2}[’'-][A-Z][\w’'-]*)(?: [A-Z][\w’'-]*){0,3}"
_OUTLET = re.compile(
    rf"(?<![\w’'-])(?!(?:An?|The) )"
    rf"(?P<one>{_NAME})(?:(?:,| and) (?:the )?(?P<two>{_NAME}))? {_OUTLETS}\b|{_OUTLETS},? (?P<behind>{_NAME})"
)


class Described:
    """What one document says of its names; its tables are made on first use, in one pass each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: dict[str, list[int]] | None = None
        self._outlets: frozenset[str] | None = None

    def is_outlet(self, name: str) -> bool:
        """ "Ruvan Mail" where the text has "the Ruvan Mail newspaper" or "the daily Ruvan Mail"."""
        if self._outlets is None:
            found = [m.groupdict().values() for m in _OUTLET.finditer(self.text)]
            self._outlets = frozenset(n.removeprefix("The ") for names in found for n in names if n)
        return name.removeprefix("The ") in self._outlets

    def person(self, name: str) -> Phrase | None:
        """The name with the office, title or calling that stands beside it somewhere; ``None`` where none does."""
        last = name.split()[-1]
        for end in self._ends(last):
            start = end - len(name)
            if start < 0 or self.text[start:end] != name:
                start = end - len(last)
                given = _GIVEN.search(self.text, max(0, start - 30), start)
                if given and not {given[1].lower()} & (roles().keys() | listed("titles")):
                    continue  # "Ada Loft" is not Tom Loft
            for words in (self._before(start, end), self._behind(start, end), self._apposed(start, end)):
                phrase = take_apart(words) if words else None
                if phrase is None or phrase.person is None or phrase.person.split()[-1] != last:
                    continue
                kind = kind_of(phrase.text)
                if kind != "relative" and (phrase.role or phrase.body or kind != "unknown"):
                    return phrase
        return None

    def _ends(self, last: str) -> list[int]:
        if self._places is None:
            self._places = {}
            for m in _CAPITALISED.finditer(self.text):
                places = self._places.setdefault(m[0], [])
                if len(places) < _MOST_PLACES:
                    places.append(m.end())
        return self._places.get(last, [])

    def _before(self, start: int, end: int) -> str | None:
        m = _WORDS_BEFORE.search(self.text, max(0, start - 90), start)
        words = m[0].split() if m else []
        kept: list[str] = []
        for word in reversed(words):
            low = word.lower().strip(".")
            if word.endswith(".") and low not in listed("titles"):
                break
            office = low in roles() or low in listed("titles") or low in listed("bodies")
            if not office and low not in _SMALL and not word[:1].isupper():
                break
            kept.insert(0, word)
        while kept and kept[0].lower() in _SMALL:
            kept.pop(0)
        told = any(w.lower().strip(".") in roles() or w.lower() in listed("titles") for w in kept)
        return " ".join([*kept, self.text[start:end]]) if told else None

    def _behind(self, start: int, end: int) -> str | None:
        m = _BEHIND.match(self.text, end)
        who = m["who"].lower().split() if m else []
        if m is None or not any(w in roles() for w in who):
            return None
        return f"{self.text[start:end]}, {m['who'].removeprefix('who is ')}"

    def _apposed(self, start: int, end: int) -> str | None:
        """ "A surveyor, Ada Loft, went …"."""
        m = _AHEAD.search(self.text, max(0, start - 50), start)
        told = m is not None and any(w in roles() for w in m["who"].split())
        return f"{m['who']}, {self.text[start:end]}" if m is not None and told else None


_SMALL = frozenset(["and", "assistant", "chief", "deputy", "for", "local", "of", "regional", "senior", "the"])
