"""Attributions that word order shows without a parse: "according to X", "…, X said", "X: …", signed posts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tollbook import lexicon
from tollbook.find.grammar.passages import Passage
from tollbook.find.voice.cues import cue_verbs, voice_classes
from tollbook.find.voice.subjects import is_speaker_behind, is_verb, speaker_before, tells

Characters = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One attribution in characters of the document."""

    sources: tuple[Characters, ...]
    cues: tuple[Characters, ...]
    contents: tuple[Characters, ...]
    relays: tuple[Characters, ...]
    cue_class: str
    negated: bool
    quotable: bool


_ACCORDING = re.compile(r"\b[Aa]ccording to\s+|\b[Pp]er (?=the\s)")
_COUNTED = re.compile(
    r"\b(?:as (?:reported|stated|announced|confirmed|documented|recorded) by|[Bb]y the (?:count|tally|estimate) of|"
    r"in the words of|in the account of)\s+"
)
# "The ministry released the names of 220", "elders have drawn up a register of 71", "police found the bodies of six".
_LISTED = re.compile(
    r"\b(?:ha[ds] |have )?(?:already |also |now |so far )?"
    r"(?:circulated|compiled|drawn up|drew up|gathered|issued|made|published|put out|released)"
    r"(?: on [A-Z]\w+day)?(?: an?| the| its| their| his| her)? (?:\w+ ){0,2}?(?:lists?|names|register|roll)\b"
)
_FOUND = re.compile(
    r"\b(?P<source>(?:[Aa]uthorities|[Ii]nvestigators|[Pp]ilots|[Pp]olice|[Rr]esidents|[Ss]oldiers|[Tt]roops|[Vv]illagers)"
    r"(?: [^,;:.“”\"]{1,60}?)?) (?P<cue>(?:also |later )?(?:counted|discovered|found|recovered))"
    r"(?= [^,;:.“”\"]{0,40}?\b(?:bodies|corpses|remains)\b)"
)
_FOLLOWING = re.compile(
    r"\b(?:denounces?|denounced|deplores?|presents?) (?:the following|these) "
    r"(?:acts|cases|events|facts|incidents|violations)\b"
)
_REPORTS = re.compile(r"\breceived (?:\w+ ){0,2}(?:allegations|information|reports) (?=that |of )")
_AS = re.compile(
    r"As (?P<source>(?:the |a |an )?[A-Z][^,;:.]{2,90}?|(?:the|a|an) [^,;:.]{2,90}?) "
    r"(?P<cue>added|announced|clarified|confirmed|explained|noted|reported|said|specified|stated|told \w+|wrote)"
    r"(?: earlier| on \w+| today| yesterday)?, "
)
_TITLES = r"(?<!\b[DLMS][rt])(?<!\bMrs)(?<!\bSgt)(?<!\b(?:Col|Gen|Maj|Gov|Sen|Rep))(?<!\bCapt)"  # "Lt. Ada Loft"
_STOP = re.compile(rf"[,;]\s|{_TITLES}\.\s|[.;]?$|\n|\s[–—-]\s|[”\"]")
_MOST = 40  # verbs of saying in a passage: more are no sentence
_RELATED = re.compile(r", (?:who|whose|whom|which)\b[^“”\"]*,\Z")
_FORMS = sorted(f for f, v in cue_verbs().items() if v.quote and v.cue_class in voice_classes() and len(f) > 3)
_SAID = re.compile(r"(?<![\w-])(?:" + "|".join(_FORMS) + r")(?![\w-])")
_LEAD = re.compile(
    r"(?:(?:[A-Z]{2,30}[\w ,./’'()-]{0,60}(?:--|[–—-])\s*)|(?:(?:On|In|Earlier|Late|Also|Meanwhile)\b[^,]{0,40},\s*))"
)
_POST = re.compile(r"^[ \t]*[—–-]{1,2}[ \t]*(?P<name>[^\n@]{2,60}?)[ \t]*\(@\w{1,30}\)", re.M)
_COLON = re.compile(r"(?P<source>[^:\n“\"‘]{2,70}?)\s?:\s+(?=\S)")
_DID = re.compile(r"(?i)(?:abducted|arrested|detained|displaced|executed|injured|killed|wounded)\s+(?:\w+\s+){0,2}?\d")
_AFTER_COLON = re.compile(r":\s+(?P<source>[^:\n“”\"‘]{2,45})$")
_OFFICE = sorted({w for words in lexicon.load("speakers")["roles"].values() for w in words})
_AFTER_DASH = re.compile(  # "Two killed in the shelling of Zalba — governor"
    rf"\s(?:[—–]|-(?=\s(?-i:[a-z])))\s"
    rf"(?P<source>(?:[\w’'.-]+ ){{0,3}}?(?:{'|'.join(_OFFICE)}|ministry|police|army|military))$",
    re.IGNORECASE,
)
_NOT_SPEAKERS = re.compile(
    r"(?i)\b(?:photo|image|video|file|update\w*|read more|watch|live|source|credit|breaking|related|opinion|analysis|"
    r"published|date|time|by|tags?|follow\w*|part \w+|note|also|more|exclusive|explainer|timeline|map|location|who|"
    r"what|why|how|when|where)\b"
)

