"""Attributions in one parsed passage: verbs, nouns and adverbs of saying with who and what.

Offsets are tokens of the passage here (``Found``); ``attribution.py`` turns them into spans of the document and
brings quotation marks and word order in as further witnesses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbook.find.attribution_cues import CueVerb, cue_nouns, cue_verbs, voice_classes, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]  # tokens, end exclusive

_HEDGES = words_of("hedges", "adverbs")
_CHANNELS = words_of("phrases", "channels")
_RELAY = words_of("phrases", "relay_verbs")
_CARRIERS = words_of("phrases", "carriers")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_OBJECTS = frozenset({"dobj", "oprd", "dative", "obj"})
_TAIL = frozenset({"prep", "xcomp", "oprd", "ccomp", "advcl"})
_BY = frozenset({"by", "from"})
_TELLS = frozenset({"told", "tell", "tells"})
_CONTRASTS = frozenset({"while", "whereas", "but", "though", "although", ";"})
_TOLLS = frozenset({"number", "numbers", "toll", "count", "figure", "total", "casualties", "dead", "tally", "deaths"})
_TOLL = frozenset({"life", "lives", "victim", "victims"})
_NEVER = words_of("phrases", "never_sources")
_BREAKS = words_of("phrases", "breaks")
_REPORTING = frozenset(f for f, v in cue_verbs().items() if v.clause and v.cue_class in voice_classes())
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
    for token in doc:
        word = token.lower_
        verb = verbs.get(word)
        found = None
        if word == "according" or (word == "per" and token.dep_ == "prep" and token.i + 1 < len(doc)):
            found = _according(token)
        elif verb is not None and _is_verb(token):
            found = _verb(token, verb)
        elif word in ("put", "puts") and token.tag_[:2] == "VB":
            found = _puts(token)
        elif word in nouns and token.tag_ in ("NN", "NNS"):
            found = _noun(token, nouns[word])
        elif word in _HEDGES:
            found = _hedge(token)
        if found is not None:
            yield found


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
    subjects = [c for c in children if c.dep_ in ("nsubj", "csubj")]
    subject = min(subjects, key=lambda c: abs(c.i - token.i), default=None)
    patient = next((c for c in children if c.dep_ == "nsubjpass"), None)
    agent = next((c for c in children if c.dep_ == "agent" or (passive and c.lower_ == "by")), None)
    contents, cues = _contents(token, verb, children, passive)
    if verb.cue_class == "claim" and any(c.lower_ in _TOLL for c in children):
        return None  # "the raids claimed the lives of five"
    if subject is not None and subject.lower_ in _NEVER and not passive:
        return None
    if passive and patient is not None and (verb.infinitive or verb.clause):
        reported = any(c.dep_ == "xcomp" for c in children)
        if reported and patient.lower_ not in ("it", "there"):
            contents = (_np(patient), *contents)
    if passive and patient is not None and verb.object and not contents:
        contents = (_np(patient),)
    sources: tuple[Range, ...] = ()
    if passive:
        by = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        sources = (_np(by),) if by is not None else ()
    elif subject is not None:
        sources = _subject(token, subject)
    else:
        sources = _inherited(token)
    if verb.clause and subject is not None and not passive:
        contents = _by_order(token, subject, contents) or contents
    if not contents and token.dep_ in ("parataxis", "ccomp") and subject is not None:
        contents = _around(token)
    quotable = verb.quote and (bool(sources) or not passive)
    if not contents and not (quotable and sources):
        return None
    negated = any(c.dep_ == "neg" or c.lower_ in _NEGATIONS for c in children)
    told = next((c for c in children if c.dep_ in ("dobj", "dative") and not _inside(c.i, contents)), None)
    relays = (_np(told),) if told is not None and token.lower_ in ("told", "tell", "tells", "telling") else ()
    return Found(token.i, sources, cues, contents, relays, verb.cue_class, negated, quotable)


def _contents(
    token: Token, verb: CueVerb, children: list[Token], passive: bool
) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    cues = _cue(token, children)
    clauses = [c for c in children if c.dep_ == "ccomp"]
    infinitives = [c for c in children if c.dep_ == "xcomp"]
    gerunds = [c for c in infinitives if c.tag_ == "VBG" or (c.left_edge.lower_ == "having")]
    if verb.clause and gerunds and not clauses:
        return _merge([_subtree(c, token) for c in gerunds]), cues  # "denied having struck the house"
    if verb.clause and clauses:
        extra = infinitives if verb.infinitive else []
        return tuple(_subtree(c, token) for c in [*clauses, *extra]), cues
    for child in children:
        if child.i > token.i and child.lower_ in verb.prepositions:
            rest = [c for c in child.children if c.dep_ in ("pobj", "pcomp")] + [
                c for c in children if c.i > child.i and c.dep_ in ("xcomp", "ccomp", "dobj")
            ]
            if rest:
                return _merge([_subtree(c, token) for c in rest]), _join(cues, child.i)
    objects = [c for c in children if c.dep_ in _OBJECTS and c.i > token.i]
    if verb.infinitive and infinitives and (verb.object or not objects):
        parts = [*objects, *infinitives]
        return _merge([_subtree(c, token) for c in parts]), cues
    if verb.object and (objects or clauses) and not (passive and not objects and not clauses):
        first = min(c.i for c in [*objects, *clauses])
        tail = [c for c in children if c.i > first and c.dep_ in _TAIL and not _channel(c)]
        return _merge([_subtree(c, token) for c in [*objects, *clauses, *tail]]), cues
    return (), cues


def _by_order(token: Token, subject: Token, contents: tuple[Range, ...]) -> tuple[Range, ...]:
    """What word order says of a verb with a subject: "X said [on Friday] that …" and "…, X said [on Friday]."."""
    doc, start = token.doc, _group_start(token, subject)
    if token.lower_ not in _REPORTING:
        return ()
    right = [c for c in contents if c[0] > token.i]
    that = _that(token)
    if that is not None and not right:
        right = [(that, _clause_end(doc, that))]
    right = [_uncontrasted(doc, r) for r in right]
    if right:
        last = max(b for _, b in right)
        return (*[c for c in contents if c[1] <= token.i], *_grown(doc, right, last))
    if subject.i > token.i and token.i > 2 and not contents and doc[token.i - 1].text in (",", '"', "''"):
        return ((0, token.i),)  # "…, said a nurse"
    if token.lower_ in _TELLS and not contents and token.i + 3 < len(doc) and doc[token.i + 1].tag_ in ("PRP", "PRP$"):
        return ((token.i + 2, _clause_end(doc, token.i + 2)),)  # "told her six were dead": not "her six"
    rest = [t for t in doc[token.i + 1 :] if not t.is_punct]
    plain = len(rest) <= 9 and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in rest)
    if rest and rest[0].tag_ not in ("IN", "RB", "NNP", "TO", "VBG", "RP") and token.lower_ not in _TELLS:
        plain = False  # "…, rebels say labourers" is no tail
    if plain and start > 1 and subject.i < token.i and doc[start - 1].text in (",", '"', "''"):
        first = 0
        if contents:
            first = min(a for a, _ in contents)
        if not contents or not _another_voice(doc, 0, first):
            return ((0, start),)
    return ()


def _uncontrasted(doc: Doc, content: Range) -> Range:
    """Content without what another speaker sets against it: "…, while the office said"."""
    start, end = content
    for t in doc[start + 1 : end]:
        if t.lower_ not in _CONTRASTS:
            continue
        for other in doc[t.i + 1 : min(len(doc), t.i + 25)]:
            if other.lower_ in _REPORTING and other.tag_ in ("VBD", "VBZ", "VBP"):
                if any(c.dep_ == "nsubj" and t.i < c.i < other.i for c in other.children):
                    return start, t.i
                break
    return content


def _group_start(token: Token, subject: Token) -> int:
    return min(token.i, subject.left_edge.i)


def _that(token: Token) -> int | None:
    """ "claimed at the time that": the clause the parser hung on a noun of the phrase between."""
    for t in token.doc[token.i + 1 : token.i + 9]:
        if t.lower_ == "that":
            return t.i
        if t.tag_[:2] == "VB" or t.text in (",", '"', ";"):
            return None
    return None


def _clause_end(doc: Doc, start: int) -> int:
    end = len(doc)
    while end > start + 1 and doc[end - 1].is_punct:
        end -= 1
    return end


def _grown(doc: Doc, right: list[Range], last: int) -> tuple[Range, ...]:
    """Indirect speech runs to the end of its sentence unless something else begins."""
    end = _clause_end(doc, last)
    if end <= last:
        return tuple(right)
    for t in doc[last:end]:
        if t.lower_ in _BREAKS or t.lower_ in _REPORTING or t.lower_ in ("according", "adding", "saying", "citing"):
            return tuple(right)
    at = max(range(len(right)), key=lambda i: right[i][1])
    return tuple((a, end) if i == at else (a, b) for i, (a, b) in enumerate(right))


def _another_voice(doc: Doc, start: int, end: int) -> bool:
    return any(t.lower_ in _REPORTING and t.tag_[:2] == "VB" for t in doc[start:end])


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
        if child.i == end + 1 and _channel(child):
            end = max(t.i for t in child.subtree)
    return ((start, end + 1),)


def _adverb(child: Token) -> bool:
    return child.dep_ == "advmod" and child.tag_ == "RB"


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
    relays = _subject(token, outer) if outer is not None else _inherited(token)
    if saying is not None:
        spoken = [c for c in saying.children if c.dep_ in ("ccomp", "dobj", "xcomp") and c.i > saying.i]
        if spoken:
            cues = (*_cue(token, children), (saying.i, saying.i + 1))
            source = _clip(_np(quoted), saying.i - (saying.i > 0 and token.doc[saying.i - 1].lower_ == "as"))
            contents = _merge([_subtree(c, token) for c in spoken])
            return Found(token.i, (source,), cues, contents, relays, "relay", False, True)
        start = relays[0][0] if relays else token.i
        if start > 2 and token.doc[start - 1].text in (",", '"', "''"):  # "…, X quoted Y as saying."
            source = _clip(_np(quoted), saying.i - 1)
            cues = (*_cue(token, children), (saying.i, saying.i + 1))
            return Found(token.i, (source,), cues, ((0, start),), relays, "relay", False, True)
        return None
    if token.tag_ == "VBG" and token.dep_ == "advcl":  # what the head says is what the cited source says
        contents = tuple(_subtree(c, token.head) for c in token.head.children if c.dep_ == "ccomp")
        if not contents:
            left, right = token.head.left_edge.i, token.head.right_edge.i + 1
            contents = _without((left, right), _subtree(token, token.head))
        return Found(token.i, (_np(quoted),), _cue(token, children), contents, relays, "relay", False, False)
    return None


def _puts(token: Token) -> Found | None:
    """ "A medic put the number of dead at nine"."""
    toll = next((c for c in token.children if c.dep_ == "dobj" and c.lower_ in _TOLLS), None)
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if toll is None or subject is None:
        return None
    contents = ((toll.left_edge.i, _clause_end(token.doc, toll.i)),)
    return Found(
        token.i, _subject(token, subject), _cue(token, list(token.children)), contents, (), "report", False, False
    )


def _noun(token: Token, cue_class: str) -> Found | None:
    clause = next(
        (c for c in token.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > token.i and _is_that_clause(c)),
        None,
    )
    holder = next((c for c in token.children if c.dep_ == "poss"), None)
    by = next((p for c in token.children if c.lower_ in _BY for p in c.children if p.dep_ == "pobj"), None)
    if holder is None and by is None and clause is None:
        return None
    sources = (_np(holder),) if holder is not None else (_np(by),) if by is not None else ()
    contents: tuple[Range, ...] = ()
    if clause is not None:
        contents = (_subtree(clause, token),)
    else:
        about = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "on", "about") and c.i > token.i]
        infinitive = [c for c in token.children if c.dep_ == "acl" and c.i > token.i]
        contents = _merge([_subtree(c, token) for c in [*about, *infinitive]])
    if not contents:
        return None
    return Found(token.i, sources, ((token.i, token.i + 1),), contents, (), cue_class, False, False)


def _is_that_clause(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _hedge(token: Token) -> Found | None:
    head = token.head
    if head.tag_[:2] not in ("VB", "JJ", "NN"):
        return None
    left, right = head.left_edge.i, head.right_edge.i + 1
    contents = _without((left, right), (token.i, token.i + 1))
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
    if holder is None or (
        token.lower_ == "per" and holder.tag_ not in ("NNP", "NNPS") and holder.left_edge.i == holder.i
    ):
        return None  # "per cent", "per day"
    inner = next((c for c in holder.children if c.dep_ == "nsubj"), None) if holder.dep_ == "pcomp" else None
    source = _np(inner) if inner is not None else _np(holder)  # "according to what the office declared"
    start, end = token.i, max(source[1], last + 1)
    if start > 0 and doc[start - 1].lower_ in ("quotes", "reports"):
        start -= 1
    contents = _said_by(token, start, end)
    return Found(token.i, (source,), ((token.i, last + 1),), contents, (), "say", False, True)


def _said_by(token: Token, start: int, end: int) -> tuple[Range, ...]:
    """What "according to X" at ``[start, end)`` vouches for: all before it in its sentence, or, where no verb stands
    before it, all behind it."""
    doc = token.doc
    before = [t.i for t in doc[:start] if t.tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD")]
    if not before:
        return _without((0, len(doc)), (start, end))
    first = 0
    for t in doc[:start]:
        other = (
            t.lower_ in _REPORTING and t.tag_ in ("VBD", "VBZ", "VBP") and any(c.dep_ == "nsubj" for c in t.children)
        )
        if t.text == ";" or (t.dep_ == "cc" and other):
            first = t.i + 1
    comma = doc[start - 1].text in (",", "-", "--", "(") if start else False
    after = doc[end : end + 1]
    if not comma and token.head.i > token.i and token.head.tag_[:2] == "VB":  # "and according to X, nobody was hurt"
        return ((end, _clause_end(doc, end)),)
    if (
        start
        and doc[start - 1].lower_ in ("and", "but", "while")
        or (start and after and after[0].text == "," and doc[start - 1].lower_ in _BREAKS)
    ):
        return ((end, _clause_end(doc, end)),)
    return ((first, start),)


def _subject(token: Token, subject: Token) -> tuple[Range, ...]:
    if subject.lower_ in _RELATIVE and token.dep_ in ("relcl", "acl"):
        antecedent = token.head
        left, right = _np(antecedent)
        return ((left, max(left + 1, min(right, token.left_edge.i))),)
    for other in token.children:
        if other.dep_ == "nsubj" and other.i < subject.i < token.i:
            if not any(t.tag_[:2] in ("VB", "MD") for t in token.doc[other.i : subject.i]):
                return ((_np(other)[0], _np(subject)[1]),)  # "the agency RNA said": two subjects to the parser
    return (_np(subject),)


def _inherited(token: Token, depth: int = 0) -> tuple[Range, ...]:
    """The subject of the verb above ("…, adding that", "said … and warned")."""
    head = token.head
    if head is token or depth > 4:
        return ()
    if token.dep_ in ("acl", "relcl") and head.tag_[:2] == "NN":
        left, right = _np(head)
        return ((left, max(left + 1, min(right, token.left_edge.i))),)
    if token.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep", "acl", "ccomp", "dep"):
        return ()
    if token.dep_ == "ccomp" and token.tag_ not in ("VBG", "VB"):
        return ()
    if token.dep_ == "conj" and token.tag_ == "VBD" and head.tag_ != "VBD" and _governor(head) is not None:
        head = _governor(head) or head  # "said they had left and vowed": who said vowed
    for child in reversed(list(head.children)):
        if child.dep_ in ("nsubj", "nsubjpass") and child is not token:
            above = _governor(head) if child.lower_ in _NEVER else None
            return _subject(head, child) if above is None else _inherited_from(above)
    if head.tag_[:2] == "NN" and token.dep_ in ("advcl", "prep"):
        return ()
    return _inherited(head, depth + 1)


def _inherited_from(verb: Token) -> tuple[Range, ...]:
    subject = next((c for c in reversed(list(verb.children)) if c.dep_ == "nsubj"), None)
    return _subject(verb, subject) if subject is not None else ()


def _governor(token: Token) -> Token | None:
    """The verb of saying above a clause."""
    for above in token.ancestors:
        if above.lower_ in _REPORTING and above.tag_ == "VBD":
            return above
    return None


def _around(token: Token) -> tuple[Range, ...]:
    """What a parenthetical "…, the ministry said, …" stands in."""
    head = token.head
    return _without((head.left_edge.i, head.right_edge.i + 1), (token.left_edge.i, token.right_edge.i + 1))


def _np(token: Token) -> Range:
    """A noun phrase with its appositions, without the comma that follows."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    doc = token.doc
    while end < len(doc) and not doc[end - 1].whitespace_ and doc[end].text == "-" and not doc[end].whitespace_:
        end = min(len(doc), end + 2)  # "al-Watan" is three tokens, and the parser may part them
    for t in doc[start : token.i]:
        if t.lower_ in _BREAKS or (t.lower_ in _REPORTING and t.tag_ == "VBD"):
            start = t.i + 1  # the parser hung another clause on the subject
    while end > start + 1 and (doc[end - 1].is_punct and doc[end - 1].text not in (")", '"')):
        end -= 1
    while start < end - 1 and doc[start].is_punct and doc[start].text not in ("(", '"'):
        start += 1
    return start, end


def _subtree(token: Token, cue: Token) -> Range:
    """The clause below ``token``, cut so that it does not swallow the cue."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    if start <= cue.i < end:
        return (cue.i + 1, end) if token.i > cue.i else (start, cue.i)
    return start, end


def _clip(span: Range, end: int) -> Range:
    return span[0], max(span[0] + 1, min(span[1], end))


def _without(whole: Range, hole: Range) -> tuple[Range, ...]:
    parts = ((whole[0], min(whole[1], hole[0])), (max(whole[0], hole[1]), whole[1]))
    return tuple(p for p in parts if p[0] < p[1])


def _merge(ranges: list[Range]) -> tuple[Range, ...]:
    out: list[Range] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _inside(index: int, ranges: tuple[Range, ...]) -> bool:
    return any(a <= index < b for a, b in ranges)
