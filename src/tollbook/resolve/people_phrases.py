"""One source phrase taken apart: name, role, the body spoken for, and the words that others can refer back to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from tollbook import lexicon
from tollbook.records import Kind


class NamedActor(Protocol):
    """What the resolver of actors gives back: a canonical name and what kind of source it is."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> Kind: ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase taken apart. ``person`` is a proper name, ``body`` the words for what the person speaks for,
    ``core`` the phrase without its utterance, article and descriptions, ``head`` its last common noun."""

    text: str
    core: str
    person: str | None
    role: str | None
    body: str | None
    head: str | None
    definite: bool
    plural: bool
    words: frozenset[str]
    utterance: bool


_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-’'.&][^\W_]+)*[.]?|[(),]")
_DETERMINER = re.compile(
    r"\A(?:the|a|an|this|that|some|these|those|its|his|her|their|our|my|both|all|several)\s+", re.I
)
_DEFINITE = re.compile(r"(?:the|this|that|these|those|its|his|her|their|both)\b", re.I)
_BASED = re.compile(r"(?:[\w.’'-]+-(?:based|language|run|owned|affiliated|allied|aligned|linked|controlled)\s+)+", re.I)
_WHEN = re.compile(r" (?:on|late on|early on) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z")
_ONE = frozenset({"one of them", "one", "another", "another of them", "one of those"})
_REPORTING = re.compile(r"\A(?:Reporting|Speaking|Writing) (?:from|in|to) [^,]{2,40}, ")
_COUNTING = re.compile(
    r"\A(?i:the )?(?i:activists|correspondents|monitors|reporters|researchers|teams?) (?:of|from|at|with) "
    r"(?P<whom>the [A-Z][^,]+?)(?: on the ground)?\Z"
)
_US = re.compile(r"\bU\.\s?S\.")
_CLAUSE = re.compile(
    r",?\s(?:who|whose|which|there who|quoted by|cited by|speaking|working|interviewed|reached|contacted)\s"
)
_ABBREVIATED = re.compile(r"\s*\([^()]{1,40}\)\s*")
_FOR = re.compile(r"\b(?P<prep>for|of|at|in|from|with|to)\s+(?P<body>.+)$", re.S)


_AND_OTHERS = re.compile(
    r"(?<=[a-z’']) and (?:two |three |several |many )?other [a-z][a-z ]+\Z"
)  # "Loft and two other clerks"
_OF_BODY_NAME = re.compile(
    r"(?P<office>(?:the )?[a-z][\w -]{0,40} (?:of|for) (?:the )?[\w’' -]{0,60}?\b(?:[A-Z]{2,6}|Army|Command|Council|"
    r"Department|Forces|Guard|Ministry|Office|Police|Republic|Service)) "
    r"(?P<name>[A-Z][a-z][\w’'-]*(?: [A-Z][a-z][\w’'-]*){1,2})\Z"
)


def _has_body(name: str) -> bool:
    return any(w.lower() in listed("bodies") for w in name.split())


@cache
def roles() -> dict[str, str]:
    """Word to role."""
    return {word: role for role, words in lexicon.load("speakers")["roles"].items() for word in words}


@cache
def listed(table: str, key: str = "words") -> frozenset[str]:
    """One list of ``lexicon/speakers.toml``."""
    return frozenset(lexicon.load("speakers")[table][key])


@cache
def _kinds() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    out = []
    for row in lexicon.load("speakers")["kinds"]:
        words = "|".join(re.escape(w) for w in sorted(row["words"], key=len, reverse=True))
        after = "|".join(row.get("not_before", ()))
        guard = rf"(?!\s+(?:{after})\b)" if after else ""
        out.append((row["kind"], re.compile(rf"(?<![\w-])(?:{words})(?![\w-]){guard}", re.I)))
    return tuple(out)


def kind_of(*phrases: str | None) -> Kind:
    """The kind of a source by its words; the first phrase that tells decides.

    >>> kind_of("a nurse at the clinic"), kind_of(None, "Ministry of Works"), kind_of("Ada Loft")
    ('medical', 'government', 'unknown')
    """
    for phrase in phrases:
        for kind, pattern in _kinds():
            if phrase and pattern.search(phrase):
                return kind
    return "unknown"


def gender_of(phrase: Phrase) -> str | None:
    """ "woman" or "man", where the words of a phrase say it."""
    return next((g for g in ("woman", "man") if phrase.words & listed("gender", g)), None)


def take_apart(text: str) -> Phrase:
    """A source phrase as its parts.

    >>> p = take_apart("Norland's Foreign Ministry spokeswoman Ada Loft")
    >>> p.person, p.role, p.body
    ('Ada Loft', 'spokesperson', "Norland's Foreign Ministry")
    >>> p = take_apart("Ali Sefo, a spokesman for the Ruvan Guard")
    >>> p.person, p.role, p.body
    ('Ali Sefo', 'spokesperson', 'Ruvan Guard')
    """
    flat = re.sub(r"\s+", " ", text.strip(' \t\n,;:"“”«»'))
    flat = _US.sub("US", re.sub(r"[’']s$", "", flat))
    flat = _WHEN.sub("", _REPORTING.sub("", flat))
    counting = _COUNTING.match(flat)
    if counting:
        flat = counting["whom"]  # "activists of the Ruvan Observatory" speak for it
    if _DEFINITE.match(core_of := _speaker_of_utterance(flat)[0]) and core_of != flat:
        flat = core_of  # "information verified by the unit" refers back as "the unit" does
    flat = _AND_OTHERS.sub("", flat)
    trailing = _OF_BODY_NAME.match(flat)
    if trailing and not _has_body(trailing["name"]):  # "an envoy of the Norish Trade Ministry Ada Loft"
        flat = f"{trailing['name']}, {trailing['office']}"
    definite = bool(_DEFINITE.match(flat))
    core, utterance = _speaker_of_utterance(_CLAUSE.split(flat, maxsplit=1)[0])
    bare = _DETERMINER.sub("", core, count=1) if _DETERMINER.match(core) else core
    segments = [s for s in bare.split(", ") if s.strip()] or [bare]
    if len(segments) > 1 and segments[0].lower() in _ONE and _DETERMINER.match(segments[1]):
        segments = segments[1:]  # "one of them, a teacher"
        bare = ", ".join(segments)
        bare = _DETERMINER.sub("", bare, count=1)
        segments[0] = _DETERMINER.sub("", segments[0], count=1)
    if len(segments) > 1 and _described_only(segments[0]) and _capitals(segments[1]):
        segments = [segments[1], segments[0], *segments[2:]]  # "another news agency, Ruvan Press"
    if len(segments) == 2 and _IN_A_TOWN.search(segments[0]) and _is_land(segments[1]):
        segments = segments[:1]  # "police in Zalba, Norland"
    if len(segments) > 1 and " and " not in segments[-1]:
        bare = segments[0]
    person, role, body = _person(segments)
    if person is None and len(segments) > 1:
        person, role = _apposed(flat, segments)
    first = _ABBREVIATED.sub(" ", segments[0]).strip()
    head = _head(first)
    words = frozenset(w.lower().strip(".") for w in _TOKEN.findall(flat) if w not in "(),")
    plural = bool(head and head.endswith("s") and not head.endswith("ss")) or " and " in bare
    if person is None and role is None:
        role = _role_in(first) if head in roles() else None
        if role is not None:
            body = _body_of_role(first)
    return Phrase(flat, bare, person, role, body, head, definite, plural, words, utterance)


_IN_A_TOWN = re.compile(r"\b[a-z]+ (?:at|from|in|near) (?:[A-Z][\w’'-]*|al-\w+)(?: [A-Z][\w’'-]*)*\Z")


def _is_land(segment: str) -> bool:
    """One capitalised word, or a country: "Punjab", "New Zealand"."""
    words = segment.split()
    return _capitals(segment) and (len(words) == 1 or segment.lower().removeprefix("the ") in lexicon.countries())


def _described_only(segment: str) -> bool:
    """ "the news agency for the region": what it is, without its name."""
    named = re.split(r"\s(?:for|of|in|from|at)\s", segment)[0].split()
    return bool(named) and named[-1] in listed("descriptions")


def _capitals(segment: str) -> bool:
    return segment[:1].isupper() or segment.startswith("al-")


_READ_BY = re.compile(r" (?:obtained|read|reviewed|seen|viewed) by .*")  # "a police report seen by the paper"


def _speaker_of_utterance(flat: str) -> tuple[str, bool]:
    """ "a statement by the army", "the army's statement", "a statement on the raid from X" → the speaker; and whether
    the phrase is no more than an utterance ("the statement", "initial reports")."""
    nouns = listed("utterances")
    words = _READ_BY.sub("", flat).split()
    low = [w.lower().strip(",") for w in words]
    noun = next((i for i, w in enumerate(low[:6]) if w in nouns and (i < 2 or words[i].islower())), None)
    if noun is None:
        return flat, False
    by = next((i for i in range(noun + 1, min(len(low), noun + 9)) if low[i] in ("by", "from")), None)
    if by is None and noun + 1 < len(low) and low[noun + 1] == "of" and any(w[:1].isupper() for w in words[noun + 2 :]):
        by = noun + 1
    if by is not None and by + 1 < len(words) and "," not in words[by][-1:]:
        who = " ".join(words[by + 1 :])
        known = any(c.isupper() for c in who) or who.startswith(("the ", "its ")) or kind_of(who) != "unknown"
        return (who, False) if known else (flat, noun <= 3)
    possessor = next((i for i, w in enumerate(words[:noun]) if w.endswith(("’s", "'s", "s’", "s'"))), None)
    if possessor is not None:
        owner = " ".join(words[: possessor + 1])
        return (owner[:-2] if owner.endswith(("’s", "'s")) else owner[:-1]), False
    before = words[1 if low[0] in ("the", "a", "an") else 0 : noun]
    if any(w[:1].isupper() for w in before[(1 if low[0] not in ("the", "a", "an") else 0) :]) or (
        before and before[0].isupper()
    ):
        while before and low[words.index(before[-1])] in nouns:
            before.pop()
        while before[1:] and before[0] in listed("utterances", "qualities"):
            before.pop(0)
        return " ".join(before), False  # "a New York Times investigation"
    if before and before[-1] in listed("bodies") and low[0] in ("a", "an"):
        return " ".join(before), False  # "a police report"
    return flat, True


def _is_name(token: str) -> bool:
    low = token.lower()
    if low.strip(".") in roles() or low in listed("titles"):
        return False
    return token[:1].isupper() or "-" in token and token.split("-")[-1][:1].isupper() or low in listed("particles")


def _name_run(tokens: list[str]) -> list[str]:
    """The capitalised words at the end."""
    run: list[str] = []
    for token in reversed(tokens):
        if not _is_name(token):
            break
        run.append(token)
    run.reverse()
    while run and (run[0].lower() in listed("particles") and run[0].islower() and run[0] not in ("al-",)):
        run.pop(0)
    return run


def _looks_personal(run: list[str]) -> bool:
    if not 1 <= len(run) <= 6:
        return False
    return not any(t.lower().strip(".") in listed("bodies") for t in run) and any(
        len(t) > 2 and not t.isupper() for t in run
    )


def _person(segments: list[str]) -> tuple[str | None, str | None, str | None]:
    first = segments[0]
    tokens = _TOKEN.findall(first)
    after_bracket = tokens[tokens.index(")") + 1 :] if ")" in tokens else None
    plain = [t for t in tokens if t not in "(),"]
    titled = [i for i, t in enumerate(plain) if t.lower().strip(".") in roles() or t.lower() in listed("titles")]
    if titled and plain:
        run = _name_run(plain[titled[-1] + 1 :])
        if run and _looks_personal(run) and len(run) == len(plain) - titled[-1] - 1:
            role, body = _role_and_body(plain, titled)
            if role is None and len(segments) > 1:
                role, body = _role_in(segments[1]), _body_of_role(segments[1])
            return " ".join(run), role, body
        tail = after_bracket if after_bracket else None
        if tail and all(_is_name(t) for t in tail) and _looks_personal(tail):
            inside = first[: first.rfind(")") + 1]
            return " ".join(tail), _role_in(inside), _body_of_role(inside)
    if not titled and plain and all(_is_name(t) for t in plain) and _looks_personal(plain):
        for segment in segments[1:3]:
            role = _role_in(segment)
            if role is not None:
                return " ".join(plain), role, _body_of_role(segment)
    if titled and len(segments) > 1:
        second = [t for t in _TOKEN.findall(segments[1]) if t not in "(),"]
        while second and second[0].lower() in listed("titles") and len(second) > 1:
            second = second[1:]
            if len(second) == 1 and _is_name(second[0]) and _looks_personal(second):
                return second[0], _role_in(first), _body_of_role(first)
        if 2 <= len(second) <= 5 and all(_is_name(t) for t in second) and _looks_personal(second):
            return " ".join(second), _role_in(first), _body_of_role(first)
    return None, None, None


def _apposed(flat: str, segments: list[str]) -> tuple[str | None, str | None]:
    """A name beside what somebody is: "a teacher on the island, Ada Loft", "Ada Loft, a baker", "one of them, Ada"."""
    first, second = (_TOKEN.findall(s) for s in segments[:2])
    if not first or not second:
        return None, None
    while len(second) > 1 and second[0].lower() in listed("titles"):
        second = second[1:]
    described = _DETERMINER.match(flat) or first[0].lower() == "one"
    if described and (_head(segments[0]) or "")[:1].islower() and _all_names(second) and not _body_word(segments[0]):
        return " ".join(second), _role_in(segments[0])
    if len(first) > 1 and _all_names(first) and _DETERMINER.match(segments[1]) and not _body_word(segments[1]):
        return " ".join(first), _role_in(segments[1])
    return None, None


def _all_names(tokens: list[str]) -> bool:
    return 1 <= len(tokens) <= 5 and all(_is_name(t) for t in tokens) and _looks_personal(tokens)


def _body_word(segment: str) -> bool:
    head = _head(segment) or ""
    return head in listed("bodies") or head in listed("descriptions")


def _role_and_body(plain: list[str], titled: list[int]) -> tuple[str | None, str | None]:
    """Role and body of "Norland's Foreign Ministry spokeswoman Ada Loft"."""
    for i in titled:
        role = roles().get(plain[i].lower().strip("."))
        if role is None:
            continue
        before = plain[:i]
        while before and before[-1].lower() in listed("titles") | {"deputy", "senior", "assistant", "press", "chief"}:
            before.pop()
        if role == "minister" and before:
            topic = before[-1]
            ministry = topic[:1].isupper() and topic.lower() not in nation_words()
            return role, " ".join([*before, "Ministry"] if ministry else before)
        return role, " ".join(before) or None
    military = [plain[i] for i in titled if plain[i].lower() in listed("titles", "military")]
    if military:
        return None, " ".join(plain[: titled[0]]) or None
    return None, None


def _role_in(segment: str) -> str | None:
    """The last role word of a description before what it is a role of: "health ministry spokesman for the north"."""
    found = None
    for token in (t.lower().strip(".") for t in _TOKEN.findall(_ABBREVIATED.sub(" ", segment))):
        if found is not None and token in ("for", "of", "at", "in", "from", "who", "with", "to"):
            break
        found = roles().get(token, found)
    return found


def _body_of_role(segment: str) -> str | None:
    """ "a spokesman for the Ruvan Guard", "the Ruvan Guard media head" → Ruvan Guard."""
    flat = segment.strip()
    m = _FOR.search(flat)
    own = _before_role(flat[: m.start()] if m else flat)
    if m and (own is None or m["prep"] in ("for", "of")):
        body = _DETERMINER.sub("", m["body"].split(", ")[0], count=1)
        return body.strip() if any(c.isupper() for c in body) or kind_of(body) != "unknown" else None
    return own


@cache
def nations() -> dict[str, str]:
    """Adjectives, names and seats of government, each to its country."""
    out = {}
    for row in lexicon.load("demonyms")["countries"]:
        for key in ("adjectives", "names", "seats"):
            for phrase in [row["name"], *row.get(key, [])]:
                out[phrase.lower()] = row["code"]
                out[phrase.lower().replace(".", "")] = row["code"]
    return out


@cache
def nation_words() -> frozenset[str]:
    return frozenset(nations())


_NO_MINISTRY = frozenset(["Chief", "First", "Ministry", "Prime"])


def _before_role(flat: str) -> str | None:
    """ "a Ruvan Guard spokesman" → Ruvan Guard."""
    tokens = [t for t in _TOKEN.findall(_ABBREVIATED.sub(" ", flat)) if t not in "(),"]
    at = next((i for i, t in enumerate(tokens) if t.lower().strip(".") in roles()), None)
    if not at:
        return None
    before = tokens[:at]
    while before and (before[0].lower() in listed("fillers") or before[0].isdigit()):
        before = before[1:]
    while before and (
        before[-1].lower() in listed("titles") | {"deputy", "senior", "press", "media", "chief", "assistant"}
    ):
        before.pop()
    body, last = " ".join(before), before[-1] if before else ""
    known = last in _NO_MINISTRY or last.lower() in nation_words()
    if tokens[at].lower() == "minister" and last[:1].isupper() and not known:
        body += "" if last.endswith(("’s", "'s")) else " Ministry"
    return body if any(t[:1].isupper() for t in before) else None


def _head(segment: str) -> str | None:
    """The last word before a preposition or a clause, lower case."""
    cut = re.split(
        r"\s+(?:of|for|at|in|from|with|who|which|that|on|near|to|by|close|familiar|inside|speaking)\s+", segment
    )[0]
    tokens = [t for t in _TOKEN.findall(cut) if t not in "(),"]
    return tokens[-1].lower().strip(".") if tokens else None


def proper_core(core: str) -> str:
    """A body's name without descriptions: where it is based, what it is.

    >>> proper_core("Norland-based Ruvan Watch (RW), a monitor"), proper_core("pro-government daily al-Ruvan")
    ('Ruvan Watch', 'al-Ruvan')
    >>> proper_core("Norish-language Ruvan Telegraph newspaper"), proper_core("Ruvan health ministry")
    ('Ruvan Telegraph', 'Ruvan health ministry')
    """
    plain = _ABBREVIATED.sub(" ", core.split(", ")[0]).strip()
    shorter = _BASED.sub("", plain, count=1) if _BASED.match(plain) else plain
    if shorter[:1].islower() and not shorter.startswith("al-") and "based" not in plain[: -len(shorter)]:
        shorter = plain  # "the Ruvan-controlled health office" has no name without it
    if not shorter[:1].isupper():
        shorter = shorter or plain
    words = shorter.split()
    described = [i for i, w in enumerate(words) if w in listed("descriptions")]
    if not described:
        return shorter if any(c.isupper() for c in shorter) or shorter != plain else plain
    tail = words[described[-1] + 1 :]
    if tail and all(w[:1].isupper() or "-" in w and w.split("-")[-1][:1].isupper() for w in tail):
        return " ".join(tail)  # "state news agency SANA"
    named = words[: described[0]]
    while len(named) > 1 and ("-" in named[0] and named[0].split("-")[-1].islower() or named[0].islower()):
        named.pop(0)
    return " ".join(named) if not tail and len(named) > 1 and all(w[:1].isupper() for w in named) else shorter


def spelled_out(text: str) -> dict[str, str]:
    """Abbreviations that the document explains: "Ruvan Watch Group (RWG)" → RWG.

    >>> spelled_out("The Ruvan Watch Group (RWG) counted.")
    {'RWG': 'Ruvan Watch Group'}
    """
    out: dict[str, str] = {}
    for m in re.finditer(r"\(([A-Z][A-Za-z]{1,9})\)", text):
        words = text[max(0, m.start() - 120) : m.start()].split("\n")[-1].split()
        letters = [c for c in m[1] if c.isupper()]
        best = _matching(words, letters)
        if best:
            out.setdefault(m[1], best)
    return out


def _matching(words: list[str], letters: list[str]) -> str | None:
    """The shortest run of words before a bracket whose capitals spell the abbreviation."""
    need = list(letters)
    for back in range(len(words) - 1, max(-1, len(words) - 10), -1):
        word = words[back].strip("“”\"'’(,")
        parts: Iterable[str] = reversed([p for p in re.split(r"[-–]", word) if p])
        for part in parts:
            if need and part[:1].upper() == need[-1] and part[:1].isupper():
                need.pop()
        if not need:
            run = [w.strip('“”"') for w in words[back:]]
            return " ".join(run) if all(not w.endswith((",", ".")) for w in run[:-1]) else None
    return None
