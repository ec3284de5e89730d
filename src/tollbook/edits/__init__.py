"""Edited tables back into a ledger: what differs from what was handed out becomes judgements, after it was looked at.

Nothing is written before the whole file was read and found sound. A row whose subject has changed since it was handed
out (``_rev``) is refused and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tollbook.edits.tables import Table
from tollbook.edits.values import CLAIM_EDITS, INCIDENT_EDITS, changed_fields, plain, unchanged
from tollbook.errors import InputError, JudgementError, RevisionError
from tollbook.exports.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Cell, claim_cells, incident_cells
from tollbook.exports.contract import ExportFilter, Wants, wants_of
from tollbook.judgements import Judgement, Kind
from tollbook.ledger import ClaimFilter, Ledger, StoredClaim
from tollbook.review import check, check_value, completed
from tollbook.sharing import LedgerMaterial

_STATES: dict[str, Kind] = {"accepted": "accept", "rejected": "reject", "unsure": "unsure"}
_KIND_OF_STATE = {"accepted": ("accept", "add"), "rejected": ("reject",), "unsure": ("unsure",)}


@dataclass(frozen=True, slots=True)
class Change:
    """One decision that a row asks for: what it was, what it is to be, and the judgements that say so, in their
    order."""

    row: int
    subject: str
    what: str
    before: str
    after: str
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be taken as it stands."""

    row: int
    column: str | None
    reason: str

    def __str__(self) -> str:
        """In words."""
        return f"row {self.row}{f', column {self.column}' if self.column else ''}: {self.reason}"


@dataclass(slots=True)
class Plan:
    """What importing a table would do. ``problems`` forbid it, ``stale`` rows are left out, ``ignored`` are told."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stale: list[Problem] = field(default_factory=list)
    ignored: list[Problem] = field(default_factory=list)
    revisions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who edits, and what time it is."""

    by: str
    now: Callable[[], str]


def plan(ledger: Ledger, table: Table, desk: Desk) -> Plan:
    """Compares a table with the ledger. Raises :class:`InputError` for a table without ``_id`` and ``_rev``."""
    for name in ("_id", "_rev"):
        if name not in table.headings:
            raise InputError(table.name, f"there is no column {name}: take a file that `tollbook export csv` wrote")
    made = Plan()
    rows = dict(_known_rows(table, made))
    claims = [id for id in rows if id.startswith("c-")]
    incidents = [id for id in rows if id.startswith("i-")]
    _Claims(ledger, desk, table, made).plan(claims, rows)
    _Incidents(ledger, desk, table, made).plan(incidents, rows)
    made.changes.sort(key=lambda change: change.row)
    return made


def _known_rows(table: Table, made: Plan) -> Iterator[tuple[str, tuple[int, Mapping[str, str]]]]:
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        id = cells["_id"].strip()
        if not any(cells.values()):
            continue
        if not id.startswith(("c-", "i-")):
            made.problems.append(Problem(number, "_id", f"{id!r} is no claim and no incident"))
        elif id in seen:
            made.problems.append(Problem(number, "_id", f"{id} stands in row {seen[id]} already"))
        elif not cells["_rev"].strip().removesuffix(".0").isdecimal():
            made.problems.append(Problem(number, "_rev", f"{cells['_rev']!r} is no revision"))
        else:
            seen[id] = number
            yield id, (number, cells)


def apply(ledger: Ledger, made: Plan) -> Iterator[tuple[Change, str | None]]:
    """Records the changes; with each the reason why it was refused, ``None`` where it was taken.

    Each judgement says at which revision its subject was seen, so that somebody who decides meanwhile is not overruled.
    """
    revisions = dict(made.revisions)
    for change in made.changes:
        refused = None
        for judgement in change.judgements:
            try:
                revisions[change.subject] = ledger.judge(judgement, revision=revisions[change.subject]).seq
            except (JudgementError, RevisionError) as error:
                refused = str(error)
                break
        yield change, refused


