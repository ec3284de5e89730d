"""The commands on a ledger: what they print, their exit status, and review by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.ledger.made import document, raw_of, reading
from tests.ledger.test_log import execute, fill
from tollbook.cli import ledger as commands
from tollbook.cli.review import KEYS, Desk, described, go_through, review
from tollbook.errors import UsageError
from tollbook.ledger import ClaimFilter, Ledger

REPORT = "An air strike killed 12 civilians in Raqqa on 3 May 2017, the Ministry of Health said.\n"


def run(command: click.Command, *arguments: object, answers: str | None = None) -> Result:
    """One command in this process; its return value is the exit status."""
    return CliRunner().invoke(command, [str(a) for a in arguments], input=answers, standalone_mode=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A filled ledger."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
    return path


def test_verify_says_clean_or_what_is_not(place: Path) -> None:
    """Exit status 0 and one line; 1 and every damage."""
    clean = run(commands.ledger, "verify", "--ledger", place)
    assert clean.return_value == 0 and clean.stdout.startswith("clean: 9 events")
    with Ledger.open(place) as ledger:
        execute(ledger, "UPDATE events SET at = '2031' WHERE seq = 4")
    damaged = run(commands.ledger, "verify", "--ledger", place)
    assert damaged.return_value == 1 and "event 4: changed" in damaged.stdout and "DAMAGED" in damaged.stdout
    rows = json.loads(run(commands.ledger, "verify", "--ledger", place, "--jsonl").stdout)
    assert rows["damages"][0]["where"] == "event 4"


def test_verify_makes_no_ledger(tmp_path: Path) -> None:
    """A wrong name is told, and leaves no file."""
    done = run(commands.ledger, "verify", "--ledger", tmp_path / "no.db")
    assert "no ledger" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_log_shows_what_happened_not_what_was_said(place: Path) -> None:
    """Names of victims and notes are in payloads, which have to be asked for."""
    plain = run(commands.ledger, "log", "--ledger", place)
    assert "document_added" in plain.stdout and "Amal" not in plain.stdout
    assert "Amal Haddad" in run(commands.ledger, "log", "--ledger", place, "--payloads").stdout
    rows = run(commands.ledger, "log", "--ledger", place, "--jsonl", "--after", 7).stdout.splitlines()
    assert [json.loads(row)["seq"] for row in rows] == [8, 9]
    assert "payload" not in json.loads(rows[0])


def test_seal_backup_restore_rebuild(place: Path, tmp_path: Path) -> None:
    """A seal on the original holds for what was restored from its backup."""
    key, seal, copy, new = (tmp_path / name for name in ("key.pem", "seal.json", "copy.db", "new.db"))
    assert run(commands.ledger, "seal", "--ledger", place, "--new-key", key, "-o", seal).return_value == 0
    public = json.loads(seal.read_text())["public_key"]
    assert run(commands.ledger, "backup", copy, "--ledger", place).return_value == 0
    assert run(commands.ledger, "restore", copy, "--ledger", new).return_value == 0
    assert run(commands.ledger, "rebuild", "--ledger", new).return_value == 0
    checked = run(commands.ledger, "verify", "--ledger", new, "--seal", seal, "--public-key", public)
    assert checked.return_value == 0 and "1 seals" in checked.stdout
    wrong = run(commands.ledger, "verify", "--ledger", new, "--seal", seal, "--public-key", "AAAA")
    assert wrong.return_value == 1 and "another key" in wrong.stdout
    assert "--new-key" in str(run(commands.ledger, "seal", "--ledger", place).exception)
    assert "belong together" in str(
        run(commands.ledger, "seal", "--ledger", place, "--key", key, "--tsa", "x").exception
    )


def test_redaction_asks_first(place: Path) -> None:
    """It cannot be undone; a name can be kept out of the shell's history."""
    order = ["redact", "--ledger", place, "--by", "Noor", "--reason", "she asked for it", "--name"]
    assert isinstance(run(commands.ledger, *order, "Amal Haddad", answers="n\n").exception, click.Abort)
    done = run(commands.ledger, *order, "-", answers="Amal Haddad\n")
    assert done.return_value == 0 and "2 masked" in done.stderr
    assert "Amal" not in run(commands.ledger, "log", "--ledger", place, "--payloads").stdout


def test_judgements_move(place: Path, tmp_path: Path) -> None:
    """Out as JSON lines, in elsewhere; what does not fit is named and the exit status is 3."""
    lines = run(commands.judgements, "export", "--ledger", place).stdout
    assert [json.loads(line)["kind"] for line in lines.splitlines()] == ["accept", "same", "confirm"]
    (tmp_path / "lines.jsonl").write_text(lines)
    other = tmp_path / "other.db"
    with Ledger.open(other, create=True) as ledger:
        doc, claims = reading()
        ledger.add_document(doc, claims)
    done = run(commands.judgements, "apply", tmp_path / "lines.jsonl", "--ledger", other)
    assert done.return_value == 3 and "1 applied, 0 known, 2 refused" in done.stderr
    assert "line 2: " in done.stderr