_WHAT_FOLLOWS = re.compile(
    r"(?i)\b(?:analysis|breaking|exclusive|explainer|latest|opinion|timeline|updates?|videos?)\b"
)
_CREDIT = re.compile(
    r"(?i)\b(?:source|credit|photo|image|courtesy|by|via|tags?|author|editor|editing|reporting|contact)\s*$"
)


_OFFICES = frozenset(lexicon.load("speakers")["bodies"]["words"]) | frozenset(
    word for words in lexicon.load("speakers")["roles"].values() for word in words
)
_SMALL = frozenset(
    [
        "in",
        "on",
        "at",
        "of",
        "for",
        "and",
        "the",
        "a",
        "an",
        "to",
        "by",
        "from",
        "with",
        "after",
        "as",
        "over",
        "amid",
        "near",
    ]
)


_PRONOUN = re.compile(r"(?:^|(?<=[^,”\"] ))(we|they|he|she|it|I)(?: also| have| has| had)*\Z", re.IGNORECASE)


def counted_by(passage: Passage) -> Iterator[Pattern]:
    """ "…, by the count of X", "…, as reported by X", "As X noted, …"."""
    yield from _phrases(passage, _COUNTED)
    yield from _who_listed(passage)
    m = _AS.match(passage.text)
    if m:
        yield _pattern(passage, m.span("source"), m.span("cue"), ((m.end(), len(passage.text)),))


# "A raid on a fair that grocers and clerks said killed 60": the parser joins the speakers to the fair.
_RELATED_TO = re.compile(
    r"\b(?:that|which) (?P<source>(?:(?!\b(?:that|which)\b)[^,;:.“”\"]){3,60}?) (?P<cue>said|say|says|reported)"
    r"(?= (?:had |have )?(?:claimed|injured|killed|left|wounded) )"
)
# With a word without which none of it can stand: to look for that costs next to nothing.
_WITH_WORDS = (
    (_FOLLOWING, ("following ", "these ")),
    (_LISTED, (" list", " names", "register", " roll")),
    (_REPORTS, ("received ",)),
)
_SAID_OR_SAYS = (" said ", " say ", " says ", " reported ")


def _who_listed(passage: Passage) -> Iterator[Pattern]:
    """Whose list, find or report a number stands on."""
    text = passage.text
    for pattern, words in _WITH_WORDS:
        m = pattern.search(text) if any(w in text for w in words) else None
        if m is None:
            continue
        end = text.find(";", m.end())
        source = speaker_before(text, 0, m.start() - (text[: m.start()].endswith(", ") and 2))
        if source is not None and "“" not in text[: m.start()] and '"' not in text[: m.start()]:
            yield _pattern(passage, source, m.span(), ((m.end(), end if end > 0 else len(text)),))
    m = _RELATED_TO.search(text) if any(w in text for w in _SAID_OR_SAYS) else None
    if m is not None:
        yield _pattern(passage, m.span("source"), m.span("cue"), ((m.end(), len(text)),))
    m = _FOUND.search(text) if "bodies" in text or "corpses" in text or "remains" in text else None
    if m is not None and not _TELLS.search(text, 0, m.start()):
        yield _pattern(passage, m.span("source"), m.span("cue"), ((m.end(), len(text)),))


def word_order(passage: Passage) -> Iterator[Pattern]:
    """What a passage without a parse shows."""
    yield from _phrases(passage, _ACCORDING)
    for m in islice(_SAID.finditer(passage.text), _MOST):
        yield from _around_verb(passage, m)