class _Rows:
    """What claims and incidents have in common: baselines, stale rows, columns that cannot be edited."""

    columns: tuple[str, ...]
    editable: frozenset[str]

    def __init__(self, ledger: Ledger, desk: Desk, table: Table, made: Plan) -> None:
        self.ledger, self.desk, self.table, self.made = ledger, desk, table, made

    def views(self, ids: Sequence[str], rows: Mapping[str, tuple[int, Mapping[str, str]]]) -> dict[str, list[str]]:
        """Ids by the view in which they were handed out."""
        found: dict[str, list[str]] = {}
        for id in ids:
            number, cells = rows[id]
            view = cells.get("_view", "").strip() or "public"
            try:
                wants_of(view)
            except (ValueError, TypeError):
                self.made.problems.append(Problem(number, "_view", f"{view!r} is no view"))
                continue
            found.setdefault(view, []).append(id)
        return found

    def differing(self, number: int, cells: Mapping[str, str], before: Mapping[str, Cell]) -> dict[str, str]:
        """Cells that say something else than the ledger does."""
        changed: dict[str, str] = {}
        for name in self.columns:
            if name.startswith("_") or name not in cells or name == "note":
                continue
            if unchanged(name, cells[name], before[name]):
                continue
            if name in self.editable:
                changed[name] = cells[name].strip()
            else:
                self.made.ignored.append(Problem(number, name, "cannot be edited here and is left as it was"))
        return changed

    def fresh(self, number: int, id: str, seen: str, now: int | None) -> bool:
        """Whether the row is about what stands there now."""
        if now is None:
            self.made.problems.append(Problem(number, "_id", f"{id} does not stand in this ledger"))
        elif int(float(seen)) != now:
            self.made.stale.append(
                Problem(number, None, f"{id} has changed since it was handed out (revision {seen}, now {now})")
            )
        else:
            self.made.revisions[id] = now
            return True
        return False

    def undoing(self, standing: Sequence[Judgement], new: Judgement) -> tuple[Judgement, ...]:
        """``new``, after the editor's own earlier decisions in its way were undone. Raises ``JudgementError``."""
        steps: list[Judgement] = []
        rest = list(standing)
        while True:
            try:
                check(new, rest)
                return (*steps, new)
            except JudgementError as error:
                earlier = next((j for j in rest if j.id == error.earlier), None)
                if earlier is None or earlier.by != self.desk.by or earlier.kind == "add":
                    raise
                steps.append(Judgement("undo", earlier.id, self.desk.by, self.desk.now()))
                rest.remove(earlier)

    def withdrawn(
        self, number: int, column: str, standing: Sequence[Judgement], kinds: Sequence[str]
    ) -> Judgement | None:
        """The undoing of the editor's own decision of one of these kinds; a problem where it is somebody else's."""
        mine = next((j for j in reversed(standing) if j.kind in kinds and j.by == self.desk.by), None)
        if mine is None:
            self.made.problems.append(Problem(number, column, "somebody else decided that: only they can take it back"))
            return None
        return Judgement("undo", mine.id, self.desk.by, self.desk.now())


class _Claims(_Rows):
    columns = CLAIM_COLUMNS
    editable = CLAIM_EDITS

    def plan(self, ids: Sequence[str], rows: Mapping[str, tuple[int, Mapping[str, str]]]) -> None:
        full = Wants(names=True, inferred=True)
        for view, some in self.views(ids, rows).items():
            where = ExportFilter(ids=tuple(some))
            shown = {row.id: row for row in LedgerMaterial(self.ledger, where, wants_of(view)).claims(rejected=True)}
            known = {row.id: row for row in LedgerMaterial(self.ledger, where, full).claims(rejected=True)}
            for id in some:
                number, cells = rows[id]
                now = shown[id].rev if id in shown else None
                if self.fresh(number, id, cells["_rev"], now):
                    before = dict(zip(CLAIM_COLUMNS, claim_cells(shown[id]), strict=True))
                    self._row(number, id, cells, before, known[id].json)

    def _row(
        self, number: int, id: str, cells: Mapping[str, str], before: Mapping[str, Cell], claim: Mapping[str, Any]
    ) -> None:
        changed = self.differing(number, cells, before)
        note = cells.get("note", "").strip() or None
        if not changed:
            if note is not None:
                self.made.ignored.append(Problem(number, "note", "a note needs a decision that it belongs to"))
            return
        standing = [s.judgement for s in self.ledger.judgements(id, standing=True)]
        stored = next(self.ledger.claims(ClaimFilter(ids=(id,))))
        state = changed.pop("review", None)
        if state is not None:
            self._state(number, id, (str(before["review"] or ""), state.lower()), standing, note)
        try:
            values = changed_fields(claim, changed, before)
        except InputError as error:
            self.made.problems.append(Problem(number, error.key, error.reason))
            return
        for name, (value, columns) in values.items():
            self._correction(number, stored, name, value, columns, (standing, before, changed, note))

    def _state(
        self, number: int, id: str, states: tuple[str, str], standing: list[Judgement], note: str | None
    ) -> None:
        before, after = states
        if after in _STATES:
            new = Judgement(_STATES[after], id, self.desk.by, self.desk.now(), note=note)
            self._take(number, id, ("review", before, after), standing, new)
        elif after == "" and before in _KIND_OF_STATE:
            undo = self.withdrawn(number, "review", standing, _KIND_OF_STATE[before])
            if undo is not None:
                self.made.changes.append(Change(number, id, "review", before, "", (undo,)))
        else:
            self.made.problems.append(Problem(number, "review", f"{after!r} is none of {', '.join(_STATES)}"))

    def _correction(
        self,
        number: int,
        stored: StoredClaim,
        name: str,
        value: Any,
        columns: Sequence[str],
        about: tuple[list[Judgement], Mapping[str, Cell], Mapping[str, str], str | None],
    ) -> None:
        standing, before, changed, note = about
        machine = stored.json.get(name)
        whole = completed(name, value, machine)
        new = Judgement(
            "correct", stored.id, self.desk.by, self.desk.now(), field=name, value=whole, machine=machine, note=note
        )
        try:
            check_value(new, stored.json, self.ledger.document(stored.document).text)
        except JudgementError as error:
            self.made.problems.append(Problem(number, columns[0], str(error)))
            return
        was = ", ".join(f"{column} {plain(before[column]) or '(empty)'}" for column in columns)
        now = ", ".join(f"{column} {changed[column] or '(empty)'}" for column in columns)
        self._take(number, stored.id, (name, was, now), standing, new)

    def _take(
        self, number: int, id: str, words: tuple[str, str, str], standing: list[Judgement], new: Judgement
    ) -> None:
        try:
            steps = self.undoing(standing, new)
        except JudgementError as error:
            self.made.problems.append(Problem(number, words[0], str(error)))
            return
        self.made.changes.append(Change(number, id, *words, steps))
        undone = {step.subject for step in steps if step.kind == "undo"}
        standing[:] = [j for j in standing if j.id not in undone] + [new]


