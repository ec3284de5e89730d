"""Property 8: whatever comes in, nothing but an error that names the document; the other documents go on."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook import layering, pipeline
from tollbook.cli import run
from tollbook.errors import InputError, MissingExtra, naming
from tollbook.inputs import Given, Page, read_pages
from tollbook.records import Claim, Document

GOOD = "Two dockers were killed in a rocket attack on the harbour of Latakia on Tuesday, the port authority said."
# Words that open every gate of the reader, so that random text is not just waved through.
WORDS = (
    "killed", "wounded", "at least", "12", "dozens of", "civilians", "including", "children", "said", "“", "”", "(",
    "on", "Monday", "March 2019", "in", "Idlib", "Syria", "airstrike", "the ministry", "told", "none", "-", "\n\n",
)  # fmt: skip


def page(content: str, key: str = "page", media: str = "text") -> Page:
    return Page(key=key, raw=content.encode("utf-8", "surrogatepass"), content=content, media=media)  # type: ignore[arg-type]


def read(pages: list[Page], as_is: bool = False) -> tuple[list[tuple[Document, tuple[Claim, ...]]], list[InputError]]:
    errors: list[InputError] = []
    return list(pipeline.read_documents(pages, as_is=as_is, on_error=errors.append)), errors


@given(st.text(max_size=200) | st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=40).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    """Text in any script, with lone surrogates and controls, alone or among words of harm: no fault at all."""
    for media in ("text", "html"):
        done, errors = read([page(text, "random", media), page(GOOD, "good")])
        assert [error.reason for error in errors if media == "text" or "HTML" not in error.reason] == []
        assert [claim.count.text for document, claims in done for claim in claims if document.source.key == "good"] == [
            "Two"
        ]


@settings(max_examples=40)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "a"]), st.booleans())
def test_any_bytes_are_read_or_refused_by_name(raw: bytes, name: str, harm: bool) -> None:
    """Bytes under any name become pages or errors that name the file; a good one beside them is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(GOOD.encode() + raw if harm else raw)
        (Path(folder) / "z.txt").write_text(GOOD, "utf-8")
        errors: list[InputError] = []
        pages = read_pages([folder], Given(), errors.append)
        done = list(pipeline.read_documents(pages, as_is=False, on_error=errors.append))
        assert all(error.key.startswith(str(path)) or error.key == "page" for error in errors), errors
        assert not [error for error in errors if "fault" in error.reason]
        assert done[-1][0].source.key == str(Path(folder) / "z.txt") and len(done[-1][1]) == 1


@pytest.mark.parametrize("stage", ["clean_page", "split_passages", "find_attributions", "find_places", "read_claims"])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (KeyError("left"), "a fault of the reader, KeyError: 'left'"),
        (RecursionError(), "nested too deeply to be read"),
        (MemoryError(), "needs more memory than there is"),
        (AssertionError("two\nlines"), "a fault of the reader, AssertionError: two lines"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_failing_stage_fails_one_document(
    monkeypatch: pytest.MonkeyPatch, stage: str, fault: Exception, said: str
) -> None:
    """Whatever a stage raises on one document is told with its name; those before and after it are read."""
    within = pipeline if stage in ("clean_page", "split_passages", "read_claims") else layering
    real = getattr(within, stage)

    def failing(first: object, *rest: object, **options: object) -> object:
        if "poison" in str(first):
            raise fault
        return real(first, *rest, **options)

    monkeypatch.setattr(within, stage, failing)
    done, errors = read([page(GOOD, "one"), page(GOOD + " The poison was found.", "two"), page(GOOD, "three")])
    assert [document.source.key for document, _ in done] == ["one", "three"]
    assert [(error.key, error.reason) for error in errors] == [("two", said)]
    assert errors[0].__cause__ is fault


def test_other_commands_go_on_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 3 from read, clean, spans, tally and add, with the document named and the other one done."""

    def failing(text: object, *rest: object, **options: object) -> object:
        raise ZeroDivisionError

    for command, stage in (
        ("read", "read_claims"), ("clean", "clean_page"), ("spans", "find_places"), ("tally", "tally"),
        ("add", "read_claims"),
    ):  # fmt: skip
        (tmp_path / "a.txt").write_text(f"{GOOD}\n\nThat was {command}.", "utf-8")  # no copy of what was read before
        options = {"spans": ["--layer", "places"], "add": ["--ledger", str(tmp_path / "ledger.db")]}.get(command, [])
        with monkeypatch.context() as patched:
            patched.setattr(pipeline, stage, failing)
            assert run([command, str(tmp_path / "a.txt"), *options]) == 3, command
        assert f"{tmp_path / 'a.txt'}: a fault of the reader, ZeroDivisionError" in capsys.readouterr().err


def test_the_cause_is_shown_to_those_who_mend_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """TOLLBOOK_DEBUG prints where the fault is."""
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    monkeypatch.setattr(pipeline, "read_claims", lambda *_: {}["nothing"])
    monkeypatch.setitem(os.environ, "TOLLBOOK_DEBUG", "1")
    assert run(["read", str(tmp_path / "a.txt")]) == 3
    assert "test_faults.py" in capsys.readouterr().err


def test_what_is_no_document_s_fault_ends_the_run() -> None:
    """A missing extra is not turned into an error of each document."""
    with pytest.raises(MissingExtra), naming("a"):
        raise MissingExtra("this", "that")
