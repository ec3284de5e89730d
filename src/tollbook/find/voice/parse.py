"""Attributions in one parsed passage: verbs, nouns and adverbs of saying with who and what.

Offsets are tokens of the passage here (``Found``); ``attribution.py`` turns them into spans of the document and
brings quotation marks and word order in as further witnesses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tollbook.find.voice.cues import CueVerb, cue_nouns, cue_verbs, words_of
from tollbook.find.voice.groups import is_name, speaking_group, trailing
from tollbook.find.voice.order import by_order, vouched_for
from tollbook.find.voice.ranges import Range, clause_end, clip, inside, merge, subtree, without
from tollbook.find.voice.sources import inherited, noun_phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HEDGES = words_of("hedges", "adverbs")
_CHANNELS = words_of("phrases", "channels")
_RELAY = words_of("phrases", "relay_verbs")
_CARRIERS = words_of("phrases", "carriers")
_OBJECTS = frozenset({"dobj", "oprd", "dative", "obj"})
_TAIL = frozenset({"prep", "xcomp", "oprd", "ccomp", "advcl"})
_BY = frozenset({"by", "from"})
_ABOUT = frozenset({"about", "against", "for", "of", "on"})
_EVEN_AS_AIM = frozenset({"say", "claim", "demand"})
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_VOICED = frozenset({"expressed", "expresses", "expressing", "voiced", "voicing"})
_REVISING = frozenset({"put", "puts", "raised", "raises", "revised", "lowered", "updated"})  # … "the toll to nine"
_NAMING = frozenset({"call", "calls", "called", "calling"})
_TOLLS = frozenset({"number", "numbers", "toll", "count", "figure", "total", "casualties", "dead", "tally", "deaths"})
_LIGHT = frozenset({"made", "make", "makes", "making", "gave", "give", "given", "gives", "giving"})
_TELLING_NOUNS = frozenset({"reference", "references", "mention", "account", "accounts"})
_TOLL = frozenset({"life", "lives", "victim", "victims"})
_NEVER = words_of("phrases", "never_sources")
_UNTOLD = frozenset({"injuries", "law", "laws", "need", "needs", "rules", "severity", "wounds"})
_DEEDS = frozenset({
    "attack", "attacks", "blast", "blasts", "bombing", "death", "deaths", "discovery", "explosion", "fighting",
    "killing", "killings", "raid", "raids", "shelling", "strike", "strikes", "that", "this", "violence", "which",
})  # fmt: skip
_NEGATIONS = frozenset({"not", "n't", "never", "n’t", "cannot", "neither", "nobody", "none"})


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in tokens of its passage."""

    cue: int  # the token that decides
    sources: tuple[Range, ...]
    cues: tuple[Range, ...]
    contents: tuple[Range, ...]
    relays: tuple[Range, ...]
    cue_class: str
    negated: bool
    quotable: bool  # a quotation beside it is its content


def parse_attributions(doc: Doc) -> Iterator[Found]:
    """The attributions of one parsed passage, in the order of their cues."""
    verbs, nouns = cue_verbs(), cue_nouns()
    nothing = True
    telling = _telling()
    # By the array: a token as an object costs more than what is asked of most of them.
    for i in [i for i, word in enumerate(doc.to_array("LOWER").tolist()) if word in telling]:
        token = doc[i]
        word = token.lower_
        verb = verbs.get(word)
        found = None
        if word == "according" or (word == "per" and token.dep_ == "prep" and token.i + 1 < len(doc)):
            found = _according(token)
        elif verb is not None and _is_verb(token):
            found = _verb(token, verb)
        elif word in _LIGHT and token.tag_[:2] == "VB":
            found = _light(token) or _puts(token)
        elif word in ("went", "goes") and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "on":
            found = _went_on(token)
        elif word in _REVISING and token.tag_[:2] == "VB":
            found = _puts(token) or _put_it(token)
        elif word in nouns and token.tag_ in ("NN", "NNS"):
            found = _noun(token, nouns[word])
        elif word in _HEDGES:
            found = _hedge(token)
        if found is not None:
            nothing = False
            yield found
    if nothing and 4 <= len(doc) <= 25 and doc[-1].text not in ".!?\"'":
        yield from _headline(doc)


@cache
def _telling() -> frozenset[int]:
    """The words at which an attribution may be found, by spaCy's numbers."""
    from spacy.strings import get_string_id

    words = {"according", "per", "went", "goes"}.union(cue_verbs(), cue_nouns(), _LIGHT, _REVISING, _HEDGES)
    return frozenset(map(get_string_id, words))


