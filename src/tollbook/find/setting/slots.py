"""Which date and which place of a passage belong to a harm, by the arcs of the parse and by distance.

A place in the name of a speaker or after "from" is where somebody comes from; a date beside a verb of saying is when it
was said: see ``said``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Sequence

from tollbook.find.grammar.passages import Passage
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.harms import Finding
from tollbook.find.layers import Layers, M, inside
from tollbook.find.setting.days import (
    BACKGROUND,
    coarser,
    dates_agree,
    is_birth,
    is_of_wound,
    is_open,
    names_a_day,
)
from tollbook.find.setting.nested import share_before, without_glosses, without_holders
from tollbook.find.setting.sites import (
    COARSE,
    are_listed,
    back_reference,
    far_apart,
    home_of_speakers,
    is_site,
    placed,
    rank,
    within,
)
from tollbook.records import DatePrecision, PlaceMention, When

# "The strike came hours after a raid that killed two", "The attack follows one in May that ...": from here on the
# sentence tells of an earlier incident.
LOOKS_BACK = re.compile(
    r"\b(?:assault|attack|blast|bombardment|bombing|explosion|incident|killing|massacre|news|slaying|raid|shelling|shooting|"
    r"strike|violence)s?\b[^.;:]{0,40}?\b(?:(?:came|comes?)\b[^.;:]{0,30}?\b(?:after|at the end of)|"
    r"follow(?:ed|s))\b",
    re.IGNORECASE,
)


# "A man was charged on Monday over a bombing that killed two": the day is the court's.
_TRIED = re.compile(
    r"\b(?:arraigned|arrested|charged|convicted|held|indicted|jailed|ordered|pleaded|sentenced|tried)\b[^;:]{0,120}?"
    r"\b(?:for|in|of|over|to|with) [^;:]{0,40}?\b(?:assault|attack|blast|bombing|explosion|killing|massacre|murder|"
    r"raid|shelling|shooting|strike)s?\b",
    re.IGNORECASE,
)


def _token(s: Sentence, offset: int) -> int:
    return max(0, bisect_right(range(len(s.words)), offset, key=s.start) - 1)


def _distance(s: Sentence, finding: Finding, offset: int, end: int) -> float:
    """Arcs between a mention and the harm, with word distance as a tie-break; crossing another number costs."""
    token = _token(s, end - 1)
    arcs = min(
        _arcs(s, token, finding.trigger), 1 + _arcs(s, token, finding.phrase.top if finding.phrase else finding.trigger)
    )
    words = min(abs(token - finding.trigger), abs(token - (finding.phrase.head if finding.phrase else finding.trigger)))
    low, high = sorted((token, finding.trigger))
    crossed = sum(1 for a, _, c in s.counts if low < a < high and c is not finding.count and (c.low or 0) > 0)
    clause = 1.5 * sum(1 for k in range(low, high) if s.words[k] in (";", "while", "whereas", "whilst"))
    return arcs + 0.12 * words + 0.8 * crossed + clause


def _arcs(s: Sentence, a: int, b: int) -> int:
    up: dict[int, int] = {}
    steps = 0
    while a not in up:
        up[a] = steps
        a = s.heads[a]
        steps += 1
    steps = 0
    seen: set[int] = set()
    while b not in up and b not in seen:
        seen.add(b)
        b = s.heads[b]
        steps += 1
    return steps + up.get(b, 12)


_MOST = 8  # each mention is weighed against each other number: in a sentence of forty numbers only the close ones


def _close(finding: Finding, others: Sequence[Finding]) -> Sequence[Finding]:
    if len(others) <= _MOST:
        return others
    return sorted(others, key=lambda o: abs(o.trigger - finding.trigger))[:_MOST]


def _beside(finding: Finding, options: list[M]) -> list[M]:
    if len(options) <= _MOST:
        return options
    near = sorted(options, key=lambda m: abs(m.start - finding.count.start))[:_MOST]
    return sorted(near, key=lambda m: m.start)


def _since(finding: Finding) -> int:
    """From where on the passage tells of the finding's incident, not of the one that came after it."""
    passage = finding.sentence.passage
    before = passage.text[: finding.count.start - passage.start]
    turn = LOOKS_BACK.search(before) or _TRIED.search(before)
    return passage.start + turn.end() if turn else passage.start


