"""The round trip with people: a table out, edited in a spreadsheet, back in as judgements."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests.exports.made import CLASH, STRIKE, fill
from tests.exports.test_tables import rows_of
from tollbook.cli.editing import edits
from tollbook.cli.exporting import export as export_command
from tollbook.edits import Desk, Plan, apply, plan
from tollbook.edits.tables import read_table
from tollbook.errors import InputError
from tollbook.exports import Wants
from tollbook.judgements import Judgement
from tollbook.ledger import ClaimFilter, Ledger
from tollbook.sharing import LedgerMaterial, export_ledger

Rows = list[dict[str, str]]
BY = "Ben Adeyemi"


class Clock:
    """A minute passes with each look."""

    def __init__(self) -> None:
        self.minute = 0

    def __call__(self) -> str:
        self.minute += 1
        return f"2031-07-01T10:{self.minute:02d}:00+00:00"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The corpus of the exports."""
    with fill(tmp_path / "ledger.db") as opened:
        yield opened


def table(ledger: Ledger, tmp_path: Path, kind: str = "claims", **wants: object) -> tuple[Path, Rows]:
    """An exported table and its rows."""
    out = tmp_path / f"{kind}.csv"
    export_ledger(ledger, "csv", out, wants=Wants(rows=kind, **wants))  # type: ignore[arg-type]
    return out, rows_of(out)


