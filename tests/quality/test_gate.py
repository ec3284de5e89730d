"""The gate names what fell, refuses floors measured on other data, and sees a floor that was lowered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality import floors, gate, measure, report
from tests.quality.floors import Floors
from tests.quality.measure import Measured, MeasureError, Set
from tests.quality.scorer import Outcome
from tests.quality.sets import GATE, GUARDED, REPORT, SHOWS

OPEN = Set("golden-open", "golden", "open")


def measured(**figures: float) -> Measured:
    return Measured(OPEN, "abc", 3, 1.0, figures)


def test_nothing_fell() -> None:
    """Equal, higher and within rounding: no complaint."""
    pinned = Floors("abc", 3, {"date": 0.8, "place": 0.7})
    assert list(floors.fallen(measured(date=0.8, place=0.9), pinned)) == []
    assert list(floors.fallen(measured(date=0.7996, place=0.7), pinned)) == []


def test_the_figure_that_fell_is_named() -> None:
    """One figure below its floor, one not measured any more."""
    pinned = Floors("abc", 3, {"date": 0.8, "place": 0.7})
    first, second = floors.fallen(measured(date=0.79), pinned)
    assert "golden-open: date fell to 0.7900 (floor 0.8000)" in first
    assert "place is not measured" in second


def test_other_data_fails_whatever_the_figures() -> None:
    """Floors of other documents say nothing, so the gate fails rather than compares."""
    (problem,) = floors.fallen(measured(date=1.0), Floors("def", 3, {"date": 0.8}))
    assert "data" in problem


def test_a_lowered_floor_is_seen() -> None:
    """Lower, missing or a whole set gone: named; raised, or measured on other data: not."""
    before = {"a": Floors("x", 1, {"f": 0.5, "g": 0.5}), "b": Floors("x", 1, {"f": 0.5})}
    found = list(floors.lowered(before, {"a": Floors("x", 1, {"f": 0.4})}))
    assert [problem.split(":")[0] for problem in found] == ["a", "a", "b"]
    assert list(floors.lowered(before, {"a": Floors("y", 1, {}), "b": Floors("x", 1, {"f": 0.6})})) == []


def test_a_proposal_can_be_read_back_and_never_fails_its_own_figures() -> None:
    """What --propose prints is a floors.toml that today's figures pass."""
    one = measured(date=0.81239, **{"found f1": 1.0})
    pinned = floors.parse(floors.proposal([one]))
    assert pinned["golden-open"].figures == {"found f1": 1.0, "date": 0.812}
    assert list(floors.fallen(one, pinned["golden-open"])) == []


def test_the_pinned_floors_are_of_known_sets_and_figures() -> None:
    """Every entry of floors.toml belongs to a set of the gate and to a guarded figure, between 0 and 1."""
    kinds = {one.name: one.kind for one in GATE}
    for name, pinned in floors.load().items():
        assert set(pinned.figures) <= set(GUARDED[kinds[name]])
        assert all(0 <= value <= 1 for value in pinned.figures.values())


def test_sets_are_described() -> None:
    """Each set of the report has its sentence, each kind of the gate its guarded figures."""
    assert all((one.name if one.kind == "golden" else one.kind) in SHOWS for one in REPORT)
    assert all(one.kind in GUARDED for one in GATE)


def run_gate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, result: Measured | Exception) -> int:
    def fake(_: Set) -> Measured:
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gate, "measure", fake)
    pinned = {"golden-open": Floors("abc", 3, {"date": 0.8})}
    monkeypatch.setattr(floors, "load", lambda: pinned)
    monkeypatch.setattr(floors, "committed", lambda _: {})
    return gate.main(["golden-open"])


def test_exit_statuses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0: nothing fell; 1: something fell, and is named; 2: it could not be measured."""
    assert run_gate(monkeypatch, tmp_path, measured(date=0.9)) == 0
    assert (tmp_path / "build" / "quality.json").exists()
    assert run_gate(monkeypatch, tmp_path, measured(date=0.7)) == 1
    assert "FELL  golden-open: date" in capsys.readouterr().err
    assert run_gate(monkeypatch, tmp_path, MeasureError("no such command")) == 2
    assert "BROKE golden-open: no such command" in capsys.readouterr().err


def test_the_hash_is_of_the_documents_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit hashes the first documents only; one changed byte in them is other data."""
    monkeypatch.setattr(measure, "EVAL", tmp_path)
    (tmp_path / "data").mkdir()
    data = tmp_path / "data" / "x.jsonl"
    data.write_text('{"id": 1}\n{"id": 2}\n', encoding="utf-8")
    one = Set("x", "dates", "x.jsonl", 1)
    before = measure.fingerprint(one)
    data.write_text('{"id": 1}\n{"id": 3}\n', encoding="utf-8")
    assert measure.fingerprint(one) == before
    data.write_text('{"id": 0}\n{"id": 3}\n', encoding="utf-8")
    assert measure.fingerprint(one) != before


def test_reliability_bands() -> None:
    """Scores fall into bands, 1.0 into the last; shares are of the claims read in the band."""
    rows = report.reliability([Outcome(0.3, False, False), Outcome(0.97, True, False), Outcome(1.0, True, True)])
    assert rows == [["0.00-0.50", "1", "0.30", "0.00", "0.00"], ["0.95-1.00", "2", "0.98", "1.00", "0.50"]]


def test_the_page_has_its_markers() -> None:
    """docs/quality.md can be written: both markers stand in it once."""
    page = report.PAGE.read_text(encoding="utf-8")
    assert page.count(report.BEGIN) == page.count(report.END) == 1