def _dated_since(finding: Finding, layers: Layers) -> int:
    """The same for dates: "the attack comes three weeks after gunmen": the date runs into the turn."""
    since = _since(finding)
    return next((d.start for d in inside(layers.dates, since - 40, since) if d.end >= since), since)


def own_date(finding: Finding, others: Sequence[Finding], layers: Layers, said: Container[int]) -> When | None:
    """The date in the finding's own passage that belongs to it, and no closer to another number (``others``)."""
    s = finding.sentence
    options = [
        d
        for d in inside(layers.dates, _dated_since(finding, layers), s.passage.end)
        if d.start not in said and not is_birth(d, s) and names_a_day(d)
        if not _of_another(s, finding, d, layers) or is_of_wound(d, s)
    ]
    since = [d for d in options if is_open(d)]
    if since and finding.rule == "number of dead":
        return since[0]  # "With today's dead the number of those killed since May rises to 318"
    beside = [d for d in options if 0 <= d.start - finding.count.end <= 8 and _follows(finding, d)]
    if beside:
        return beside[0]  # "sixty on Friday and 50 on Saturday"
    others, options = _close(finding, others), _beside(finding, options)
    ranked = [(_distance(s, finding, d.start, d.end) + _outside(d.start, finding, layers), d.start, d) for d in options]
    near = [
        r
        for r in ranked
        if all(
            r[0] <= _slack(s, finding, o, _token(s, r[2].end - 1)) + _distance(s, o, r[2].start, r[2].end)
            for o in others
        )
    ]
    best = min(near, key=lambda r: r[:2])[2] if near else None
    best = _wounded_on(finding, options) or (_leading(finding, options) if len(options) > 1 else None) or best
    best = best or _leading(finding, options)
    if best is None:
        return options[0] if len(options) == 1 and _shared(finding, others, options[0]) else None
    spans = [d for d in options if " day of " in d.text.lower() and coarser(d, best)]
    spans = spans or [d for d in options if _says_which(best, d, s.passage)]
    return spans[0] if spans else _with_next(best, options, s.passage)


_WHICH_DAY = re.compile(r",? (?:on )?(?:the )?")


def _says_which(date: When, finer: When, passage: Passage) -> bool:
    """ "Eight years ago, on 4 May 2011": the day in the year."""
    between = (date.end - passage.start, finer.start - passage.start)
    return (
        date.precision in BACKGROUND
        and finer.precision == "day"
        and 0 < between[1] - between[0] < 10
        and _WHICH_DAY.fullmatch(passage.text, *between) is not None
        and coarser(date, finer)
    )


def _wounded_on(finding: Finding, options: Sequence[When]) -> When | None:
    """ "On 24 August a boy died of wounds sustained on 9 August": the day of the violence."""
    if finding.harm != "killed":
        return None
    return next((d for d in options if is_of_wound(d, finding.sentence)), None)


def _numbered(date: When) -> bool:
    """ "9 February" rather than "Friday"."""
    return any(c.isdigit() for c in date.text)


_OPENING = 40  # code points before a date that opens its sentence
_OPENS = re.compile(
    r"(?:[^\w(\[]*(?:between|from|in|on|over|since|during|the|early|late|by)?\s?){0,3}\Z", re.IGNORECASE
)