def _light(token: Token) -> Found | None:
    """ "made reference to the raid in which …", "gave an account of …": the noun says, the verb only carries it."""
    noun = next((c for c in token.children if c.dep_ == "dobj" and c.lower_ in _TELLING_NOUNS), None)
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if noun is None or subject is None:
        return None
    for child in [*noun.children, *token.children]:
        if child.i > noun.i and child.lower_ in ("to", "of"):
            content = (child.i + 1, clause_end(token.doc, child.i + 1))
            if content[1] > content[0]:
                cues = ((token.i, child.i + 1),)
                return Found(token.i, subject_of(token, subject), cues, (content,), (), "say", False, False)
    return None


def _headline(doc: Doc) -> Iterator[Found]:
    """ "Guard Denies Raid Killed Five": in capitals, a parser takes the verb for a noun."""
    for token in doc[1:-1]:
        verb = cue_verbs().get(token.lower_)
        if verb is None or not token.lower_.endswith("s") or doc[token.i - 1].tag_[:2] != "NN":
            continue
        if doc[token.i - 1].lower_ in _NEVER or doc[token.i + 1].lower_ in _TOLL:
            continue  # "Mortar attack claims life of clerk"
        if token.tag_ in ("NNS", "NNP", "NNPS", "VBZ") and (verb.clause or verb.object):
            cues = ((token.i, token.i + 1),)
            contents = ((token.i + 1, clause_end(doc, token.i + 1)),)
            yield Found(token.i, ((0, token.i),), cues, contents, (), verb.cue_class, False, True)
            return


def _is_verb(token: Token) -> bool:
    if token.dep_ in ("aux", "auxpass", "amod", "compound"):
        return False
    return token.tag_[:2] == "VB" or token.lower_ in ("says", "said")


def _verb(token: Token, verb: CueVerb) -> Found | None:
    children = list(token.children)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in children)
    if token.lower_ in _RELAY and not passive:
        relayed = _relay(token, children)
        if relayed is not None:
            return relayed
    if token.dep_ == "pcomp" and token.head.lower_ == "as" and token.head.head.lower_ in _RELAY:
        return None  # "quoted a medic as saying" is one attribution
    if verb.cue_class not in _EVEN_AS_AIM and token.i and token.doc[token.i - 1].lower_ == "to" and token.tag_ == "VB":
        return None  # "tried to support", "wants to release": nobody has done it yet
    subjects = [c for c in children if c.dep_ in ("nsubj", "csubj")]
    subject = min(subjects, key=lambda c: abs(c.i - token.i), default=None)
    patient = next((c for c in children if c.dep_ == "nsubjpass"), None)
    agent = next((c for c in children if c.dep_ == "agent" or (passive and c.lower_ == "by")), None)
    contents, cues = _contents(token, verb, children, passive)
    if verb.cue_class == "claim" and any(t.lower_ in _TOLL for t in (*children, *token.doc[token.i + 1 : token.i + 4])):
        return None  # "the raids claimed the lives of five", "an attack that claimed nine lives is looked into"
    behind = trailing(token) if verb.clause and not passive else None
    if subject is not None and subject.lower_ in _NEVER and not passive and behind is None:
        return None
    if passive and patient is not None and (verb.infinitive or verb.clause):
        reported = any(c.dep_ == "xcomp" for c in children)
        if reported and patient.lower_ not in ("it", "there"):
            contents = (noun_phrase(patient), *contents)
    if passive and patient is not None and verb.object and not contents:
        contents = (noun_phrase(patient),)
    sources: tuple[Range, ...] = ()
    if passive:
        by = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        sources = (noun_phrase(by),) if by is not None else ()
    elif subject is not None:
        sources = subject_of(token, subject)
        group = speaking_group(token) if verb.clause else None
        if group is not None and group[0] < sources[0][0] and group[1] == sources[0][1] and group[0] == 0:
            sources = (group,)  # "The head of the board, Ada Loft told …"
    else:
        sources = inherited(token)
    if behind is not None and not any(c.dep_ in ("ccomp", "xcomp", "oprd") and c.i > token.i for c in children):
        sources, contents = (_fuller(token, sources, behind[0]),), behind[1]
    elif verb.clause and subject is not None and not passive:
        contents = by_order(token, subject, contents) or contents
    if not sources and not passive and contents and token.tag_ in ("VBD", "VBZ", "VBP"):
        group = speaking_group(token)
        sources = (group,) if group is not None else ()
    if not contents and token.dep_ in ("parataxis", "ccomp") and subject is not None:
        contents = _around(token)
    quotable = verb.quote and (bool(sources) or not passive)
    if not contents and not (quotable and sources):
        return None
    negated = any(c.dep_ == "neg" or c.lower_ in _NEGATIONS for c in children)
    told = next((c for c in children if c.dep_ in ("dobj", "dative") and not inside(c.i, contents)), None)
    relays = (noun_phrase(told),) if told is not None and token.lower_ in ("told", "tell", "tells", "telling") else ()
    cue_class = "say" if token.lower_ in _NAMING and not cues[0][1] > token.i + 1 else verb.cue_class
    return Found(token.i, sources, cues, contents, relays, cue_class, negated, quotable)


