"""The rules of judgements: what may follow what, what contradicts what, and what survives a new reading.

Pure: judgements and claims go in as data, a decision comes out. The ledger asks these rules inside its transaction.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

from tollbook.decode import decode_claim
from tollbook.errors import InputError, JudgementError
from tollbook.judgements import CORRECTABLE, GRADES, PAIR_KINDS, Judgement
from tollbook.records import CLAIM_SCHEMA, Claim, claim_id

# On one claim: the standing kinds that each new kind contradicts. ``correct`` against ``correct`` depends on the value.
_AGAINST: Mapping[str, frozenset[str]] = {
    "accept": frozenset({"reject", "correct"}),
    "reject": frozenset({"accept", "correct", "add"}),
    "correct": frozenset({"accept", "reject"}),
    "unsure": frozenset({"accept", "reject", "correct"}),
}
_SAID = {
    "accept": "accepted it", "reject": "rejected it", "correct": "corrected its {field}", "add": "added it",
    "unsure": "was unsure", "same": "called the two the same", "different": "called the two different",
    "confirm": "confirmed it", "grade": "graded it {value}", "undo": "undid it",
}  # fmt: skip


def check(new: Judgement, standing: Sequence[Judgement]) -> Judgement | None:
    """Whether ``new`` may join the judgements in force (in their order).

    Returns the standing judgement that already says the same in the same person's name, else ``None``.
    Raises :class:`JudgementError` naming the earlier judgement that stands against it.
    """
    _check_form(new)
    if new.kind == "undo":
        _check_undo(new, standing)
        return None
    same_key = [j for j in standing if j.key == new.key]
    for earlier in same_key:
        if earlier.by == new.by and _content(earlier) == _content(new):
            return earlier
    for earlier in same_key:
        if contradicts(new, earlier):
            raise _refusal(new, earlier)
    if new.kind in PAIR_KINDS:
        _check_pairs(new, [j for j in standing if j.kind in PAIR_KINDS])
    return None


def contradicts(new: Judgement, earlier: Judgement) -> bool:
    """Whether two judgements about one thing cannot both stand.

    >>> ana = Judgement("accept", "c-1", "Ana", "2024-05-01T10:00:00+00:00")
    >>> contradicts(Judgement("reject", "c-1", "Ben", "2024-05-02T10:00:00+00:00"), ana)
    True
    """
    if new.key != earlier.key:
        return False
    if new.kind == earlier.kind == "correct":
        return new.field == earlier.field and new.value != earlier.value
    if new.kind == earlier.kind == "grade":
        return bool(new.value != earlier.value)
    if new.kind in PAIR_KINDS:
        return earlier.kind in PAIR_KINDS and earlier.kind != new.kind
    return earlier.kind in _AGAINST.get(new.kind, ()) or (new.kind == "add" and earlier.kind == "add")


def describe(judgement: Judgement) -> str:
    """A judgement in words: "Ana corrected its count on 2024-05-01 (j-…)"."""
    said = _SAID[judgement.kind].format(field=judgement.field, value=judgement.value)
    return f"{judgement.by} {said} on {judgement.at[:10]} ({judgement.id})"


def _content(judgement: Judgement) -> tuple[Any, ...]:
    return (judgement.kind, judgement.key, judgement.field, judgement.value, judgement.note)


def _refusal(new: Judgement, earlier: Judgement, why: str = "") -> JudgementError:
    return JudgementError(
        f"{new.kind} of {new.key} is refused: {describe(earlier)}{why}. Undo that one first (undo {earlier.id}).",
        earlier.id,
    )


def _check_form(new: Judgement) -> None:
    """What a kind of judgement must bring; its values are checked against the claim by :func:`check_value`."""
    if not new.by.strip():
        raise JudgementError("a judgement needs the name of the person who makes it")
    if (new.other is not None) != (new.kind in PAIR_KINDS):
        raise JudgementError(f"{new.kind} {'needs two claims' if new.kind in PAIR_KINDS else 'is about one thing'}")
    if new.other == new.subject:
        raise JudgementError("a claim cannot be compared with itself")
    if new.kind == "correct" and new.field not in CORRECTABLE:
        raise JudgementError(f"{new.field!r} cannot be corrected; choose one of {', '.join(CORRECTABLE)}")
    if new.kind != "correct" and new.field is not None:
        raise JudgementError(f"{new.kind} has no field")
    if new.kind == "grade" and new.value not in GRADES:
        raise JudgementError(f"{new.value!r} is no grade; choose one of {', '.join(GRADES)}")


def _check_undo(new: Judgement, standing: Sequence[Judgement]) -> None:
    target = next((j for j in standing if j.id == new.subject), None)
    if target is None:
        raise JudgementError(f"{new.subject} is not in force: it is unknown here or was undone already")
    if target.kind != "add":
        return
    for later in standing:
        if later is not target and target.subject in later.claims:
            raise _refusal(new, later, ", which rests on the claim that was added")


def _check_pairs(new: Judgement, pairs: Sequence[Judgement]) -> None:
    """ "Same" reaches through other pairs: a = b and b = c forbid that a and c be different, and the reverse."""
    equal = [j for j in pairs if j.kind == "same"]
    if new.kind == "different":
        path = _path(equal, new.subject, new.other or "")
        if path:
            raise _refusal(new, path[0], " and so joined them through other claims" if len(path) > 1 else "")
        return
    left, right = _component(equal, new.subject), _component(equal, new.other or "")
    for apart in pairs:
        if apart.kind == "different" and _straddles(apart, left, right):
            raise _refusal(new, apart, ", and this would join them")


def _straddles(apart: Judgement, left: frozenset[str], right: frozenset[str]) -> bool:
    one, two = apart.subject, apart.other
    return (one in left and two in right) or (one in right and two in left)


def _neighbours(equal: Iterable[Judgement]) -> dict[str, list[tuple[str, Judgement]]]:
    graph: dict[str, list[tuple[str, Judgement]]] = defaultdict(list)
    for judgement in equal:
        if judgement.other is not None:
            graph[judgement.subject].append((judgement.other, judgement))
            graph[judgement.other].append((judgement.subject, judgement))
    return graph


def _component(equal: Iterable[Judgement], start: str) -> frozenset[str]:
    graph, seen, todo = _neighbours(equal), {start}, [start]
    while todo:
        for claim, _ in graph.get(todo.pop(), ()):
            if claim not in seen:
                seen.add(claim)
                todo.append(claim)
    return frozenset(seen)


def _path(equal: Iterable[Judgement], start: str, goal: str) -> list[Judgement]:
    """The fewest "same" judgements that lead from one claim to another; empty where none do."""
    graph = _neighbours(equal)
    came: dict[str, tuple[str, Judgement] | None] = {start: None}
    todo = deque([start])
    while todo and goal not in came:
        here = todo.popleft()
        for claim, judgement in graph.get(here, ()):
            if claim not in came:
                came[claim] = (here, judgement)
                todo.append(claim)
    path: list[Judgement] = []
    step = came.get(goal)
    while step is not None:
        path.append(step[1])
        step = came[step[0]]
    return path[::-1]


# --- values that people give -------------------------------------------------------------------------------------


def check_value(new: Judgement, claim: Mapping[str, Any] | None, text: str) -> None:
    """Whether what a correction or an added claim says is well-formed and its words stand in the text.

    ``claim`` is the public JSON of the claim as the machine read it (``None`` for ``add``); ``text`` the document's.
    """
    if new.kind == "correct" and claim is not None and new.field is not None:
        whole = {**claim, new.field: new.value}
    elif new.kind == "add":
        whole = new.value
    else:
        return
    try:
        record = decode_claim(whole)
    except InputError as error:
        raise JudgementError(f"{new.kind} of {new.subject} is refused: {error}") from None
    if record.count.low is not None and record.count.high is not None and record.count.low > record.count.high:
        raise JudgementError(f"{new.kind} of {new.subject} is refused: the low figure is above the high one")
    if new.kind == "add" and record.id != new.subject:
        raise JudgementError(f"the added claim is {record.id}, the judgement speaks of {new.subject}")
    misplaced = next(misplaced_spans(whole, text), None)
    if misplaced is not None:
        raise JudgementError(f"{new.kind} of {new.subject} is refused: {misplaced!r} does not stand there in the text")


def misplaced_spans(value: Any, text: str) -> Iterator[str]:
    """The words in a record's JSON that do not stand in the text where they say they do.

    >>> list(misplaced_spans({"text": "43", "start": 0, "end": 2}, "43 died"))
    []
    """
    if isinstance(value, Mapping):
        if "start" in value and "end" in value and text[value["start"] : value["end"]] != value.get("text"):
            yield str(value.get("text"))
        for item in value.values():
            yield from misplaced_spans(item, text)
    elif isinstance(value, list):
        for item in value:
            yield from misplaced_spans(item, text)


_NOWHERE = {"text": "", "start": 0, "end": 0}  # a value that rests on no words of the text; text[0:0] == ""
_BLANK: Mapping[str, Mapping[str, Any]] = {
    "victims": {**_NOWHERE, "status": "unknown", "status_basis": None, "groups": [], "nationality": None},
    "event": {**_NOWHERE, "type": None},
    "date": {**_NOWHERE, "from": None, "to": None, "precision": None, "anchored_to": None},
    "said": {**_NOWHERE, "from": None, "to": None, "precision": None, "anchored_to": None},
    "place": {
        **_NOWHERE, "name": None, "country": None, "admin1": None, "lat": None, "lon": None, "precision": None,
        "gazetteer_id": None,
    },
    "blamed": {**_NOWHERE, "basis": "accused", "by": None},
    "attribution": {**_NOWHERE, "role": None, "body": None, "kind": "unknown", "cue": None, "mode": "indirect"},
}  # fmt: skip


def completed(field: str, value: Any, machine: Any = None) -> Any:
    """What a person gave for a field, with everything that was left open filled: as the machine read it, else unknown.

    >>> completed("event", {"type": "shelling"})
    {'text': '', 'start': 0, 'end': 0, 'type': 'shelling'}
    """
    if isinstance(value, list):
        return [completed(field, item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {**(machine if isinstance(machine, Mapping) else _BLANK.get(field, {})), **value}


_SLOTS = tuple(n for n in get_type_hints(Claim) if n not in {"id", "document", "quote", "made_by", "schema", "score"})


def added_claim(document: Mapping[str, Any], slots: Mapping[str, Any], ordinal: int = 0) -> dict[str, Any]:
    """The public JSON of a claim that a person read: ``document`` is its ``document`` object, ``slots`` what is filled.

    ``quote``, ``harm`` and ``count`` have to be filled; the rest is ``null`` ("the document does not say"). Its id is
    made as the reader makes ids, so that a later reader who sees the same words finds the same claim.
    """
    empty: dict[str, Any] = dict.fromkeys(_SLOTS)
    empty |= {"blamed": [], "attribution": [], "stance": "asserted", "scope": "incident"}
    unknown = slots.keys() - set(_SLOTS) - {"quote"}
    if unknown:
        raise JudgementError(f"unknown slot {sorted(unknown)[0]!r}")
    missing = {"quote", "harm", "count"} - slots.keys()
    if missing:
        raise JudgementError(f"a claim needs its {sorted(missing)[0]}")
    spans = tuple(
        (span["start"], span["end"]) for span in (slots["count"], slots.get("victims")) if isinstance(span, Mapping)
    )
    person = {"reader": "person", "model": "none", "lexicon": "none", "gazetteer": "none"}
    filled = {slot: completed(slot, value) for slot, value in slots.items()}
    claim = {**empty, **filled, "document": dict(document), "score": 1.0, "made_by": person, "schema": CLAIM_SCHEMA}
    return {**claim, "id": claim_id(document["id"], slots["harm"], spans, ordinal)}


# --- carrying over -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a judgement on a claim when its document was read again.

    ``orphaned``: the words no longer make that claim. ``changed``: the same words, but these fields are read otherwise.
    """

    judgement: str
    orphaned: bool
    changed: tuple[str, ...] = ()


