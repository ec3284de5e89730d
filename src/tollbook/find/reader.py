"""Puts claims together: one draft a number, its slots from its own passage, then what the rest of the document adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tollbook.find.breakdown import break_down, carry_on
from tollbook.find.confidence import score_of, signs
from tollbook.find.event.violence import is_of_conflict, is_peaceful, is_violence
from tollbook.find.grammar.phrases import Phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.following import shares_of
from tollbook.find.harm.harms import Finding, find_harms, told_again
from tollbook.find.harm.rivals import EARLIER, LATER, RIVAL
from tollbook.find.harm.tolls import HARMED
from tollbook.find.harm.victims import Who, bind, describe, says_nothing
from tollbook.find.layers import Asked, Layers
from tollbook.find.relations import lend_places, names_the_counted, relate, without_pronouns
from tollbook.find.scope import goes_on, scope_of
from tollbook.find.setting.days import BACKGROUND, first_day, is_open, until_said
from tollbook.find.setting.lands import land_meant
from tollbook.find.setting.nearby import lend_last_site
from tollbook.find.setting.said import said_date, said_dates
from tollbook.find.setting.sites import setting_of
from tollbook.find.setting.slots import own_date, own_place
from tollbook.find.setting.story import Draft, Thread, names_own_event
from tollbook.find.setting.threads import thread_drafts
from tollbook.find.sums import add_sums
from tollbook.find.voice.denials import is_denied_next
from tollbook.find.voice.stance import is_generic, stance_of
from tollbook.records import (
    Claim,
    Document,
    Event,
    Harm,
    MadeBy,
    Place,
    PlaceMention,
    Reason,
    Relation,
    Span,
    When,
    claim_id,
)

_NEAR = 3  # sentences: how far a bare number ("elders spoke of 64") may stand behind those that it is held against
_SHARES_NEAR = 2  # sentences: how far a share ("five were young men") may stand behind its number
# "… fell in battle since 3 May", "since the fighting erupted": for weeks, of every kind that a war is made of.
_WARFARE = frozenset({"battle", "battles", "fighting"})
_DENIALS = frozenset(["deny", "reject"])


@dataclass(frozen=True, slots=True)
class Reading:
    """The claims of a document, the incident (by number) that each belongs to, and the reasons for their fields."""

    claims: tuple[Claim, ...]
    threads: tuple[int, ...]
    reasons: dict[str, tuple[Reason, ...]]


def read_claims(document: Document, sentences: Sequence[Sentence], layers: Layers, made_by: MadeBy) -> Reading:
    """Every claim that the parsed sentences state, in the order of the text."""
    drafts, parents = _drafts(document, sentences, layers)
    break_down(drafts, parents)
    carry_on(drafts)
    threads = thread_drafts(drafts, layers)
    _take_after(drafts, parents)
    drafts, parents = _without_what_is_no_claim(document, drafts, parents)
    setting = setting_of(layers)
    drafts, relations = without_pronouns(drafts, relate(drafts, parents))
    sums = add_sums(drafts, relations)
    lend_places(drafts, relations)
    ids = _ids(document, drafts)
    claims, reasons = [], {}
    stretches = _stretches(drafts, threads, layers)
    for i, draft in enumerate(drafts):
        relation = relations[i]
        if relation is not None and relation[0] == "part_of" and i not in sums and drafts[relation[1]].scope == "total":
            draft.scope = "total"  # "412 died this year. At least 17 of those killed were children"
        if draft.place is None and setting is None:
            lend_last_site(draft, layers)
        _tell_event_again(draft, stretches.get(draft.thread), layers)
        link = Relation(relation[0], ids[relation[1]]) if relation else None
        # A total, and a harm that has not happened, are blamed on nobody but whom their own sentence names.
        near = () if draft.scope == "total" or draft.stance == "hypothetical" else stretches.get(draft.thread)
        claim = _claim(document, draft, layers, ids[i], _Around(link, setting, made_by, near))
        claims.append(claim)
    claims = _share_blame(claims, drafts, relations)
    for draft, claim in zip(drafts, claims, strict=True):
        reasons[claim.id] = tuple(_reasons(draft, claim))
    return Reading(tuple(claims), tuple(d.thread for d in drafts), reasons)


def _is_of_weeks(event: Event, date: When | None) -> bool:
    """ "220 have fallen in battle since September": of a war; what has gone on for some days is one battle."""
    return (
        event.text.lower() in _WARFARE and date is not None and is_open(date) and date.precision not in ("day", "days")
    )


_BY = re.compile(r"\bby\b")


def _share_blame(
    claims: Sequence[Claim], drafts: Sequence[Draft], relations: Sequence[tuple[str, int] | None]
) -> list[Claim]:
    """Who harmed a whole harmed its parts told in the same sentence, unless the words behind a part name another."""
    out = list(claims)
    for i, relation in enumerate(relations):
        if relation is None or relation[0] != "part_of" or not claims[i].blamed:
            continue
        part, whole, s = claims[i], claims[relation[1]], drafts[i].finding.sentence
        if s is drafts[relation[1]].finding.sentence and part.blamed != whole.blamed:
            told = s.passage.text[max(part.count.start, whole.count.end) - s.passage.start :]
            out[i] = part if _BY.search(told) else replace(part, blamed=whole.blamed)
    return out


_DYING = frozenset({"dead", "death", "deceased", "die", "died", "dies", "late", "lost", "passed"})


def _died_alone(finding: Finding) -> bool:
    """ "The former mayor has died": nobody counts him, and no word says that he was killed."""
    one = finding.phrase is not None and finding.phrase.count is None
    return one and finding.sentence.words[finding.trigger] in _DYING


def _died_of_age(finding: Finding) -> bool:
    """ "The president died aged 79", "died at age seventy-nine", in a sentence without a word of violence."""
    s = finding.sentence
    age = s.words[finding.trigger + 1 : finding.trigger + 4]
    told = age[:1] == ("aged",) or age[:2] == ("at", "age") or age[:3] == ("at", "the", "age")
    return told and _died_alone(finding) and is_peaceful(s.passage.text)


def _drafts(document: Document, sentences: Sequence[Sentence], layers: Layers) -> tuple[list[Draft], list[int | None]]:
    drafts: list[Draft] = []
    parents: list[int | None] = []
    before: Sequence[Finding] = []  # what the sentence before told of
    places: dict[int, int] = {}  # findings of that sentence, by identity, and their drafts
    last: tuple[int, Harm] = (0, "killed")  # the last sentence with a number of its own, and of what
    peaceful = is_peaceful(document.text)
    for s in sentences:
        if not is_violence(s.passage.text, document.text):
            continue
        said = said_dates(s.passage, layers)
        kept: dict[int, int] = {}
        ahead: dict[int, int] = {}  # drafts told before the number that they are part of: "three herders among 22 dead"
        who_before: list[Who] = []
        findings = find_harms(s)
        if findings:
            last = (s.index, next((f.harm for f in findings if f.part_of is None), findings[0].harm))
        elif drafts and s.index - last[0] <= _NEAR:
            findings = told_again(s, last[1])
            named = next((w for w in s.words if w in HARMED), None)  # "He lowered his count of the wounded."
            last = (s.index, HARMED[named]) if named is not None and not findings else last
        near = before if before and s.index - before[0].sentence.index <= _SHARES_NEAR else []
        shares = shares_of(s, findings, near)
        whole = places.get(id(shares[0])) if shares else None
        told = (*findings, *(shares[1] if shares and whole is not None else ()))
        if findings:
            before, places = findings, {}
        for number, finding in enumerate(told):
            if is_generic(finding) or (peaceful and _died_alone(finding)) or _died_of_age(finding):
                continue
            others = [f for f in findings if f.trigger != finding.trigger]
            victims, who = describe(finding, layers.actors, who_before)
            if finding.part_of is None:
                who_before.append(who)
            date, given = own_date(finding, others, layers, said), said_date(finding, layers, said)
            if date is not None:
                date = first_day(date) if finding.harm == "missing" else until_said(date, given)
            place = own_place(finding, others, layers, date)
            scope = scope_of(finding, date)
            summed = next((d for d in reversed(drafts[-4:]) if goes_on(finding, d.finding)), None)
            if summed is not None and summed.scope == "total" and date is None and place is None:
                scope, date, place = "total", summed.date, summed.place
            place = land_meant(finding, scope, layers) or place
            draft = Draft(
                finding=finding,
                who=who,
                victims=victims,
                region=document.region(finding.count.start),
                event=layers.event_for(finding, scope == "total", None),
                date=date,
                said=given,
                place=place,
                stance=stance_of(finding, _denied(finding, layers) or is_denied_next(finding, layers, document)),
                scope=scope,
            )
            if scope == "total" and draft.event is not None and _is_of_weeks(draft.event, date):
                draft.event = replace(draft.event, type=None)
            kept[number] = places[id(finding)] = len(drafts)
            drafts.append(draft)
            _hold_against(draft, [drafts[kept[n]] for n in range(number) if n in kept])
            parent = kept.get(finding.part_of) if finding.part_of is not None else None
            if finding.part_of is not None and finding.part_of > number:
                ahead[len(drafts) - 1] = finding.part_of
            if number >= len(findings):
                parent = whole
            if parent is not None:
                _follow(draft, drafts[parent])
                _who_of_whole(draft, drafts[parent])
            parents.append(parent)
        for part, whole_number in ahead.items():
            parents[part] = kept.get(whole_number)
    return drafts, parents


_WHOLE = ("toll", "number of dead")
# "The hospital received 41 wounded": whoever was brought there, of whatever side; "two others" go on with those before.
_COUNTED_ANEW = frozenset({"casualties", "dead", "deaths", "fatalities", "injured", "injuries", "lives", "wounded"})


def _counted_anew(finding: Finding, phrase: Phrase) -> bool:
    """Whether the word of harm is the noun that is counted, as where a hospital counts: "received 41 wounded"."""
    words = finding.sentence.words
    return words[phrase.head] in _COUNTED_ANEW or (
        finding.trigger == phrase.last + 1 and words[finding.trigger] in _COUNTED_ANEW
    )


def _take_after(drafts: Sequence[Draft], parents: Sequence[int | None]) -> None:
    """ "Two others", "three wounded" after a sentence about civilians are civilians, as far as the text says."""
    last: dict[int, Draft] = {}
    for draft, parent in zip(drafts, parents, strict=True):
        phrase = draft.finding.phrase
        if draft.who.status != "unknown":
            if parent is None:  # that some of them were children says nothing of the next
                last[draft.thread] = draft
        elif draft.finding.rule in _WHOLE:
            continue  # after "four attackers were shot" the toll is not one of attackers
        elif phrase is not None and says_nothing(draft.finding.sentence, phrase) and draft.thread in last:
            before = last[draft.thread]
            here, there = draft.finding.sentence, before.finding.sentence
            if here is not there and _counted_anew(draft.finding, phrase):
                continue
            # Another paragraph is often another speaker, with dead of another side.
            reaches = ("civilian", "combatant") if here.passage.paragraph == there.passage.paragraph else ("civilian",)
            if here.index - there.index <= 2 and before.who.status in reaches:
                draft.who = Who(
                    before.who.status, "context", before.who.groups if before.who.status == "combatant" else ()
                )
                draft.victims = bind(draft.finding, draft.victims, draft.who)


def _without_what_is_no_claim(
    document: Document, drafts: list[Draft], parents: list[int | None]
) -> tuple[list[Draft], list[int | None]]:
    """Drop the drafts that only name somebody who is counted already and arrests of a court's matter, which lend their
    day and place before; and renumber the parents."""
    of_conflict = is_of_conflict(document.text)
    kept = [
        i
        for i, draft in enumerate(drafts)
        if (of_conflict or draft.finding.harm != "detained") and not names_the_counted(draft, drafts[:i])
    ]
    place = {old: new for new, old in enumerate(kept)}
    return [drafts[i] for i in kept], [place.get(p) if (p := parents[i]) is not None else None for i in kept]


_OF_EITHER_SIDE = frozenset({"men", "women"})


def _who_of_whole(part: Draft, whole: Draft) -> None:
    """ "Nine militants, three of them women", "21 villagers, among whom a chief": the part is of the whole's kind, as
    far as its own words leave that open."""
    status, groups = whole.who.status, frozenset(part.who.groups)
    bare = groups <= _OF_EITHER_SIDE
    open_ = bare and (part.who.status == "unknown" or status == "combatant" and groups and part.who.basis == "category")
    if status in ("civilian", "combatant") and open_ and part.finding.harm == whole.finding.harm:
        own = tuple(dict.fromkeys((*part.who.groups, *whole.who.groups))) if status == "combatant" else part.who.groups
        part.who = Who(status, "context", own)
        part.victims = bind(part.finding, part.victims, part.who)


def _follow(part: Draft, whole: Draft) -> None:
    """A part shares what its whole says of time, place and scope; shares told apart by place keep theirs."""
    part.date, part.said, part.scope, part.stance = whole.date, whole.said, whole.scope, whole.stance
    by_place = part.finding.phrase is not None and part.finding.phrase.form == "elliptic" and part.place is not None
    if not by_place:
        part.place = whole.place
    if not _says_how(part):
        part.event = whole.event


def _says_how(part: Draft) -> bool:
    """ "188 people, of them 40 by execution": what stands beside the part, without a comma between, is its own."""
    count, passage = part.finding.count, part.finding.sentence.passage
    if part.event is None or part.event.type is None or not count.end < part.event.start < passage.end:
        return False
    return "," not in passage.text[count.end - passage.start : part.event.start - passage.start]


def _hold_against(draft: Draft, before: Sequence[Draft]) -> None:
    """A number given against another of its sentence is of the same event and period ("up from six"); so is what a
    rival's speaker adds ("put the number at 61, with 97 injured")."""
    rule = draft.finding.rule
    if rule not in (EARLIER, LATER, RIVAL):
        added = bool(before) and before[-1].finding.rule == RIVAL and draft.date is None and draft.place is None
        partner = before[-1] if added else None
    else:
        partner = next((d for d in reversed(before) if d.finding.harm == draft.finding.harm), None)
    if partner is not None:
        draft.date, draft.scope, draft.place, draft.event = partner.date, partner.scope, partner.place, partner.event