def _fuller(token: Token, parsed: tuple[Range, ...], group: Range) -> Range:
    """The parser's subject where it begins as the group does or before it, at a comma; else the group."""
    if not parsed:
        return group
    start, end = parsed[0]
    doc = token.doc
    if start > token.i:
        return (start, end) if start <= group[0] < end else group
    whole = start <= group[0] and end >= group[1] - 1 and (start == 0 or doc[start - 1].text in (",", '"', "''"))
    apposed = start == group[0] or is_name(doc, start, group[0] - 1)
    return (start, end) if whole and apposed and start > 1 else group


def _contents(
    token: Token, verb: CueVerb, children: list[Token], passive: bool
) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    cues = _cue(token, children)
    clauses = [c for c in children if c.dep_ == "ccomp" and not any(t.text == ";" for t in token.doc[c.i : token.i])]
    infinitives = [c for c in children if c.dep_ == "xcomp"]
    gerunds = [c for c in infinitives if c.tag_ == "VBG" or (c.left_edge.lower_ == "having")]
    if verb.clause and gerunds and not clauses:
        return merge([subtree(c, token) for c in gerunds]), cues  # "denied having struck the house"
    if verb.clause and clauses:
        extra = infinitives if verb.infinitive else []
        return tuple(subtree(c, token) for c in [*clauses, *extra]), cues
    for child in children:
        if child.i > token.i and child.lower_ in verb.prepositions:
            rest = [c for c in child.children if c.dep_ in ("pobj", "pcomp")] + [
                c for c in children if c.i > child.i and c.dep_ in ("xcomp", "ccomp", "dobj")
            ]
            if rest and not (child.lower_ == "on" and rest[0].tag_ in ("NNP", "CD")):  # "reported on Tuesday"
                return merge([subtree(c, token) for c in rest]), _join(cues, child.i)
    objects = [c for c in children if c.dep_ in _OBJECTS and c.i > token.i]
    if token.lower_ in _NAMING and len(objects) + len(clauses) < 2 and not any(c.dep_ == "oprd" for c in objects):
        if not objects or '"' not in [t.text for t in token.doc[token.i :]]:
            return (), cues  # "called her a liar" is an opinion, "called her" is not
        return ((objects[0].left_edge.i, clause_end(token.doc, token.i + 1)),), cues
    if verb.infinitive and infinitives and (verb.object or not objects):
        parts = [*objects, *infinitives]
        return merge([subtree(c, token) for c in parts]), cues
    if verb.object and (objects or clauses) and not (passive and not objects and not clauses):
        first = min(c.i for c in [*objects, *clauses])
        tail = [c for c in children if c.i > first and c.dep_ in _TAIL and not _channel(c)]
        return merge([subtree(c, token) for c in [*objects, *clauses, *tail]]), cues
    return (), cues


def _cue(token: Token, children: list[Token]) -> tuple[Range, ...]:
    start = end = token.i
    for child in sorted((c for c in children if c.i < token.i), key=lambda c: -c.i):
        if child.i == start - 1 and (child.dep_ in ("aux", "auxpass", "neg") or _adverb(child)):
            start = child.i
    if token.dep_ in ("xcomp", "advcl") and token.head.lower_ in _CARRIERS and token.i - token.head.i <= 3:
        start = min(token.head.i, start)
    for child in sorted((c for c in children if c.i > token.i), key=lambda c: c.i):
        if child.i == end + 1 and (child.dep_ == "prt" or (child.dep_ == "neg")):
            end = child.i
    for child in children:
        if child.i == end + 1 and (_channel(child) or child.lower_ in _DAYS):
            end = max(t.i for t in child.subtree)
        elif child.i == end + 1 and child.dep_ == "dobj" and token.lower_ in _VOICED:
            end = child.i  # "expressed concern that"
    return ((start, end + 1),)