def _phrases(passage: Passage, pattern: re.Pattern[str]) -> Iterator[Pattern]:
    text = passage.text
    for m in pattern.finditer(text):
        stop = _STOP.search(text, m.end())
        end = stop.start() if stop else len(text)
        if 0 < end - m.end() <= 120:
            inserted = (
                pattern is _COUNTED and text[end : end + 2] == ", "
            )  # "Since May, by the count of X, 36 have died"
            both = ((0, m.start()), (end, len(text)))
            contents = both if inserted else both[:1] if m.start() > 12 else both[1:]
            cue = (m.start(), m.start() + len(m[0].rstrip()))
            yield _pattern(passage, (m.end(), end), cue, contents)


def _around_verb(passage: Passage, verb: re.Match[str]) -> Iterator[Pattern]:
    text, (start, end) = passage.text, verb.span()
    before, after = text[:start].rstrip(), text[end:]
    lead = _LEAD.match(text)
    begin = lead.end() if lead else 0
    if before.endswith(","):  # "A spokesman for X, Colonel Y, denied that"
        related = _RELATED.search(text, begin, len(before))
        source = speaker_before(text, begin, related.start() if related else len(before) - 1)
        apposed = source is not None and (related is not None or "," in text[slice(*source)])
        if source is not None and apposed and is_verb(text, start, end):
            yield _pattern(passage, source, (start, end), ((end, len(text)),))
            return
        if after.startswith(" that "):
            return
    word = verb[0].lower()
    if before.endswith((",", "”", '"', "“,")):  # ", said X"
        stop = _STOP.search(text, end + 1)
        limit = stop.start() if stop else len(text)
        behind = after[:1] == " " and 1 < limit - end <= 90 and is_speaker_behind(text, end, limit)
        if behind and tells(word):
            yield _pattern(passage, (end + 1, limit), (start, end), ((0, len(before)),))
        return
    if not is_verb(text, start, end):
        return
    pronoun = _PRONOUN.search(before)
    if pronoun and after.strip():  # "This week we recorded"
        yield _pattern(passage, pronoun.span(1), (start, end), ((end, len(text)),))
        return
    comma = max(before.rfind(mark) for mark in (", ", "” ", '" '))
    trailing = len(after.split()) <= 8 and not re.match(r"\s+(?:that\b|[“\"])", after)
    if comma >= begin and trailing and start - comma <= 90:  # "…, X said."
        source = speaker_before(text, comma + 2, len(before))
        if source is not None:
            yield _pattern(passage, source, (start, end), ((begin, comma + 1),))
        return
    source = speaker_before(text, begin, len(before))
    if source is not None and after.strip():
        yield _pattern(passage, source, (start, end), ((end, len(text)),))


def _pattern(passage: Passage, source: Characters, cue: Characters, contents: Sequence[Characters]) -> Pattern:
    at = passage.start
    word = passage.text[slice(*cue)].lower()
    verb = cue_verbs().get(word)
    return Pattern(
        ((source[0] + at, source[1] + at),),
        ((cue[0] + at, cue[1] + at),),
        tuple((a + at, b + at) for a, b in contents if a < b),
        (),
        verb.cue_class if verb else "say",
        False,
        True,
    )


_TELLS = re.compile(r"\b(?:was|were|is|are|had|has|have|did|died|who|which|that|killed|wounded|injured)\b")
_TOLD = re.compile(rf"{_TELLS.pattern}|\b[a-z]{{3,}}ed\b")
# "…, Ruvan Radio reports.", "…, the Ministry of Health (MoH) reported on Tuesday."
_ENDS = re.compile(
    r"(?<=[\w)”\"]),[”\"]?\s(?P<source>(?:the |a |an )?(?:[A-Z][\w’'.-]*|[a-z][\w-]*)(?: [\w’'.-]+){0,7}?"
    r"(?: \([A-Z][\w-]{1,11}\))?) "
    r"(?P<cue>announced|announces|confirmed|confirms|informed|reads|reported|reports|said|says|stated|states)"
    r"(?: (?:early |late |earlier )?(?:on |in a statement)?(?: ?on )?(?:[A-Z][a-z]+day|today|yesterday)?|"
    r" earlier| later)?\.?\Z"
)


# "…, an army source who asked not to be named said.", "…, a clerk who would not give his name told us."
_UNNAMED = re.compile(
    r", (?P<source>(?:an?|another|one|the|two) [^,;:“”\"]{3,60}?),? who [^;:“”\"]{2,60}?"
    r"\b(?:anonym(?:ity|ous)|identified|name|named)\b[^;:“”\"]{0,60}? (?P<cue>added|confirmed|said|says|told)"
    r"(?: [^,.;:]{1,30})?\.?\Z"
)


