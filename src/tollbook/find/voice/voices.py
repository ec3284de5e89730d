"""Whose voice a stretch of a document is in: the chain from the origin outwards.

The innermost content that holds the stretch names the origin; the contents around it those who pass it on. Outside
every content the voice of the sentence before may carry on, while the text shows signs of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tollbook.find.grammar.passages import Passage
from tollbook.find.voice.cues import voice_classes
from tollbook.find.voice.lists import opened_lists
from tollbook.records import Attribution, AttributionMention, Mode, Span, Speaker

_NOBODY = frozenset({"nobody", "none", "no", "neither", "everybody", "everyone", "nothing"})
_QUOTED_SELF = frozenset({"i", "we", "us", "me", "he", "she", "they", "it"})
_BACKGROUND = re.compile(
    r"^(?:On|In|Since|Last|Earlier|Over|During|For|By) (?:the |an? |early |late |mid-)?(?:past |last |previous )?"
    r"(?:\d|January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|"
    r"Sept\.|Oct\.|Nov\.|Dec\.|week|month|year|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|years|decade|"
    r"months|weeks|recent|another)\b|^(?:Last|Earlier|Also|Separately|Meanwhile|Elsewhere|Previously)\b"
)
_CARRIES_ON = re.compile(
    r"^(?:The (?:wounded|injured|dead|victims|casualties|deceased|others?|rest|toll|remaining)|"
    r"Those (?:abducted|arrested|detained|held|injured|killed|wounded)|"
    r"Among (?:them|the (?:dead|wounded|victims|injured))|Of (?:them|these|those)|"
    r"They (?:include|included)|Most of (?:them|the dead))\b",
    re.I,
)
_GOES_ON = re.compile(
    r"^(?:Moreover|Furthermore|In addition|Additionally|As a result|Another|"
    r"(?:\S+ ){0,5}(?:of|among) (?:them|these|those|whom))\b",
    re.I,
)
_SENTENCES = 2  # how far indirect speech carries on within its paragraph
_BARE = re.compile(
    r"^(?:an? |the |some |\w+ing )?(?:(?:initial|early|preliminary|first|news|latest|new) )*"
    r"(?:assessments?|reports?|statements?|estimates?|information|reviews?)$",
    re.I,
)


@dataclass(frozen=True)
class Voices:
    """What ``voices_of`` needs of a document; its tables are made once, on first use (hence no slots)."""

    text: str
    passages: Sequence[Passage]
    mentions: Sequence[AttributionMention]
    speakers: Mapping[tuple[int, int], Speaker]
    outlet: str | None = None

    @cached_property
    def held(self) -> Mapping[int, list[AttributionMention]]:
        """By passage: the voiced mentions whose content reaches into it."""
        table: dict[int, list[AttributionMention]] = {}
        for mention in filter(_voiced, self.mentions):
            reached = {i for c in mention.contents for i in range(self.index(c.start), self.index(c.end - 1) + 1)}
            for i in reached:
                table.setdefault(i, []).append(mention)
        return table

    @cached_property
    def cued(self) -> Mapping[int, list[AttributionMention]]:
        """By passage: every mention whose cue, or source where it has no cue, stands in it."""
        table: dict[int, list[AttributionMention]] = {}
        for mention in self.mentions:
            first = mention.cues[0] if mention.cues else (mention.sources or mention.contents)[0]
            table.setdefault(self.index(first.start), []).append(mention)
        return table

    @cached_property
    def lists(self) -> Mapping[int, int]:
        """By paragraph that is an entry of a list: the passage that opens it."""
        return opened_lists(self.passages)

    @cached_property
    def relayed(self) -> Mapping[str, Attribution]:
        """By speaker: the agency or outlet that the document says passes on what they say, where it says so first."""
        table: dict[str, Attribution] = {}
        for mention in filter(_voiced, self.mentions):
            if mention.cue_class == "relay" or not mention.contents:
                continue
            at = mention.contents[0].start
            around = [m for m in self.held.get(self.index(at), ()) if _size(m, at, at + 1) is not None]
            around.sort(key=lambda m: _size(m, at, at + 1) or 0)
            chain = _chain(around, self)
            if len(chain) > 1 and chain[1].mode == "relayed" and chain[1].kind == "media":
                table.setdefault(chain[0].name, chain[1])
        return table

    def index(self, at: int) -> int:
        """The passage that holds a character."""
        return max(0, bisect_right(self.passages, at, key=lambda p: p.start) - 1)


def voices_of(start: int, end: int, document: Voices) -> tuple[Attribution, ...]:
    """Who says what stands at ``[start, end)``, from the origin outwards; empty where the reporter does.

    >>> from tollbook.find.voice.attribution import find_attributions
    >>> from tollbook.find.grammar.passages import split_passages
    >>> text = "Two men died, according to the Ruvan Health Office."
    >>> passages = split_passages(text)
    >>> mentions = find_attributions(text, passages, {})
    >>> source = mentions[0].sources[0]
    >>> office = Speaker("Ruvan Health Office", None, "Ruvan Health Office", "medical")
    >>> voices = Voices(text, passages, mentions, {(source.start, source.end): office})
    >>> [(a.name, a.cue, a.mode) for a in voices_of(0, 7, voices)]
    [('Ruvan Health Office', 'according to', 'indirect')]
    """
    if not document.passages:
        return ()
    holding = [m for m in document.held.get(document.index(start), ()) if _size(m, start, end) is not None]
    holding = [_spelled(m, document) for m in holding]
    holding = [m for m in holding if not _our_own(m, document)]
    named = [m for m in holding if not _BARE.match(m.sources[0].text)]
    holding = named or holding  # "according to an initial assessment, the officials said": the officials
    holding.sort(key=lambda m: (_size(m, start, end), m.cue_class != "relay"))
    chain = _chain(holding, document)
    if not chain and (around := _interrupting(start, document)) is not None:
        chain = _chain([around], document)
    if not chain and (opener := document.lists.get(document.passages[document.index(start)].paragraph)) is not None:
        lister = _lister(opener, document)
        chain = _chain([lister], document) if lister is not None else ()
    if not chain:
        carried = _carried(start, end, document)
        chain = _chain([carried], document) if carried is not None else ()
    return _passed_on(_with_origin(chain, start, document), start, document)


def _passed_on(chain: tuple[Attribution, ...], start: int, document: Voices) -> tuple[Attribution, ...]:
    """An agency that passed on somebody's words above ("…, Loft said, the agency reports") passes on the rest too."""
    if len(chain) != 1 or chain[0].mode == "relayed":
        return chain
    relay = document.relayed.get(chain[0].name)
    return (*chain, relay) if relay is not None and relay.start < start else chain