def _adverb(child: Token) -> bool:
    return (
        child.dep_ in ("advmod", "npadvmod")
        and child.tag_ in ("RB", "RBR", "RBS")
        and child.lower_ not in ("here", "there")
    )


def _channel(prep: Token) -> bool:
    return prep.lower_ in ("in", "on", "via", "during") and any(
        c.dep_ == "pobj" and c.lower_ in _CHANNELS for c in prep.children
    )


def _join(cues: tuple[Range, ...], index: int) -> tuple[Range, ...]:
    start, end = cues[-1]
    return (*cues[:-1], (start, index + 1)) if index == end else (*cues, (index, index + 1))


def _relay(token: Token, children: list[Token]) -> Found | None:
    """ "X quoted Y as saying Z", "X said Z, citing Y": Y speaks, X passes it on."""
    quoted = next((c for c in children if c.dep_ == "dobj"), None)
    clause = next((c for c in children if c.dep_ == "ccomp"), None)
    saying = next((t for c in children if c.lower_ == "as" for t in c.children if t.dep_ in ("pcomp", "ccomp")), None)
    if saying is None and clause is not None and clause.tag_ == "VBG":
        saying = clause
    if quoted is None and clause is not None:
        quoted = next((c for c in clause.children if c.dep_ == "nsubj"), None)
    if quoted is None:
        return None
    outer = next((c for c in reversed(children) if c.dep_ == "nsubj"), None)
    relays = subject_of(token, outer) if outer is not None else inherited(token)
    if saying is not None:
        spoken = [c for c in saying.children if c.dep_ in ("ccomp", "dobj", "xcomp") and c.i > saying.i]
        if spoken:
            cues = (*_cue(token, children), (saying.i, saying.i + 1))
            source = clip(noun_phrase(quoted), saying.i - (saying.i > 0 and token.doc[saying.i - 1].lower_ == "as"))
            contents = merge([subtree(c, token) for c in spoken])
            return Found(token.i, (source,), cues, contents, relays, "relay", False, True)
        start = relays[0][0] if relays else token.i
        if start > 2 and token.doc[start - 1].text in (",", '"', "''"):  # "…, X quoted Y as saying."
            source = clip(noun_phrase(quoted), saying.i - 1)
            cues = (*_cue(token, children), (saying.i, saying.i + 1))
            return Found(token.i, (source,), cues, ((0, start),), relays, "relay", False, True)
        return None
    if token.tag_ == "VBG" and token.dep_ == "advcl":  # what the head says is what the cited source says
        contents = tuple(subtree(c, token.head) for c in token.head.children if c.dep_ == "ccomp")
        if not contents:
            left, right = token.head.left_edge.i, token.head.right_edge.i + 1
            contents = without((left, right), subtree(token, token.head))
        return Found(token.i, (noun_phrase(quoted),), _cue(token, children), contents, relays, "relay", False, False)
    return None


def _went_on(token: Token) -> Found | None:
    """ "“…,” Ms Loft went on.": a quotation is its content, nothing else."""
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if subject is None or any(c.dep_ in ("xcomp", "advcl", "dobj") for c in token.children):
        return None
    return Found(token.i, subject_of(token, subject), ((token.i, token.i + 2),), (), (), "say", False, True)


def _puts(token: Token) -> Found | None:
    """ "A medic put the number of dead at nine", "gave the toll as nine"."""
    toll = next((c for c in token.children if c.dep_ == "dobj" and c.lower_ in _TOLLS), None)
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if toll is None or subject is None or any(c.lower_ == "no" for c in toll.children):
        return None
    if subject.lower_ in _NEVER or subject.lower_ in _DEEDS:
        return None  # "The deaths raised the toll to nine"
    end = clause_end(token.doc, toll.i)
    other = next((c for c in token.children if c.dep_ == "conj" and toll.i < c.i < end and c.tag_[:2] == "VB"), None)
    if other is not None:  # "Police put the toll at nine, but a doctor said …"
        end = max((c.i for c in token.children if c.dep_ == "cc" and toll.i < c.i < other.i), default=end)
    contents = ((toll.left_edge.i, end),)
    group = speaking_group(token)
    sources = (group,) if group is not None else subject_of(token, subject)
    return Found(token.i, sources, _cue(token, list(token.children)), contents, (), "report", False, False)