def _leading(finding: Finding, options: Sequence[When]) -> When | None:
    """ "Between 16 and 29 August, seven were killed and 141 injured": what opens a sentence holds for all of it."""
    if not options or any(_numbered(d) for d in options[1:]) or len(options) > 1 and not _numbered(options[0]):
        return None  # "On 9 February … during Friday prayers": one day, told twice
    passage, date = finding.sentence.passage, options[0]
    if date.start - passage.start > _OPENING:
        return None
    if any(d.end <= finding.count.start and _FROM_THEN.search(d.text) for d in options[1:]):
        return None  # "On 2 May a priest was shot, and ten days before that a nurse was stabbed"
    opens = date.end <= finding.count.start and _OPENS.match(passage.text[: date.start - passage.start])
    rest = passage.text[date.end - passage.start :]
    apart = rest.startswith(",") or len(options) > 1
    return date if opens and apart and ";" not in rest else None


_FROM_THEN = re.compile(r"\b(?:after|before|earlier|later)\Z", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:after|as|when)\b", re.IGNORECASE)


def _shared(finding: Finding, others: Sequence[Finding], date: When) -> bool:
    """ "Six were killed and two are missing after a boat was hit on 2 October": the day of what happened to all."""
    s = finding.sentence
    last = max((f.trigger for f in (finding, *others)), key=s.start)
    between = s.passage.text[max(0, s.start(last) - s.passage.start) : max(0, date.start - s.passage.start)]
    return s.end(last) < date.start and _WHEN.search(between) is not None


def _with_next(date: When, options: Sequence[When], passage: Passage) -> When:
    """ "on Saturday and Sunday", "last night & this morning": two days told as one."""
    for a in options:
        for b in options:
            if date not in (a, b) or a.end >= b.start or a.from_ is None or b.from_ is None:
                continue
            between = passage.text[a.end - passage.start : b.start - passage.start].strip().lower()
            months = between == "and" and a.precision == b.precision == "month"
            if months and a.to is not None and (b.from_ - a.to).days == 1:  # "in March and April 2023"
                text = passage.text[a.start - passage.start : b.end - passage.start]
                return When(text, a.start, b.end, a.from_, b.to, "year", b.anchored_to)
            joined = between in ("and", "&", "and on", "and early", "into") and a.precision == b.precision == "day"
            if joined and 0 <= (b.from_ - a.from_).days <= 2:
                text = passage.text[a.start - passage.start : b.end - passage.start]
                days: DatePrecision = "day" if a.from_ == b.to else "days"
                return When(text, a.start, b.end, a.from_, b.to, days, b.anchored_to)
    return date


_HARMED = frozenset({"died", "fell", "hurt", "injured", "killed", "perished", "shot", "wounded"})


_SPEAKS = frozenset({"announced", "claimed", "claims", "said", "say", "says", "stated", "states"})


def _of_another(s: Sentence, finding: Finding, date: When, layers: Layers) -> bool:
    """ "The Red Cross, which was let in on Saturday, saw 29 bodies": told of somebody in passing."""
    until = s.passage.text[max(0, date.start - s.passage.start - 6) : date.start - s.passage.start].lower() == "until "
    if until and date.precision in BACKGROUND:
        return True  # "Noor, who worked with us until last year, was killed"
    step = _token(s, date.end - 1)
    for _ in range(12):
        up = s.heads[step]
        if up == step or step == finding.trigger:
            return False
        if s.deps[step] == "relcl":
            if s.words[step] in _HARMED:
                return False  # "the number of people who died on Saturday has been revised to 358"
            break
        step = up
    else:
        return False
    inner, k = step, finding.trigger
    for _ in range(40):
        if k == inner:
            return False
        if s.heads[k] == k:
            break
        k = s.heads[k]
    noun = s.heads[inner]
    if is_open(date) and not (s.deps[noun] == "nsubj" and s.words[s.heads[noun]] in _SPEAKS):
        return False  # "in the battle for the town, which has been going on since Thursday"
    if finding.phrase is not None and finding.phrase.first <= noun <= finding.phrase.last:
        return False
    return not any(e.start <= s.start(noun) < e.end for e in inside(layers.events, s.passage.start, s.passage.end))


