"""Who a number comes from: the body at the first link of its chain, and how many such bodies an incident has.

Two outlets that quote one ministry are one origin. A number without a speaker is the outlet's own, of unknown
independence: it may be a relay that does not say so. So the count of origins is a range.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tollbook import lexicon
from tollbook.link.claims import LinkClaim
from tollbook.link.words import common, fold

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(lexicon.words("link", "of_any_body"))
_PRONOUN = frozenset(lexicon.words("link", "pronouns"))
_PRESS = frozenset(lexicon.words("link", "press"))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from. ``known``: the report names a body, a person or at least their kind."""

    key: str
    name: str
    known: bool
    kind: str = "unknown"

    @property
    def named(self) -> bool:
        """Whether it has a name, rather than only a kind ("a doctor")."""
        return self.known and not self.key.startswith("kind:")


@dataclass(frozen=True, slots=True)
class Origins:
    """``of``: each claim's origin; ``low`` counts those known apart, ``high`` adds those of unknown independence."""

    of: Mapping[str, Origin]
    low: int
    high: int
    outlets: int
    documents: int


def origin_of(claim: LinkClaim, bodies: frozenset[str] = frozenset()) -> Origin:
    """The origin of one claim. ``bodies``: whoever is quoted by anybody; an outlet among them speaks for itself.

    >>> from tollbook.link.claims import link_claim
    >>> row = {"id": "c-1", "document": {"key": "a", "outlet": "Post"}, "harm": "killed", "count": {"low": 3},
    ...        "attribution": [{"name": "a hospital doctor", "body": None, "kind": "medical"}]}
    >>> origin_of(link_claim(row)).key, origin_of(link_claim({**row, "attribution": []})).known
    ('kind:medical', False)
    """
    for voice in claim.voices:
        name = voice.body if voice.body and not _unsaid(voice.body) else voice.name
        if voice.kind == "media" and _same_name(name, claim.outlet):
            break
        if voice.kind == "media" and not voice.body and len(claim.voices) > 1:
            continue
        origin = _named(voice.body, voice.name, voice.kind)
        if origin is not None:
            return origin
    outlet = claim.outlet or ""
    if outlet and (
        _tokens(outlet) & _speakers() or any(_same_name(outlet, body) for body in bodies) or _counts_itself(claim)
    ):
        return Origin("body:" + " ".join(sorted(_tokens(outlet))), outlet, True, "outlet")
    key = "outlet:" + (fold(outlet) if outlet else f"document {claim.document}")
    return Origin(key, outlet or claim.key, False, "outlet")


# "Our team received at least three dead", "we counted four": the outlet's own people counted.
_OURS = re.compile(
    r"\bour (?:\w+ ){0,2}?(?:admin|colleagues?|contributors?|correspondents?|medics?|monitors?|nurses?|people|"
    r"reporters?|researchers?|staff|teams?|volunteers?)\b"
    r"|\bwe (?:have )?(?:counted|documented|identified|recorded|verified)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")


def _counts_itself(claim: LinkClaim) -> bool:
    return claim.quote is not None and bool(_OURS.search(_QUOTED.sub("", claim.quote[0])))


def _unsaid(name: str) -> bool:
    """Whether a name names nobody: a pronoun, or words that end in one."""
    words = fold(name).split()
    return not words or words[-1] in _PRONOUN or words[0] in _PRONOUN


_RUN_BY = re.compile(r"-(?:administered|appointed|controlled|run)\b")


def _named(body: str | None, name: str, kind: str) -> Origin | None:
    if _RUN_BY.search(name):
        body = name  # "the rebel-run health office" is an office, whoever runs it
    if body and not _unsaid(body):
        words = _tokens(body)
        if words and not (kind == "unknown" and all(common(word) for word in words)):
            return Origin("body:" + " ".join(sorted(words)), body, True, kind)
    if _unsaid(name):
        return Origin(f"kind:{kind}", "somebody unnamed", True, kind) if kind != "unknown" else None
    role = _ROLE.search(name.lower())
    if name[:1].isupper() and not role:
        words = _tokens(name)
        if kind == "unknown" and words and all(common(word) for word in words):
            return None  # "Following reports of …": a word that opened the sentence
        return Origin("name:" + " ".join(sorted(words)), name, True, kind)
    kind = _kind_of(name, kind)
    return Origin(f"kind:{kind}", name, True, kind)


