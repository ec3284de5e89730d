"""Armed groups that no lexicon lists, known by what a report says of them.

"The Front for a Free Coast claimed responsibility", "members of the Black Falcons", "an outfit calling itself Dawn":
somebody who claims an attack is an actor, whatever the name, and so is a name made of the words that such groups use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tollbook import lexicon
from tollbook.resolve.standing import standing

_WORDS = lexicon.load("actors")["unlisted"]


def _any(key: str) -> str:
    return "|".join(_WORDS[key])


_CAPITAL = r"(?:(?:[Aa]l|[Aa]n|[Aa]sh|[Ee]l)-)?[A-Z][^\W_]*(?:[’'.-][^\W_]+)*"
_LINKS = _any("links")
_NAME = rf"{_CAPITAL}(?:(?: (?:{_LINKS}))? {_CAPITAL}){{0,6}}"
# Who claims stands before the verb, perhaps with words of its own between commas.
_CLAIMED = re.compile(rf"\b(?:{_any('claiming')})\b")
_BODY = "group|organisation|organization|faction|militia|movement|outfit"
_SUBJECT = re.compile(
    rf"\b(the |The )?({_NAME})(?: ?\([A-Z][\w-]{{1,12}}\))?( (?:{_BODY}))?(?:, [^,.;]{{1,110}},|,)?"
    rf"(?: (?:{_any('before_claiming')})){{0,3}}\s\Z"
)
_OF = re.compile(rf"\b(?:{_any('people')}) (?:of the|from the|of|belonging to the|loyal to the) ({_NAME})")
_CALLED = re.compile(rf"\b(?:{_any('bodies')})(?: of)?,? (?:the )?[\"“‘']?({_NAME})")
_LEFT = re.compile(rf"\b(?:{_any('made_of')})\b")
_RIGHT = re.compile(rf"\b(?:{_any('opening')})\b")
# Words without which none of the slower patterns can match.
_IF_CLAIMED = ("responsib", "credit", "claim", "behind", "carried out")
_IF_CALLED = ("known", "calling itself", "called", "named", "styling itself")
_BACK = re.compile(rf"(?:{_CAPITAL} (?:(?:{_LINKS}) )?){{1,5}}\Z")
_ON = re.compile(rf" (?:{_LINKS}) {_CAPITAL}| (?:{_any('made_of')})\b")
_ALL_ON = re.compile(rf"(?: (?:{_LINKS}))? {_CAPITAL}|-(?:\w{{1,3}}-)?{_CAPITAL}")
_SHORT = re.compile(r" ?\(([A-Z][A-Za-z-]{1,11})\)|, (?:or )?([A-Z]{2,8})\b")
_NEVER = re.compile(rf"\b(?:{_any('never')})\b")
_LEADING = re.compile(rf"\A(?:(?:{_any('leading')}) |(?i:{_any('people')}) (?:from|of) (?:the )?)+")


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A stretch of the text and the name that it stands for."""

    start: int
    end: int
    name: str


def find_unlisted(text: str) -> list[Unlisted]:
    """Names of groups in order, none overlapping another; short forms given in brackets count from there on.

    >>> [u.name for u in find_unlisted("The Coast Falcons claimed responsibility. Falcons are birds.")]
    ['Coast Falcons']
    """
    names = dict.fromkeys(name for name in _names(text) if _sound(name))
    told = standing(text, names)
    forms = {name: _short_forms(text, name, starts) for name, starts in told.items()}
    short = standing(text, {form for of_one in forms.values() for form in of_one})
    found: dict[int, Unlisted] = {}
    for name, starts in told.items():
        for form, at in ((name, starts), *((form, short[form]) for form in forms[name])):
            for start in at:
                found.setdefault(start, Unlisted(start, start + len(form), name))
    out: list[Unlisted] = []
    for u in sorted(found.values(), key=lambda u: (u.start, -u.end)):
        if not out or u.start >= out[-1].end:
            out.append(u)
    return out


def _short_forms(text: str, name: str, starts: Iterable[int]) -> list[str]:
    """The short forms that stand behind a name in brackets or after a comma, in order."""
    found = (_SHORT.match(text, start + len(name)) for start in starts)
    return list(dict.fromkeys(form for m in found if m and (form := m[1] or m[2]) != name))


def _names(text: str) -> Iterator[str]:
    if any(word in text for word in _IF_CLAIMED):
        for claim in _CLAIMED.finditer(text):
            subject = _SUBJECT.search(text[_sentence(text, claim.start()) : claim.start()])
            if subject and (subject[1] or subject[3] or _many(subject[2])):
                yield subject[2]
    for m in _OF.finditer(text):
        if _many(m[1]) or " of the" in m[0]:
            yield m[1]
    if any(word in text for word in _IF_CALLED):
        for m in _CALLED.finditer(text):
            yield m[1]
    for m in _LEFT.finditer(text):
        back = _BACK.search(text[max(0, m.start() - 80) : m.start()])
        on = _ON.match(text, m.end())
        if back or on:
            yield _stripped(text[m.start() - len(back[0] if back else "") : _extended(text, m.end(), _ON)])
    for m in _RIGHT.finditer(text):
        if _ALL_ON.match(text, m.end()):
            yield text[m.start() : _extended(text, m.end(), _ALL_ON)]


def _extended(text: str, end: int, more: re.Pattern[str]) -> int:
    for _ in range(5):
        m = more.match(text, end)
        if m is None:
            break
        end = m.end()
    return end


def _many(name: str) -> bool:
    """Whether a name is rather a body's than a person's: three words, a hyphen or capitals only."""
    return len(name.split()) > 2 or "-e-" in name or (name.isupper() and len(name) > 1)


def _stripped(name: str) -> str:
    return _LEADING.sub("", name)


def _sentence(text: str, end: int) -> int:
    """Where the sentence that ``end`` stands in may begin; at most 260 code points before."""
    start = max(0, end - 260)
    stop = max(text.rfind(". ", start, end), text.rfind("\n", start, end), text.rfind("; ", start, end))
    return max(start, stop + 1)


def _sound(name: str) -> bool:
    return 3 <= len(name) <= 90 and _NEVER.search(name) is None and _LEADING.match(name) is None