def _denied(finding: Finding, layers: Layers) -> bool:
    start = finding.count.start
    return any(
        m.cue_class in _DENIALS and any(c.start <= start < c.end for c in m.contents) and not m.negated
        for m in layers.attributions
    )


def _ids(document: Document, drafts: Sequence[Draft]) -> list[str]:
    seen: Counter[str] = Counter()
    ids = []
    for draft in drafts:
        count, victims = draft.finding.count, draft.victims
        spans = ((count.start, count.end), (victims.start, victims.end) if victims else (-1, -1))
        key = f"{draft.finding.harm}{spans}"
        ids.append(claim_id(document.source.id, draft.finding.harm, spans, seen[key]))
        seen[key] += 1
    return ids


def _tell_event_again(draft: Draft, near: tuple[tuple[int, int], ...] | None, layers: Layers) -> None:
    """An event carried over is that of the same incident, once it is known which stretches tell of it."""
    if near and draft.scope != "total" and draft.event is not None and not names_own_event(draft):
        draft.event = layers.event_for(draft.finding, False, near)
        if draft.event is not None and _is_apart(draft) and not any(a <= draft.event.start < b for a, b in near):
            draft.event = None


def _is_apart(draft: Draft) -> bool:
    """ "In 2021 the same men killed 16 in Zalba": long past, with nothing else told of it."""
    date = draft.date
    return date is not None and date.precision in BACKGROUND and _within(date.start, draft.finding.sentence)