class _Incidents(_Rows):
    columns = INCIDENT_COLUMNS
    editable = INCIDENT_EDITS

    def plan(self, ids: Sequence[str], rows: Mapping[str, tuple[int, Mapping[str, str]]]) -> None:
        wanted = frozenset(ids)
        for view, some in self.views(ids, rows).items():
            material = LedgerMaterial(self.ledger, ExportFilter(), wants_of(view))
            shown = {row.id: row for row in material.incidents() if row.id in wanted}
            for id in some:
                number, cells = rows[id]
                if self.fresh(number, id, cells["_rev"], shown[id].rev if id in shown else None):
                    before = dict(zip(INCIDENT_COLUMNS, incident_cells(shown[id]), strict=True))
                    self._row(number, id, cells, before)

    def _row(self, number: int, id: str, cells: Mapping[str, str], before: Mapping[str, Cell]) -> None:
        changed = self.differing(number, cells, before)
        note = cells.get("note", "").strip() or None
        standing = [s.judgement for s in self.ledger.judgements(id, standing=True)]
        status = changed.get("status", "").lower()
        if "status" in changed:
            if status == "confirmed":
                new = Judgement("confirm", id, self.desk.by, self.desk.now(), note=note)
                self.made.changes.append(Change(number, id, "status", "candidate", "confirmed", (new,)))
            elif status == "candidate":
                undo = self.withdrawn(number, "status", standing, ("confirm",))
                if undo is not None:
                    self.made.changes.append(Change(number, id, "status", "confirmed", "candidate", (undo,)))
            else:
                self.made.problems.append(Problem(number, "status", f"{status!r} is neither candidate nor confirmed"))
        if "grade" in changed or "grade_note" in changed:
            self._grade(number, id, cells, before, standing)
        if note is not None and not changed:
            self.made.ignored.append(Problem(number, "note", "a note needs a decision that it belongs to"))

    def _grade(
        self, number: int, id: str, cells: Mapping[str, str], before: Mapping[str, Cell], standing: list[Judgement]
    ) -> None:
        word, was = cells.get("grade", "").strip().lower(), str(before["grade"] or "")
        words = ("grade", was, word)
        if word == "":
            undo = self.withdrawn(number, "grade", standing, ("grade",))
            if undo is not None:
                self.made.changes.append(Change(number, id, *words, (undo,)))
            return
        note = cells.get("grade_note", "").strip() or cells.get("note", "").strip() or None
        new = Judgement("grade", id, self.desk.by, self.desk.now(), value=word, note=note)
        mine = [j for j in standing if j.kind == "grade" and j.by == self.desk.by]
        undos = tuple(Judgement("undo", j.id, self.desk.by, self.desk.now()) for j in mine)
        try:
            check(new, [j for j in standing if j not in mine])
        except JudgementError as error:
            self.made.problems.append(Problem(number, "grade", str(error)))
            return
        self.made.changes.append(Change(number, id, *words, (*undos, new)))