def trailing_speaker(passage: Passage) -> Pattern | None:
    """The speaker at the end of a sentence, where the words leave no doubt; for what a parser takes for a noun."""
    unnamed = _UNNAMED.search(passage.text, max(0, len(passage.text) - 200)) if " who " in passage.text else None
    if unnamed is not None and unnamed.start() >= 20:
        return _pattern(passage, unnamed.span("source"), unnamed.span("cue"), ((0, unnamed.start()),))
    m = _ENDS.search(passage.text, max(0, len(passage.text) - 130))
    if m is None or m.start() < 20 or _TELLS.search(m["source"]) or not _TOLD.search(passage.text, 0, m.start()):
        return None
    if m["source"].split()[0].lower() in _JOINING:
        return None
    return _pattern(passage, m.span("source"), m.span("cue"), ((0, m.start()),))


_JOINING = frozenset(["and", "as", "but", "he", "if", "it", "she", "they", "though", "we", "what", "while", "you"])


def colon_speaker(passage: Passage, first: bool) -> Pattern | None:
    """ "Ministry: five killed", "Five killed: ministry" in a line of its own; ``first``: it opens its paragraph."""
    text, at = passage.text, passage.start
    if not first or len(text) > 400:
        return None
    m = _COLON.match(text)
    if m and _DID.match(text, m.end()):
        return None  # "Ruritanian forces: killed 58 civilians": who did it
    if m and _could_speak(m["source"], text[m.end()] in "\"“‘'"):
        colon = text.index(":", m.end("source"))
        return Pattern(
            ((at, at + m.end("source")),), ((at + colon, at + colon + 1),), ((at + m.end(), at + len(text)),), (),
            "say", False, True,
        )  # fmt: skip
    m = _AFTER_COLON.search(text) or _AFTER_DASH.search(text)
    if (
        m
        and len(m["source"].split()) <= 6
        and text[-1] not in ".!?"
        and m.start() > 10
        and not _CREDIT.search(text, 0, m.start())
        and not _WHAT_FOLLOWS.search(m["source"])
    ):
        return Pattern(
            ((at + m.start("source"), at + m.end("source")),), ((at + m.start(), at + m.start() + 1),),
            ((at, at + m.start()),), (), "say", False, False,
        )  # fmt: skip
    return None


_TELLERS = frozenset(["doctors", "medics", "officials", "police", "residents", "source", "sources", "witnesses"])


def _could_speak(label: str, quoted: bool) -> bool:
    """Whether what stands before a colon is somebody: a name, an abbreviation, an office; not "Bus fire in Norland"."""
    words = label.split()
    if len(words) > 7 or _NOT_SPEAKERS.search(label) or not label[0].isupper():
        return False
    if quoted:
        return True
    if label.lower() in lexicon.countries():  # "Norland: five killed" tells where, not who
        return False
    tail = next((i for i, w in enumerate(words) if i and w in ("at", "from", "in", "of")), len(words))
    if tail < len(words) and words[tail - 1].lower() in _TELLERS:
        return True  # "Medical sources at Ruvan hospital: 34 dead"
    if words[-1].lower() in _OFFICES or (len(words) == 1 and label.isupper()):
        return all(w[:1].isupper() or w.lower() in _OFFICES for w in words)
    return (
        2 <= len(words) <= 5 and not label.isupper() and all(w[:1].isupper() and w.lower() not in _SMALL for w in words)
    )


def posts(text: str, passages: Sequence[Passage]) -> Iterator[Pattern]:
    """A post copied into the page: its text, then "— Name (@handle) date" on a line of its own. The paragraph above the
    signature is the signer's, and so is every other paragraph with the same words (pages print posts twice)."""
    signatures = list(_POST.finditer(text))
    if not signatures:
        return
    by_paragraph: dict[int, Characters] = {}
    for p in passages:
        start, _ = by_paragraph.get(p.paragraph, (p.start, p.end))
        by_paragraph[p.paragraph] = (start, p.end)
    paragraphs = sorted(by_paragraph.values())
    ends = [end for _, end in paragraphs]
    alike: dict[str, list[Characters]] = {}
    for paragraph in paragraphs:
        alike.setdefault(_key(text, paragraph), []).append(paragraph)
    for m in signatures:
        above = bisect_right(ends, m.start("name")) - 1
        if above >= 0:
            same = alike.pop(_key(text, paragraphs[above]), [])
            if same:
                yield Pattern(((m.start("name"), m.end("name")),), (), tuple(same), (), "say", False, False)


def _key(text: str, span: Characters) -> str:
    return re.sub(r"\W+", "", text[span[0] : min(span[1], span[0] + 400)])[:80].lower()