# An unnamed speaker is told from another by what he is: two reports of "a doctor" are not two doctors for certain.
_KINDS: dict[str, list[str]] = lexicon.load("link")["speaker_kinds"]
_KIND_WORD = {word: kind for kind, words in _KINDS.items() for word in words}
_ROLE = re.compile(r"\b(?:" + "|".join(sorted(_KIND_WORD)) + r")\b")


def _kind_of(name: str, kind: str) -> str:
    """The kind that the words of a name give, the reader's own first.

    >>> _kind_of("local official and father of a victim", "relative"), _kind_of("a hospital worker", "unknown")
    ('relative', 'medical')
    """
    found = [_KIND_WORD[word] for word in _ROLE.findall(name.lower())]
    return kind if not found or kind in found else found[0]


def _speakers() -> frozenset[str]:
    """Words in the name of a publisher that counts or rules for itself rather than reports."""
    return frozenset(lexicon.words("origins"))


def _tokens(name: str) -> frozenset[str]:
    return frozenset(w for word in _WORD.findall(name) if (w := fold(word)) not in _EMPTY)


def _same_name(one: str | None, other: str | None) -> bool:
    """One name, or the smaller one's words all in the larger.

    >>> _same_name("the health office", "health office in the governorate"), _same_name("Post", None)
    (True, False)
    """
    x, y = _tokens(one or ""), _tokens(other or "")
    return bool(x and y) and (x <= y or y <= x)


def quoted_bodies(claims: Iterable[LinkClaim]) -> frozenset[str]:
    """Every body that some claim is attributed to, media apart, and whoever is of no known kind: an agency often is."""
    return frozenset(v.body for c in claims for v in c.voices if v.body and v.kind not in ("media", "unknown"))


def count_origins(claims: Sequence[LinkClaim], family: Mapping[str, str], bodies: frozenset[str]) -> Origins:
    """The origins of the claims of one incident. ``family`` folds reprints: see :mod:`tollbook.link.reprints`.

    Whoever denies a number is no origin of it. The lower count takes for one whatever may be one: an unnamed speaker
    and somebody of that kind, or another unnamed one, who gives the same number.
    """
    first = {c.id: origin_of(c, bodies) for c in claims}
    names = _merge({o.key: o for o in first.values()}, _aliases(claims))
    of = {id: names[o.key] for id, o in first.items()}
    of = _relayed(claims, of, family)
    of = _told_on(claims, of)
    counted = [c for c in claims if c.stance != "denied"] or list(claims)
    known = {of[c.id].key: of[c.id] for c in counted if of[c.id].known}
    unknown = {of[c.id].key for c in counted if not of[c.id].known}
    low = len(known) - _perhaps_others(known, _figures(counted, of))
    outlets = {fold(c.outlet) if c.outlet else c.document for c in claims}
    return Origins(of, max(low, 1), max(len(known) + len(unknown), 1), len(outlets), len({c.document for c in claims}))


Figures = Mapping[str, frozenset[tuple[str, int | None, int | None]]]


def _figures(claims: Iterable[LinkClaim], of: Mapping[str, Origin]) -> Figures:
    """The numbers that each origin gives."""
    found: dict[str, set[tuple[str, int | None, int | None]]] = defaultdict(set)
    for c in claims:
        if c.relation != "part_of":
            found[of[c.id].key].add((c.harm, c.low, c.high))
    return {key: frozenset(given) for key, given in found.items()}


def _perhaps_others(known: Mapping[str, Origin], figures: Figures) -> int:
    """How many unnamed speakers may be one of the others."""
    unnamed = sorted(key for key, o in known.items() if not o.named)
    taken: set[str] = set()
    for key in unnamed:
        for other, o in known.items():
            alike = not o.named or o.kind in (known[key].kind, "media", "activist", "outlet", "unknown")
            if (
                other != key
                and other not in taken
                and alike
                and figures.get(key, frozenset()) & figures.get(other, frozenset())
            ):
                taken.add(key)
                break
    return len(taken)