def _with_origin(chain: tuple[Attribution, ...], start: int, document: Voices) -> tuple[Attribution, ...]:
    """An agency that quoted a source a moment ago goes on quoting it: '"…," the agency said.' is still the source."""
    if len(chain) != 1 or chain[0].kind != "media" or chain[0].mode != "direct":
        return chain
    for mention in reversed(document.mentions):
        if mention.cue_class != "relay" or not mention.relays or mention.sources[0].start > start:
            continue
        if not mention.cues[0].text.lower().startswith("quot") and len(mention.cues) < 2:
            continue  # "citing documents" gives evidence, it does not hand the voice over
        passing = document.speakers.get((mention.relays[0].start, mention.relays[0].end))
        if passing is not None and passing.name == chain[0].name:
            origin = _chain([mention], document)
            return (replace(origin[0], mode="direct"), replace(chain[0], mode="relayed")) if origin else chain
        break
    return chain


def _our_own(mention: AttributionMention, document: Voices) -> bool:
    """ "…, the Ruvan Post can reveal" in the Ruvan Post: the reporter's voice with a flourish."""
    cue = mention.cues[0].text.lower() if mention.cues else ""
    speaker = document.speakers.get((mention.sources[0].start, mention.sources[0].end))
    return cue.endswith(("can reveal", "can disclose", "has learned", "understands", "recalls")) and (
        speaker is not None and not _is_other(speaker.name, document.outlet)
    )