def _put_it(token: Token) -> Found | None:
    """ "“…,” as Ada Loft put it.": a quotation is its content."""
    doc, i = token.doc, token.i
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if subject is None or i + 1 >= len(doc) or doc[i + 1].lower_ != "it":
        return None
    return Found(i, subject_of(token, subject), ((i, i + 2),), (), (), "say", False, True)


def _noun(token: Token, cue_class: str) -> Found | None:
    clause = next(
        (c for c in token.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > token.i and _is_that_clause(c)),
        None,
    )
    holder = next((c for c in token.children if c.dep_ == "poss"), None)
    by = next((p for c in token.children if c.lower_ in _BY for p in c.children if p.dep_ == "pobj"), None)
    if holder is None and by is None and clause is None:
        return None
    sources = (noun_phrase(holder),) if holder is not None else (noun_phrase(by),) if by is not None else ()
    contents: tuple[Range, ...] = ()
    cues: tuple[Range, ...] = ((token.i, token.i + 1),)
    if clause is not None:
        contents = (subtree(clause, token),)
    else:
        about = [c for c in token.children if c.dep_ == "prep" and c.lower_ in _ABOUT and c.i > token.i]
        infinitive = [c for c in token.children if c.dep_ == "acl" and c.i > token.i]
        below = [c for p in about for c in p.children if c.dep_ in ("pobj", "pcomp")]
        contents = merge([subtree(c, token) for c in [*below, *infinitive]])
        cues = _join(cues, about[0].i) if about else cues
    if not contents:
        return None
    if clause is not None and not sources and (said := _said_in(token)) is not None:
        return Found(said.i, said_by(said), ((said.i, token.i + 1),), contents, (), "say", False, True)
    return Found(token.i, sources, cues, contents, (), cue_class, False, False)


def _said_in(noun: Token) -> Token | None:
    """ "The army said in a statement that": the verb, where the parser hangs what was said on the statement."""
    prep = noun.head
    verb = prep.head
    if prep.dep_ != "prep" or prep.lower_ not in ("in", "on", "via", "during") or noun.lower_ not in _CHANNELS:
        return None
    known = cue_verbs().get(verb.lower_)
    return verb if known is not None and known.clause and verb.tag_[:2] == "VB" and said_by(verb) else None


def said_by(verb: Token) -> tuple[Range, ...]:
    """The subject of a verb of saying."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return subject_of(verb, subject) if subject is not None else ()


def _is_that_clause(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _hedge(token: Token) -> Found | None:
    head = token.head
    if head.tag_[:2] not in ("VB", "JJ", "NN"):
        return None
    left, right = head.left_edge.i, head.right_edge.i + 1
    contents = without((left, right), (token.i, token.i + 1))
    return Found(token.i, (), ((token.i, token.i + 1),), contents, (), "hedge", False, False)


def _according(token: Token) -> Found | None:
    doc = token.doc
    last = token.i
    if token.lower_ == "according":
        if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
            return None
        last = token.i + 1
    holder = next((c for c in doc[last].children if c.dep_ in ("pobj", "pcomp")), None)
    if holder is None:
        holder = next((c for c in token.children if c.dep_ == "pobj"), None)
    if holder is None or holder.lower_ in _UNTOLD:
        return None  # "may grow according to the injuries"
    if token.lower_ == "per" and holder.tag_ not in ("NNP", "NNPS") and holder.left_edge.i == holder.i:
        return None  # "per cent", "per day"
    inner = next((c for c in holder.children if c.dep_ == "nsubj"), None) if holder.dep_ == "pcomp" else None
    source = noun_phrase(inner) if inner is not None else noun_phrase(holder)  # "according to what the office declared"
    start, end = token.i, max(source[1], last + 1)
    if start > 0 and doc[start - 1].lower_ in ("quotes", "reports"):
        start -= 1
    contents = vouched_for(token, start, end)
    return Found(token.i, (source,), ((token.i, last + 1),), contents, (), "say", False, True)


def _around(token: Token) -> tuple[Range, ...]:
    """What a parenthetical "…, the ministry said, …" stands in."""
    head = token.head
    return without((head.left_edge.i, head.right_edge.i + 1), (token.left_edge.i, token.right_edge.i + 1))