def _aliases(claims: Iterable[LinkClaim]) -> dict[str, set[str]]:
    """A person's name as one of the body that some report says the person speaks for."""
    found: dict[str, set[str]] = defaultdict(set)
    for c in claims:
        for voice in c.voices[:1]:
            if voice.body and not _unsaid(voice.body) and voice.name[:1].isupper() and not _unsaid(voice.name):
                person, body = _tokens(voice.name), _tokens(voice.body)
                if person and body and person != body:
                    found["name:" + " ".join(sorted(person))].add("body:" + " ".join(sorted(body)))
    return found


def _told_on(claims: Sequence[LinkClaim], of: Mapping[str, Origin]) -> dict[str, Origin]:
    """A number of an agency or of an unnamed speaker is that of whoever else gives the same number, where
    that is one of the same kind, or a report no later than the agency's own.
    """
    figures = _figures(claims, of)
    since = {key: min(c.published or 0 for c in claims if of[c.id].key == key) for key in {o.key for o in of.values()}}
    origins = {o.key: o for o in of.values()}
    home: dict[str, Origin] = {}
    for key, origin in sorted(origins.items()):
        relay = origin.known and origin.kind == "media"
        if not origin.known or (origin.named and not relay):
            continue
        for other, target in sorted(origins.items()):
            if other == key or not target.known or target.kind == "media" or (not relay and not target.named):
                continue
            alike = since[other] <= since[key] if relay else target.kind == origin.kind
            if alike and figures.get(key, frozenset()) & figures.get(other, frozenset()):
                home[key] = target
                break
    return {id: home.get(o.key, o) for id, o in of.items()}


def _merge(origins: Mapping[str, Origin], aliases: Mapping[str, set[str]]) -> dict[str, Origin]:
    """One origin for the names that a body goes by: those whose words are all in a longer one, and its people."""
    result: dict[str, Origin] = {}
    by_size = sorted(origins, key=lambda k: (-len(k.split()), k))
    for key in by_size:
        kind, _, words = key.partition(":")
        target = origins[key]
        if kind in ("body", "name"):
            inside = set(words.split())
            if target.kind == "outlet":  # a coalition's media centre speaks for the coalition
                inside = inside - _PRESS or inside
            for other in by_size:
                other_kind, _, other_words = other.partition(":")
                theirs = set(other_words.split())
                if (
                    other != key
                    and other_kind in ("body", "name")
                    and inside <= theirs
                    and theirs != set(words.split())
                ):
                    target = result.get(other, origins[other])
                    break
        result[key] = target
    for name, held in sorted(aliases.items()):
        present = [body for body in sorted(held) if body in result]
        if name in result and len(present) == 1:
            target = result[present[0]]
            result = {key: target if o.key == name else o for key, o in result.items()}
    return result


def _relayed(claims: Sequence[LinkClaim], of: dict[str, Origin], family: Mapping[str, str]) -> dict[str, Origin]:
    """An unattributed number takes the origin that its own report, or one that prints the same text, gives for it."""
    given: dict[tuple[str, str, int | None, int | None], set[str]] = defaultdict(set)
    by_key = {o.key: o for o in of.values()}
    for c in claims:
        if of[c.id].known:
            given[family.get(c.document, c.document), c.harm, c.low, c.high].add(of[c.id].key)
    result = dict(of)
    speakers: dict[str, set[str]] = defaultdict(set)
    for c in claims:
        if of[c.id].known:
            speakers[family.get(c.document, c.document)].add(of[c.id].key)
    # Of one text printed by several, the one that the family is named after stands for all.
    printed = {c.document: of[c.id] for c in claims if not of[c.id].known and family.get(c.document) == c.document}
    for c in claims:
        if of[c.id].known:
            continue
        home = family.get(c.document, c.document)
        same = given.get((home, c.harm, c.low, c.high), set()) or (
            speakers[home] if c.relation or not c.stated else set()
        )
        if same:
            result[c.id] = by_key[min(same)]
        elif home != c.document:
            result[c.id] = printed.setdefault(home, of[c.id])
    return result