def _slack(s: Sentence, finding: Finding, other: Finding, token: int) -> float:
    """How much closer to another number a mention may be.

    Coordinated harms share what is said of their clause, separate clauses do not; nor does a clause with a subject of
    its own share what stands inside the other's subject or object.
    """
    if other.part_of is not None or finding.part_of is not None:
        return 3.5
    if _in_one_breath(s, *sorted((finding.trigger, other.trigger))):
        return 12.0
    if _arcs(s, finding.trigger, other.trigger) > 1:
        return 1.2
    if s.child(finding.trigger, "nsubj", "nsubjpass") is not None and s.heads[finding.trigger] == other.trigger:
        step = token
        for _ in range(12):
            if s.heads[step] == other.trigger:
                return 0.0 if s.deps[step] in ("nsubj", "nsubjpass", "dobj") else 3.5
            if s.heads[step] == step:
                break
            step = s.heads[step]
    return 3.5


def _in_one_breath(s: Sentence, first: int, last: int) -> bool:
    """ "18 people were killed and dozens injured in": whatever the parser makes of it, the two share what follows."""
    between = range(first + 1, last)
    if len(between) > 7 or s.words[first + 1] != "and":
        return False
    counted = {k for a, b, _ in s.counts for k in range(a, b + 1)}
    return any(k in counted for k in between) and all(
        k in counted or s.words[k] in ("and", "others", "other", "more", "another", "people", "some") for k in between
    )


def _outside(start: int, finding: Finding, layers: Layers) -> float:
    """A cost for what stands outside the words that the speaker of this number is said to have said."""
    passage = finding.sentence.passage
    for mention in layers.attributions:
        for content in mention.contents:
            if content.start <= finding.count.start < content.end:
                lead = passage.start <= start < content.start
                return 2.5 if lead and any(passage.start <= c.start < content.start for c in mention.cues) else 0.0
    return 0.0


_DRIVEN = ("abducted", "displaced")
_FLED = re.compile(r"\s(?:(?:their )?homes? in |from )?(?:the )?(?:(?:town|city|village|district) of )?\Z")
# "Abducted eleven villagers from Zalba"
_TAKEN_FROM = re.compile(
    r"(?![^,.;:]*\b(?:com|driv|fl[ey]|head|return|travel))[^,.;:]{0,40}\sfrom (?:the )?(?:[a-z]+ of )?\Z"
)


def _fled(finding: Finding, layers: Layers) -> PlaceMention | None:
    """ "30,000 people have fled Zalba": the place that they left."""
    s = finding.sentence
    end = s.end(finding.trigger)
    for place in inside(layers.places, end, min(end + 60, s.passage.end)):
        between = s.passage.text[end - s.passage.start : place.start - s.passage.start]
        told = _FLED.fullmatch(between) or (finding.harm == "abducted" and _TAKEN_FROM.fullmatch(between))
        return place if told and not (place.metonym or place.demonym) else None
    return None


def _follows(finding: Finding, mention: PlaceMention | When) -> bool:
    """ "140 in Idlib", "50 on Saturday": a number told apart by its place or its day."""
    s = finding.sentence
    if finding.phrase is None or finding.phrase.form != "elliptic":
        return False
    return (
        _APART.fullmatch(s.passage.text, finding.count.end - s.passage.start, mention.start - s.passage.start)
        is not None
    )


_APART = re.compile(
    r"(?: (?:more|others?))?(?: in an?(?: [a-z]+){1,3})? ?(?:at|from|in|near|on)? ?(?:the )?", re.IGNORECASE
)


def _is_victim(finding: Finding, place: PlaceMention) -> bool:
    """Surnames that are towns too."""
    phrase, s = finding.phrase, finding.sentence
    return phrase is not None and phrase.form == "name" and s.start(phrase.first) <= place.start < s.end(phrase.last)