@dataclass(frozen=True, slots=True)
class _Around:
    """What a claim needs beyond its own draft."""

    relation: Relation | None
    setting: PlaceMention | None
    made_by: MadeBy
    near: tuple[tuple[int, int], ...] | None


def _stretches(
    drafts: Sequence[Draft], told: Sequence[Thread], layers: Layers
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Where the document tells of each incident; empty where it tells of one only."""
    threads = sorted({d.thread for d in drafts if d.scope != "total"})
    if len(threads) < 2:
        return {}
    owner = {index: t.number for t in told if t.number in threads for index in t.told}
    for draft in drafts:
        if draft.scope != "total":
            owner[draft.finding.sentence.index] = draft.thread
    entries = {
        layers.passages[i].paragraph: t for i, t in owner.items() if layers.passages[i].paragraph in layers.entries
    }
    found: dict[int, list[tuple[int, int]]] = {t: [] for t in threads}
    current = owner[min(owner)]
    for index, passage in enumerate(layers.passages):
        current = owner.get(index, entries.get(passage.paragraph, current))
        found[current].append((passage.start, passage.end))
        for draft in drafts:
            if draft.finding.sentence.index == index and draft.thread != current and draft.scope != "total":
                found[draft.thread].append((passage.start, passage.end))
    return {t: tuple(spans) for t, spans in found.items()}


def _claim(document: Document, draft: Draft, layers: Layers, identity: str, around: _Around) -> Claim:
    near, setting = around.near, around.setting
    finding = draft.finding
    passage = finding.sentence.passage
    voices = layers.voices(finding.count.start, finding.count.end)
    place = draft.place or setting
    country = place.country if place is not None else None
    asked = Asked(near, country, draft.stance == "hypothetical" or _is_of_one_day(draft), draft.who.groups)
    blamed = layers.blamed_for(finding, draft.event, voices[0] if voices else None, asked)
    return Claim(
        id=identity,
        document=document.source,
        quote=Span(passage.text, passage.start, passage.end),
        harm=finding.harm,
        count=finding.count,
        victims=draft.victims,
        event=draft.event,
        date=draft.date,
        said=draft.said,
        place=_place(place) if place else None,
        blamed=blamed,
        attribution=voices,
        stance=draft.stance,
        scope=draft.scope,
        relation=around.relation,
        score=score_of(draft, place, voices),
        made_by=around.made_by,
    )


def _is_of_one_day(draft: Draft) -> bool:
    """A day's attacks, summed: whoever wages the war has not done each of them."""
    date = draft.date
    return draft.scope == "total" and date is not None and date.precision == "day" and not is_open(date)


def _place(p: PlaceMention) -> Place:
    return Place(p.text, p.start, p.end, p.name, p.country, p.admin1, p.lat, p.lon, p.precision, p.gazetteer_id)


def _reasons(draft: Draft, claim: Claim) -> list[Reason]:
    """The words and the rule behind each field."""
    finding = draft.finding
    s = finding.sentence
    trigger = (s.text(finding.trigger, finding.trigger), s.start(finding.trigger), s.end(finding.trigger))
    count = (claim.count.text, claim.count.start, claim.count.end)
    found = [Reason("harm", finding.rule, *trigger), Reason("count", f"qualifier {claim.count.qualifier}", *count)]
    if claim.victims:
        basis = claim.victims.status_basis or "no word for it"
        found.append(
            Reason(
                "victims",
                f"status {claim.victims.status}: {basis}",
                claim.victims.text,
                claim.victims.start,
                claim.victims.end,
            )
        )
    if claim.event:
        found.append(
            Reason("event", "event word nearest the harm", claim.event.text, claim.event.start, claim.event.end)
        )
    if claim.date:
        found.append(Reason("date", _where_from(draft, claim.date), claim.date.text, claim.date.start, claim.date.end))
    if claim.place:
        rule = (
            "in the passage"
            if _within(claim.place.start, s)
            else _carried("place", draft)
            if draft.place
            else "the setting"
        )
        found.append(Reason("place", rule, claim.place.text, claim.place.start, claim.place.end))
    found += [Reason("blamed", b.basis, b.text, b.start, b.end) for b in claim.blamed]
    found += [Reason("attribution", a.cue or a.mode, a.text, a.start, a.end) for a in claim.attribution]
    found.append(Reason("stance", claim.stance, *trigger))
    found.append(Reason("score", ", ".join(sorted(signs(draft, draft.place, claim.attribution))), *count))
    return found


def _where_from(draft: Draft, date: When) -> str:
    anchor = f"anchored to {date.anchored_to}" if date.anchored_to else "not anchored"
    here = _within(date.start, draft.finding.sentence)
    return f"{'in the passage' if here else _carried('date', draft)}, {anchor}"


def _carried(slot: str, draft: Draft) -> str:
    return "told in the sentences around" if slot in draft.nearby else "carried over from the same incident"


def _within(start: int, s: Sentence) -> bool:
    return s.passage.start <= start < s.passage.end