def _is_other(name: str, outlet: str | None) -> bool:
    ours, theirs = (re.sub(r"\W+|^the ", "", n or "").lower() for n in (outlet, name))
    return not (ours and theirs and (ours in theirs or theirs in ours))


def _spelled(mention: AttributionMention, document: Voices) -> AttributionMention:
    """ "Five killed: report" in a headline: the first that the text below names for it."""
    first = mention.sources[0]
    if not _BARE.match(first.text) or document.passages[min(1, len(document.passages) - 1)].end < first.start:
        return mention
    for other in document.mentions:
        if (
            other.sources
            and other.sources[0].start > first.end
            and _voiced(other)
            and not _BARE.match(other.sources[0].text)
        ):
            return replace(mention, sources=other.sources, relays=other.relays)
    return mention


def _voiced(mention: AttributionMention) -> bool:
    if mention.sources and mention.sources[0].text.split(" ")[0].lower() in _NOBODY:
        return False
    if mention.cue_class == "think":
        return bool(mention.sources) and _reckons(mention)
    return bool(mention.sources) and (mention.cue_class in voice_classes() or mention.cue_class == "relay")


def _reckons(mention: AttributionMention) -> bool:
    """ "A watchdog believes that 14 civilians died", "the committee knows of nine deaths": whose number it is."""
    if mention.negated or mention.sources[0].text.lower() in _QUOTED_SELF:
        return False
    cue = " ".join(c.text for c in mention.cues).lower()
    return cue.endswith((" know of", " knows of")) or cue in _RECKON


_RECKON = frozenset(
    ["believe", "believed", "believes", "know of", "knows of", "knew of", "reckon", "reckoned", "reckons"]
)


def _size(mention: AttributionMention, start: int, end: int) -> int | None:
    """The length of the content that holds the stretch; ``None`` where none does."""
    sizes = [c.end - c.start for c in mention.contents if c.start <= start < c.end]
    return min(sizes) if sizes else None


def _chain(mentions: Sequence[AttributionMention], document: Voices) -> tuple[Attribution, ...]:
    chain: list[Attribution] = []
    names: set[str] = set()
    for mention in mentions:
        outer = bool(chain)
        links = [(s, _mode(mention, outer or bool(at))) for at, s in enumerate(mention.sources[:1])]
        links += [(s, "relayed") for s in mention.relays if _passes_on(s, document)]
        for source, mode in links:
            speaker = document.speakers.get((source.start, source.end))
            if speaker is None or speaker.name in names:
                continue
            if (
                source.text.lower() in _QUOTED_SELF
                and not outer
                and len(mentions) > 1
                and source.text.lower() in ("i", "we", "us")
            ):
                continue
            names.add(speaker.name)
            cue = " ".join(c.text for c in mention.cues) or None
            chain.append(
                Attribution(
                    source.text,
                    source.start,
                    source.end,
                    speaker.name,
                    speaker.role,
                    speaker.body,
                    speaker.kind,
                    cue,
                    mode,
                )
            )
    return tuple(chain)


def _mode(mention: AttributionMention, outer: bool) -> Mode:
    if outer:
        return "relayed"
    return "direct" if mention.mode == "direct" else "indirect"


def _passes_on(relay: Span, document: Voices) -> bool:
    """An agency or outlet other than the one that prints the document."""
    speaker = document.speakers.get((relay.start, relay.end))
    if (
        speaker is None
        or speaker.kind != "media"
        or relay.text.lower() in ("reporters", "journalists", "media", "the media")
        or relay.text.lower().startswith("this ")
    ):
        return False
    return _is_other(speaker.name, document.outlet)