def words_of(claim: Mapping[str, Any] | None) -> tuple[str | None, str | None] | None:
    """The words that make a claim: its number and its victims. ``None`` for no claim."""
    if claim is None:
        return None
    return _text(claim.get("count")), _text(claim.get("victims"))


def _text(span: Any) -> str | None:
    return span.get("text") if isinstance(span, Mapping) else None


def carry(judgement: Judgement, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Carried:
    """A judgement on a claim, and the claim as it was judged and as it is read now (``None``: no longer read).

    The id says that the place is the same; the words are compared too, since the cleaned text may have moved.
    """
    if after is None or words_of(before) != words_of(after):
        return Carried(judgement.id, orphaned=True)
    fields = [f for f in CORRECTABLE if before is not None and before.get(f) != after.get(f)]
    if judgement.kind == "correct":
        fields = [f for f in fields if f == judgement.field]
    elif judgement.kind != "accept":
        fields = []
    return Carried(judgement.id, orphaned=False, changed=tuple(fields))


def carry_incident(basis: Iterable[str], incident_of: Mapping[str, str], members: Mapping[str, int]) -> str | None:
    """The incident that a judgement on an incident now speaks of, ``None`` if people have to look again.

    ``basis`` are the claims it was judged with, ``incident_of`` the incident of each claim now, ``members`` how many
    claims each incident has. It is carried only where those claims stand together and no others have come to outnumber
    them: neither a split nor a large merge keeps a confirmation that nobody gave.
    """
    claims = set(basis)
    now = {incident_of.get(claim) for claim in claims}
    if len(now) != 1:
        return None
    (incident,) = now
    return incident if incident is not None and members[incident] < 2 * len(claims) else None