def own_place(
    finding: Finding, others: Sequence[Finding], layers: Layers, date: When | None = None
) -> PlaceMention | None:
    """The place in the finding's own passage that belongs to it: the nearest, refined by a finer one inside it; none
    that stands beside another day than its own ``date``."""
    s = finding.sentence
    sites = [
        p
        for p in without_glosses(inside(layers.places, _since(finding), s.passage.end), s.passage)
        if is_site(p, s.passage, layers) and not _of_another_day(p, date, s, layers)
    ]
    options = without_holders(sites, s.passage)
    if " of the" in s.passage.text or " of whom" in s.passage.text:
        first, last = finding.count.start - s.passage.start, finding.count.end - s.passage.start
        shared = [(o, share_before(o, s.passage)) for o in options]
        own = next((o for o, m in shared if m is not None and first < m.end() and m.start() < last), None)
        if own is not None:
            return own
        options = [o for o, m in shared if m is None]
    left = finding.harm in _DRIVEN and _fled(finding, layers)
    if left:
        return left
    beside = [p for p in options if 0 <= p.start - finding.count.end <= 50 and _follows(finding, p)]
    if beside:
        return beside[0]
    others, options = _close(finding, others), _beside(finding, [p for p in options if not _is_victim(finding, p)])
    far = [
        (_distance(s, finding, p.bare_start, p.bare_end) + _outside(p.start, finding, layers), p.start, p)
        for p in options
    ]
    near = [
        r
        for r in far
        if all(
            r[0]
            <= _slack(s, finding, o, _token(s, r[2].bare_end - 1)) + _distance(s, o, r[2].bare_start, r[2].bare_end)
            for o in others
        )
    ]
    if not near and len(options) == 1 and _of_one_deed(finding, others):
        return options[0]
    if not near:
        return None if options else home_of_speakers(s.passage, layers) or back_reference(s.index, layers)
    ranked = [p for _, _, p in sorted(near, key=lambda r: (round(r[0], 3), r[1]))]
    best = ranked[0]
    wide = [p for p in ranked if rank(p) > 4]
    if (
        wide and not others and are_listed(s.passage, layers)
    ):  # "strikes on northern Syria, among it A, B and C, killed"
        return wide[0]
    if best.precision in COARSE:
        finer = [p for p in ranked[1:] if rank(p) < rank(best) and within(p, best)]
        spots = [p for p in finer if rank(p) < 3 and placed(p, s.passage)]
        spots = spots if not others or len({p.name for p in options if rank(p) < 3}) == 1 else []
        return next((p for p in finer if _joined(s, p, best)), spots[0] if len(spots) == 1 else best)
    quarters = [p for p in ranked[1:] if rank(p) < 3 <= rank(best) < 4 and placed(p, s.passage) and within(p, best)]
    if len(quarters) == 1 and not others and (quarters[0].lat is None or not far_apart(quarters[0], best)):
        return quarters[0]  # "In Taiz, … as they collected water in the Zubra district"
    return best


def _of_one_deed(finding: Finding, others: Sequence[Finding]) -> bool:
    """ "Stabbed a soldier and slashed a passer-by at the junction": one subject does both."""
    s = finding.sentence
    return any(
        s.deps[o.trigger] == "conj"
        and s.heads[o.trigger] == finding.trigger
        and s.child(o.trigger, "nsubj", "nsubjpass") is None
        for o in others
    )


def _of_another_day(place: PlaceMention, date: When | None, s: Sentence, layers: Layers) -> bool:
    """ "The strike that killed four last Wednesday, and a raid in Zalba on Thursday": Zalba is Thursday's."""
    if date is None or date.start >= place.end or not s.passage.start <= date.start < s.passage.end:
        return False
    beside = [d for d in inside(layers.dates, place.end, min(place.end + 5, s.passage.end)) if d.precision == "day"]
    return bool(beside) and dates_agree(date, beside[0]) == 0


def _joined(s: Sentence, fine: PlaceMention, coarse: PlaceMention) -> bool:
    """ "in northern Syria, on a road near Kobani": no number and no verb of harm between the two."""
    low, high = sorted((fine, coarse), key=lambda p: p.start)
    if high.start - low.end > 60:
        return False
    return not any(low.end <= c.start < high.start for _, _, c in s.counts)