def _carried(start: int, end: int, document: Voices) -> AttributionMention | None:
    """The mention whose voice carries on to a stretch that no content holds."""
    passages, index = document.passages, document.index(start)
    if any(m.sources and m.cues for m in document.cued.get(index, ())):
        return None  # this sentence has somebody of its own who says, wants or hopes something else
    passage = passages[index]
    before, at = _nearest(index, -1, document)
    after, _ = _nearest(index, 1, document)
    if before is None:
        return None
    if after is not None and _one(before, after, document) and not _BACKGROUND.match(passage.text):
        return before
    apart = passage.paragraph - passages[at].paragraph
    leads = before.contents[0].start > before.cues[0].start  # "X said that …" opens a speech; "…, X said." closes one
    if apart == 0 and index - at <= _SENTENCES and leads and not _BACKGROUND.match(passage.text):
        return before
    return before if _CARRIES_ON.match(passage.text) or (apart == 0 and _GOES_ON.match(passage.text)) else None


_LISTS = frozenset(["blame", "condemn", "deny"])  # "denounces the following facts"


def _lister(opener: int, document: Voices) -> AttributionMention | None:
    """Who opens a list of incidents ("the Centre documented the following:"), or told of their sum just before."""
    said = document.passages[opener].paragraph
    for index in range(opener, max(-1, opener - 4), -1):
        if said - document.passages[index].paragraph > 1:
            return None
        for mention in document.cued.get(index, ()):
            if mention.sources and (_voiced(mention) or mention.cue_class in _LISTS):
                return mention
    return None


def _interrupting(start: int, document: Voices) -> AttributionMention | None:
    """ "Troops hit back, he said, killing at least four", "…, a group said Sunday, and 110 died": the words behind the
    one voice of a sentence that it interrupts."""
    index = document.index(start)
    passage = document.passages[index]
    voiced = [m for m in document.cued.get(index, ()) if m.cues and m.sources and m.cue_class != "demand"]
    if len(voiced) != 1 or not _voiced(voiced[0]) or not voiced[0].contents:
        return None
    mention = voiced[0]
    if mention.cues[0].text.lower().startswith(("according", "by the", "per ")):
        return None
    last = max(mention.cues[-1].end, mention.sources[-1].end)
    opens = mention.contents[0].start <= passage.start + 3 and mention.contents[0].end <= mention.cues[0].start
    behind = document.text[last : last + 24]
    goes_on = _BEHIND.match(behind) is not None
    return mention if opens and last <= start and goes_on else None


_BEHIND = re.compile(r", (?:and|while|with|when|[a-z]+ing)\b")


def _nearest(index: int, step: int, document: Voices) -> tuple[AttributionMention | None, int]:
    """The nearest whole sentence of one voice before (-1) or after (1) a passage, at most one paragraph away."""
    passages = document.passages
    at = index + step
    while 0 <= at < len(passages) and abs(passages[at].paragraph - passages[index].paragraph) <= 1:
        found = [m for m in document.cued.get(at, ()) if _voiced(m) and _leads(m, passages[at])]
        if found:
            return (found[-1] if step < 0 else found[0]), at
        at += step
    return None, -1


def _leads(mention: AttributionMention, passage: Passage) -> bool:
    """Whether the whole sentence is in this voice, rather than a clause somewhere in it."""
    if not mention.cues or mention.cues[0].text.lower().startswith("to "):
        return False
    held = sum(max(0, min(c.end, passage.end) - max(c.start, passage.start)) for c in mention.contents)
    return held >= 0.4 * (passage.end - passage.start)


def _one(a: AttributionMention, b: AttributionMention, document: Voices) -> bool:
    first, second = (document.speakers.get((m.sources[0].start, m.sources[0].end)) for m in (a, b))
    return first is not None and second is not None and first.name == second.name