def save(path: Path, rows: Rows, change_heading: Callable[[str], str] = str) -> Path:
    """Writes the rows as a spreadsheet program would."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(map(change_heading, rows[0]))
        writer.writerows(row.values() for row in rows)
    return path


def planned(ledger: Ledger, path: Path, by: str = BY) -> Plan:
    """What importing would do."""
    return plan(ledger, read_table(path), Desk(by, Clock()))


def row_with(rows: Rows, **values: str) -> dict[str, str]:
    """The one row with these values."""
    (found,) = [row for row in rows if all(row[name] == value for name, value in values.items())]
    return found


@pytest.mark.parametrize("wants", [{}, {"names": True, "inferred": True}, {"decimals": 1}, {"convention": "acled"}])
def test_what_was_not_edited_changes_nothing(ledger: Ledger, tmp_path: Path, wants: dict[str, object]) -> None:
    """However it was handed out: masked, coarsened, counted otherwise. Only edits are edits."""
    for kind in ("claims", "incidents"):
        path, rows = table(ledger, tmp_path, kind, **wants)
        made = planned(ledger, save(path, rows))
        assert (made.changes, made.problems, made.stale, made.ignored) == ([], [], [], [])


def test_edits_become_judgements(ledger: Ledger, tmp_path: Path) -> None:
    """Each changed cell is a decision in the editor's name; the words of the text stay, and the machine's value
    beside."""
    path, rows = table(ledger, tmp_path)
    ten = row_with(rows, count_text="Ten")
    ten |= {"count_low": "9", "count_high": "11.0", "country": "sy", "note": "heard the recording"}
    three = row_with(rows, count_text="3")
    three |= {"review": "Accepted"}
    nine = row_with(rows, count_text="At least 9")
    nine |= {"date_from": "2031-05-02", "blamed": "Velmar Alliance; Southern Front", "event_type": "shelling"}
    made = planned(ledger, save(path, rows))
    assert made.problems == [] and len(made.changes) == 6
    assert [why for _, why in apply(ledger, made)] == [None] * 6
    judged = {row.id: row for row in LedgerMaterial(ledger).claims(rejected=True)}
    assert judged[ten["_id"]].json["count"]["low"] == 9 and judged[ten["_id"]].json["count"]["qualifier"] == "range"
    assert judged[ten["_id"]].json["count"]["text"] == "Ten" and judged[ten["_id"]].as_read["count"]["low"] == 10
    assert judged[ten["_id"]].json["place"]["country"] == "SY"
    assert judged[three["_id"]].review == "accepted"
    edited = judged[nine["_id"]].json
    assert (edited["date"]["from"], edited["date"]["precision"]) == ("2031-05-02", "days")
    assert [party["name"] for party in edited["blamed"]] == ["Velmar Alliance", "Southern Front"]
    assert edited["blamed"][0]["text"] == "Velmar Alliance" and edited["event"]["type"] == "shelling"
    (noted,) = [s.judgement for s in ledger.judgements(ten["_id"]) if s.judgement.field == "count"]
    assert (noted.by, noted.note, noted.machine["low"]) == (BY, "heard the recording", 10)
    path, rows = table(ledger, tmp_path)  # and what was taken is what is handed out next
    assert row_with(rows, _id=ten["_id"])["count_high"] == "11"
    assert planned(ledger, path).changes == []


def test_headings_in_any_case_and_order(ledger: Ledger, tmp_path: Path) -> None:
    """Semicolons, a byte-order mark, "Count Low" for count_low, columns left out or moved."""
    path, rows = table(ledger, tmp_path)
    kept = [{"count_low": "11", **{n: row_with(rows, count_text="Ten")[n] for n in ("_rev", "_id")}}]
    made = planned(ledger, save(path, kept, lambda name: name.upper().replace("COUNT_", "Count ")))
    assert [(change.what, change.after) for change in made.changes] == []
    assert [str(problem) for problem in made.problems] == ["row 2, column count_low: the low 11 is above the high 10"]
    kept[0]["count_low"] = "8"
    (change,) = planned(ledger, save(path, kept, str.title)).changes
    assert (change.row, change.before, change.after) == (2, "count_low 10", "count_low 8")


def test_days_and_degrees_as_other_countries_write_them(ledger: Ledger, tmp_path: Path) -> None:
    """A spreadsheet that saved 2031-05-03 as 03/05/2031 or 5/3/31, and 35.95 as 35,95, has edited nothing; another day
    written so can be two days and is refused."""
    for day in ("03/05/2031", "5/3/31", "3.5.2031", "2031/05/03", "2031-05-03 00:00:00"):
        path, rows = table(ledger, tmp_path)
        for row in rows:
            row["date_from"] = row["date_from"].replace("2031-05-03", day)
            row["lat"], row["lon"] = row["lat"].replace(".", ","), row["lon"].replace(".", ",")
        made = planned(ledger, save(path, rows))
        assert (made.changes, made.problems, made.ignored) == ([], [], []), day
    row_with(rows, count_text="At least 9")["date_from"] = "4/5/2031"
    assert "write it as YYYY-MM-DD" in str(planned(ledger, save(path, rows)).problems[0])


def test_a_number_taken_away_leaves_none(ledger: Ledger, tmp_path: Path) -> None:
    """Neither end is known: the claim states no number, not "at least" of nothing."""
    path, rows = table(ledger, tmp_path)
    row_with(rows, count_text="Ten").update(count_low="", count_high="")
    (change,) = planned(ledger, save(path, rows)).changes
    value = change.judgements[-1].value
    assert (value["low"], value["high"], value["qualifier"]) == (None, None, "unstated")


def test_a_note_without_a_decision_is_told(ledger: Ledger, tmp_path: Path) -> None:
    """Of claims and of incidents: it would be lost otherwise."""
    for kind in ("claims", "incidents"):
        path, rows = table(ledger, tmp_path, kind)
        rows[0]["note"] = "seen"
        made = planned(ledger, save(path, rows))
        assert [str(told) for told in made.ignored] == [
            "row 2, column note: a note needs a decision that it belongs to"
        ]


def test_stale_rows_are_refused_and_the_others_taken(ledger: Ledger, tmp_path: Path) -> None:
    """Somebody decided meanwhile: that row is named with both revisions, nothing of it is written."""
    path, rows = table(ledger, tmp_path)
    row_with(rows, count_text="Ten")["count_low"] = "9"
    row_with(rows, count_text="3")["review"] = "unsure"
    save(path, rows)
    ten = row_with(rows, count_text="Ten")["_id"]
    ledger.judge(Judgement("unsure", ten, "Ines Okoye", "2031-06-02T10:00:00+00:00"))
    made = planned(ledger, path)
    assert [change.what for change in made.changes] == ["review"]
    assert "has changed since it was handed out" in str(made.stale[0])
    # and somebody who decides between the look and the import is not overruled either
    three = row_with(rows, count_text="3")["_id"]
    ledger.judge(Judgement("reject", three, "Ines Okoye", "2031-06-02T11:00:00+00:00"))
    assert [why is not None and "changed" in why for _, why in apply(ledger, made)] == [True]


def test_one_may_change_ones_own_mind_not_anothers(ledger: Ledger, tmp_path: Path) -> None:
    """The editor's own earlier decision is undone first, which the log shows; another person's stands and is named."""
    path, rows = table(ledger, tmp_path)
    row_with(rows, harm="injured")["count_low"] = "9"  # Ines corrected this count
    row_with(rows, harm="injured")["count_high"] = "9"
    save(path, rows)
    assert "Ines Okoye corrected its count" in str(planned(ledger, path).problems[0])
    made = planned(ledger, path, "Ines Okoye")
    (change,) = made.changes
    assert [judgement.kind for judgement in change.judgements] == ["undo", "correct"]
    assert [why for _, why in apply(ledger, made)] == [None]
    claim = next(ledger.claims(ClaimFilter(harm="injured")))
    assert claim.review == "corrected" and claim.json["count"]["low"] == 7


def test_incidents_are_confirmed_and_graded(ledger: Ledger, tmp_path: Path) -> None:
    """Status and grade; sums are no cells to edit: they follow from the claims."""
    path, rows = table(ledger, tmp_path, "incidents")
    row_with(rows, _id=CLASH).update(status="confirmed", grade="weak", grade_note="one source", killed_low="12")
    row_with(rows, _id=STRIKE)["grade"] = "contested"
    save(path, rows)
    made = planned(ledger, path, "Ines Okoye")
    assert [str(told) for told in made.ignored] == [
        "row 3, column killed_low: cannot be edited here and is left as it was"
    ]
    assert [why for _, why in apply(ledger, made)] == [None, None, None]
    found = {incident.id: incident for incident in ledger.incidents()}
    assert (found[CLASH].status, found[CLASH].grade, found[STRIKE].grade) == ("confirmed", "weak", "contested")
    path, rows = table(ledger, tmp_path, "incidents")
    row_with(rows, _id=STRIKE)["grade"] = "certain"
    assert "is no grade" in str(planned(ledger, save(path, rows)).problems[0])


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("count_low", "a dozen", "is no number"),
        ("count_low", "-3", "is no number of people"),
        ("date_from", "5/4/2031", "write it as YYYY-MM-DD"),
        ("date_to", "2031-01-01", "is after"),
        ("harm", "slain", "none of killed"),
        ("event_type", "boom", "none of airstrike"),
        ("country", "Syria", "two letters"),
        ("victims_groups", "children; aliens", "'aliens' is none of children"),
        ("lat", "135", "beyond 90"),
        ("blamed_basis", "accused; accused", "2 bases for 1"),
        ("review", "true", "none of accepted"),
        ("_rev", "new", "is no revision"),
        ("_id", "c-none", "does not stand in this ledger"),
        ("_id", "7", "is no claim and no incident"),
        ("_view", "secret", "is no view"),
    ],
)
def test_bad_cells_name_row_and_column_and_nothing_is_taken(
    ledger: Ledger, tmp_path: Path, column: str, value: str, said: str
) -> None:
    """One fault, and not even the sound rows are imported."""
    path, rows = table(ledger, tmp_path)
    row_with(rows, count_text="3")["review"] = "accepted"
    row_with(rows, count_text="At least 9")[column] = value
    save(path, rows)
    before = ledger.head()
    done = run(edits, path, "--ledger", ledger.location.path, "--by", BY, "--yes")
    assert (
        done.return_value == 1 and said in done.stderr and "row 5" in done.stderr and "nothing was taken" in done.stderr
    )
    assert ledger.head() == before


def run(command: object, *arguments: object) -> Result:
    """One command in this process; its return value is the exit status."""
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)  # type: ignore[arg-type]


def test_unreadable_tables_are_told(ledger: Ledger, tmp_path: Path) -> None:
    """Another encoding, no table, two columns of one name, a row too long, a file without ids."""
    path = tmp_path / "bad.csv"
    for data, said in (
        ("_id,_rev\nc-1,é".encode("latin-1"), "row 2, column B: is no UTF-8"),
        (b"", "is empty"),
        (b"_id,_rev,_ID\n", "two columns are headed '_id'"),
        (b"_id,_rev\nc-1,2,3\n", "row 2: has 3 cells under 2 headings"),
        (b"name\nx\n", "there is no column _id"),
        (b"PK\x03\x04nonsense", "damaged, or no Excel workbook"),
    ):
        path.write_bytes(data)
        with pytest.raises(InputError, match=said):
            planned(ledger, path)


def test_excel_comes_back_too(ledger: Ledger, tmp_path: Path) -> None:
    """A workbook saved again by a spreadsheet program; a formula in it is refused with its cell."""
    out = tmp_path / "claims.xlsx"
    export_ledger(ledger, "xlsx", out)
    book = openpyxl.load_workbook(out)
    sheet = book.active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("count_low") + 1).value = 11
    book.save(out)
    (change,) = planned(ledger, out, "Ines Okoye").changes
    assert change.after == "count_low 11"
    sheet.cell(3, headings.index("count_low") + 1).value = "=1+1"
    book.save(out)
    with pytest.raises(InputError, match="row 3, column [A-Z]+: holds a formula"):
        planned(ledger, out)


def test_the_commands(ledger: Ledger, tmp_path: Path) -> None:
    """Out, a look, in: the differences are on standard output, and the exit status says what became of them."""
    place, path = ledger.location.path, tmp_path / "claims.csv"
    done = run(export_command, "csv", "--ledger", place, "-o", path, "--since", "2031-01-01", "--jsonl")
    assert done.return_value == 0 and '"sha256"' in done.stdout and "6 rows" in done.stderr
    rows = rows_of(path)
    row_with(rows, count_text="Ten")["count_low"] = "8"
    save(path, rows)
    looked = run(edits, path, "--ledger", place, "--by", BY, "--dry-run")
    assert looked.return_value == 0 and "count: count_low 10 → count_low 8" in looked.stdout
    assert "say --yes" in str(run(edits, path, "--ledger", place, "--by", BY).exception)
    taken = run(edits, path, "--ledger", place, "--by", BY, "--yes", "--jsonl")
    assert taken.return_value == 0 and "1 change taken, 0 refused" in taken.stderr
    assert run(edits, path, "--ledger", place, "--by", BY, "--yes").return_value == 3  # now it is stale
    assert "did you mean" in str(run(export_command, "gedd", "--ledger", place, "-o", path).exception)


def test_line_ends_and_blanks_are_no_edits(ledger: Ledger, tmp_path: Path) -> None:
    """A spreadsheet that writes other line ends, 12.0 for 12, and empty rows at the end."""
    path, rows = table(ledger, tmp_path)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(
            [f"{cell}.0" if name.startswith("count_l") and cell else f" {cell} " for name, cell in row.items()]
        )
    writer.writerow([""] * len(rows[0]))
    path.write_text(file.getvalue(), "utf-8", newline="")
    made = planned(ledger, path)
    assert (made.changes, made.problems, made.ignored) == ([], [], [])