def test_add_reads_into_a_ledger_and_skips_what_is_known(tmp_path: Path) -> None:
    """Twice is once; raw bytes kept or not; a failure is named and the rest is done."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(REPORT)
    place = tmp_path / "ledger.db"
    first = run(commands.add, tmp_path / "in", "--ledger", place, "--published", "2017-05-04", "--jsonl")
    assert first.exception is None and first.return_value == 0
    assert [json.loads(line)["outcome"] for line in first.stdout.splitlines()] == ["added"]
    with Ledger.open(place) as ledger:
        head = ledger.head()
        (stored,) = ledger.documents()
        assert stored.claims == 1 and ledger.raw(stored.id) == REPORT.encode()
    again = run(commands.add, tmp_path / "in", "--ledger", place, "--published", "2017-05-04")
    assert "1 known" in again.stderr
    (tmp_path / "in" / "b.txt").write_text("Nothing happened in Homs.\n")
    run(commands.add, tmp_path / "in", "--ledger", place, "--published", "2017-05-04", "--hash-only")
    with Ledger.open(place) as ledger:
        assert [bool(row.raw_kept) for row in ledger.documents()] == [True, False]
        assert ledger.head()[0] == head[0] + 1
        assert ledger.verify().clean


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_add_keeps_what_is_said_without_a_number(tmp_path: Path, jobs: str) -> None:
    """A denial beside the claim, in this process and in others."""
    (tmp_path / "a.txt").write_text(REPORT + "\nThe coalition denied that it had carried out the strike.\n")
    place = tmp_path / "ledger.db"
    assert run(commands.add, tmp_path / "a.txt", "--ledger", place, "--jobs", jobs).return_value == 0
    with Ledger.open(place) as ledger:
        (stored,) = ledger.documents()
        assert stored.claims == 1
        assert [s.json["kind"] for s in ledger.statements()] == ["denial"]


# --- review ------------------------------------------------------------------------------------------------------


def desk(keys: str, *answers: str) -> tuple[Desk, list[str]]:
    """A reviewer who presses these keys and types these answers."""
    pressed: Iterator[str] = iter(keys)
    typed, shown, minute = iter(answers), list[str](), iter(range(60))
    now = lambda: f"2031-06-01T10:{next(minute):02d}:00+00:00"  # noqa: E731
    return Desk("Ines", lambda: next(pressed, "q"), lambda _: next(typed), shown.append, now), shown


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Ledger, list[str]]]:
    """A ledger with two claims to look at."""
    doc, claims = reading()
    with Ledger.open(tmp_path / "review.db", create=True) as ledger:
        ledger.add_document(doc, claims, raw_of(doc))
        yield ledger, [claim.id for claim in claims]


def states(ledger: Ledger) -> list[str | None]:
    """Where the claims stand."""
    return [claim.review for claim in ledger.claims()]


def test_review_by_key(opened: tuple[Ledger, list[str]]) -> None:
    """Accept and reject; the words are shown before each decision."""
    ledger, ids = opened
    sitting, shown = desk("a?x")
    assert go_through(ledger, ids, sitting) == 2
    assert states(ledger) == ["accepted", "rejected"]
    assert "An air strike killed 12 people" in shown[0] and KEYS in shown


def test_review_undo_goes_back(opened: tuple[Ledger, list[str]]) -> None:
    """``z`` undoes the last decision and shows that claim again; space leaves one alone; ``q`` leaves."""
    ledger, ids = opened
    sitting, _ = desk("xz qa")
    assert go_through(ledger, ids, sitting) == 2
    assert states(ledger) == [None, None]
    assert [j.judgement.kind for j in ledger.judgements()] == ["reject", "undo"]


def test_review_corrects(opened: tuple[Ledger, list[str]]) -> None:
    """Field by number or word; a wrong value is told and can be tried again."""
    ledger, ids = opened
    sitting, shown = desk("eee", "2", "13", "harm", "bruised", "harm", "killed")
    assert go_through(ledger, ids, sitting) == 2
    assert states(ledger) == ["corrected", "corrected"]
    assert any("refused" in words for words in shown)
    (fix,) = ledger.judgements(ids[0])
    assert (fix.judgement.value["low"], fix.judgement.machine["low"]) == (13, 12)


def test_review_tells_of_what_others_decided(opened: tuple[Ledger, list[str]]) -> None:
    """Somebody judges between looking and deciding: the reviewer is told and decides again."""
    from tests.ledger.made import judgement

    ledger, ids = opened
    sitting, shown = desk("")
    keys = iter("aq")

    def key() -> str:
        pressed = next(keys)
        if pressed == "a":
            ledger.judge(judgement("unsure", ids[0], "Ben"))
        return pressed

    go_through(ledger, ids, Desk(sitting.by, key, sitting.ask, sitting.show, sitting.now))
    assert any("Ben was unsure" in words for words in shown)
    assert states(ledger) == ["unsure", None]


def test_hostile_words_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """Control characters and direction overrides in an article are shown, never sent."""
    doc, claims = reading("12 people died in Tellhaf on 3 May 2031 \x1b[31m\u202e; Amal Haddad spoke of 7 hurt.")
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        ledger.add_document(doc, claims)
        shown = "\n".join(described(next(ledger.claims()), "1 of 2"))
    assert "\x1b" not in shown and "\u202e" not in shown and "Tellhaf" in shown


def test_review_without_a_terminal_says_what_to_do(opened: tuple[Ledger, list[str]], tmp_path: Path) -> None:
    """From a script nobody presses keys."""
    done = run(review, "--ledger", tmp_path / "review.db", "--by", "Ines")
    assert isinstance(done.exception, UsageError)
    assert "2 claims to look at" in str(done.exception) and "tollbook serve" in str(done.exception)


def test_review_command_with_nothing_to_do(tmp_path: Path) -> None:
    """It says so and ends."""
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        ledger.add_document(document("Quiet."), ())
        assert list(ledger.claims(ClaimFilter(review="none"))) == []
    done = run(review, "--ledger", tmp_path / "l.db", "--by", "Ines")
    assert done.return_value == 0 and "0 claims to look at" in done.stdout
