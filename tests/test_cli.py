"""The command line that others rely on: names, flags, exit statuses, what goes where.

The reader itself has its own tests: here its place is taken by one that finds a claim wherever a text says "Nine", so
that these tests say what the *commands* do. The last test runs the real one.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.show import build
from tollbook import __version__, pipeline
from tollbook.cli import run
from tollbook.cli.reading import LAYERS
from tollbook.errors import InputError
from tollbook.find.reader import Reading
from tollbook.inputs import Page
from tollbook.records import Claim, Document, Reason

Run = Callable[..., tuple[int, str, str]]


def read_one(page: Page) -> tuple[Document, tuple[Claim, ...]]:
    """The stand-in for the reader."""
    if "poison" in page.content:
        raise InputError(page.key, "cannot be read")
    if "crash" in page.content:
        raise RuntimeError("a fault")
    doc = build.document(page.content, key=page.key, outlet=page.outlet, published=page.published)
    quote = next((line for line in page.content.split("\n") if "Nine" in line), None)
    return doc, (build.claim(doc, quote, "Nine", (9, 9)),) if quote else ()


def documents(
    pages: Iterable[Page], *, as_is: bool, on_error: Callable[[InputError], None]
) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
    """As ``pipeline.read_documents``."""
    for page in pages:
        try:
            yield read_one(page)
        except InputError as error:
            on_error(error)


def tallies(*args: Any, **kwargs: Any) -> Iterator[list[dict[str, Any]]]:
    """As ``pipeline.tally_documents``."""
    for doc, claims in documents(*args, **kwargs):
        yield [
            {"key": doc.source.key, "killed": {"low": 9, "high": 9}, "injured": None, "claims": [c.id for c in claims]}
        ]


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "read_documents", documents)

    def explained(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for doc, claims in documents(*args, **kwargs):
            yield doc, claims, {c.id: (Reason("count", "a number", "Nine", 0, 4),) for c in claims}

    def stated(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for doc, claims, reasons in explained(*args, **kwargs):
            spoken = (build.statement(doc),) if "condemned" in doc.text else ()
            yield doc, Reading(claims, tuple(range(len(claims))), reasons), spoken

    def only_claims(*args: Any, **kwargs: Any) -> Iterator[Reading]:
        for _, claims, reasons in explained(*args, **kwargs):
            yield Reading(claims, tuple(range(len(claims))), reasons)

    monkeypatch.setattr(pipeline, "read_only_claims", only_claims)
    monkeypatch.setattr(pipeline, "read_explained", explained)
    monkeypatch.setattr(pipeline, "read_stated", stated)
    monkeypatch.setattr(pipeline, "clean_documents", lambda *a, **k: (doc for doc, _ in documents(*a, **k)))
    monkeypatch.setattr(
        pipeline,
        "spans",
        lambda doc, layer: iter([{"key": doc.source.key, "text": doc.text[:4], "start": 0, "end": 4, "layer": layer}]),
    )
    monkeypatch.setattr(pipeline, "tally_documents", tallies)


@pytest.fixture
def tollbook(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command: its exit status, standard output and standard error."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        status = run([str(argument) for argument in arguments])
        out = capsys.readouterr()
        return status, out.out, out.err

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A report with one claim."""
    path = tmp_path / "article.txt"
    path.write_text("Market\n\nNine traders were killed.", "utf-8")
    return path


def lines(text: str) -> list[dict[str, Any]]:
    """JSON lines."""
    return [json.loads(line) for line in text.split("\n") if line]


def start(*arguments: str | Path, **more: Any) -> subprocess.Popen[bytes]:
    """The real program, in a process of its own, in a locale without UTF-8."""
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.Popen([sys.executable, "-m", "tollbook", *map(str, arguments)], env=env, **pipe)


def test_read_prints_a_table(tollbook: Run, article: Path) -> None:
    """For people: each claim with its quote; no escape sequence where there is no terminal."""
    status, out, err = tollbook("read", article, "--outlet", "Northern Post", "--published", "2024-03-06")
    assert (status, err) == (0, "")
    assert "“Nine traders were killed.”" in out
    assert "Northern Post · 2024-03-06" in out
    assert "\x1b" not in out


def test_read_prints_json_lines(tollbook: Run, article: Path) -> None:
    """For programs: one claim a line, the path as its key."""
    status, out, err = tollbook("read", article, "--jsonl")
    assert (status, err) == (0, "")
    (row,) = lines(out)
    assert row["schema"] == "tollbook.claim/1"
    assert row["document"]["key"] == str(article)
    assert row["document"]["published"] is None


def test_explain(tollbook: Run, article: Path) -> None:
    """The rule stands in the table, and in JSON as reasons beside the claim."""
    assert "a number" in tollbook("read", article, "--explain")[1]
    (row,) = lines(tollbook("read", article, "--explain", "--jsonl")[1])
    assert row["reasons"] == [{"field": "count", "rule": "a number", "text": "Nine", "start": 0, "end": 4}]


def test_keys_are_those_of_json_lines(tollbook: Run, tmp_path: Path) -> None:
    """The id that a line brings is its key, and its own outlet wins over the option."""
    path = tmp_path / "two.jsonl"
    rows = [{"id": "a", "text": "Nine died.", "outlet": "Own"}, {"id": "b", "text": "Nine fell."}]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    out = lines(tollbook("read", path, "--outlet", "Given", "--jsonl")[1])
    assert [(row["document"]["key"], row["document"]["outlet"]) for row in out] == [("a", "Own"), ("b", "Given")]


def test_html_page(tollbook: Run, article: Path, tmp_path: Path) -> None:
    """One page for all documents; what was there before is replaced as a whole."""
    other = tmp_path / "other.txt"
    other.write_text("Nothing here.", "utf-8")
    target = tmp_path / "out.html"
    status, out, err = tollbook("read", article, other, "--html", target)
    assert (status, out) == (0, "")
    assert "2 documents, 1 claim" in err
    assert target.read_text("utf-8").count("<article ") == 2
    assert not list(tmp_path.glob("*.part"))


def test_html_page_that_cannot_be_written(tollbook: Run, article: Path, tmp_path: Path) -> None:
    """A failure, with its name and what to do."""
    status, _, err = tollbook("read", article, "--html", tmp_path / "none" / "out.html")
    assert status == 1
    assert "out.html" in err and "folder" in err


def test_clean(tollbook: Run, article: Path) -> None:
    """The text as it is, or the record."""
    assert tollbook("clean", article)[1] == "Market\n\nNine traders were killed.\n"
    (row,) = lines(tollbook("clean", article, "--jsonl")[1])
    assert (row["key"], row["text"]) == (str(article), "Market\n\nNine traders were killed.")
    assert row["furniture"] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_spans(tollbook: Run, article: Path, layer: str) -> None:
    """Each layer that is promised can be asked for."""
    status, out, _ = tollbook("spans", article, "--layer", layer, "--as-is", "--jsonl")
    assert status == 0
    assert lines(out)[0]["layer"] == layer
    assert "0–4" in tollbook("spans", article, "--layer", layer)[1]


def test_tally(tollbook: Run, article: Path) -> None:
    """One line an incident, and what is not counted is null."""
    (row,) = lines(tollbook("tally", article, "--jsonl")[1])
    assert (row["killed"], row["injured"]) == ({"low": 9, "high": 9}, None)
    assert "killed 9, injured not stated" in tollbook("tally", article)[1]


@pytest.mark.parametrize("command", [["read"], ["clean"], ["tally"], ["spans", "--layer", "dates"]])
def test_some_documents_fail(tollbook: Run, article: Path, tmp_path: Path, command: list[str]) -> None:
    """Each failure is named with its reason, the rest is done, and the exit status is 3."""
    bad = tmp_path / "bad.txt"
    bad.write_text("poison", "utf-8")
    status, out, err = tollbook(*command, bad, tmp_path / "missing.txt", article, "--jsonl")
    assert status == 3
    assert len(lines(out)) == 1
    assert f"{bad}: cannot be read" in err
    assert "missing.txt: no such file" in err
    assert "2 of 3 documents could not be read" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read"], "PATH"),
        (["read", "x", "--published", "March 5"], "2024-03-05"),
        (["read", "x", "--published", "2024-02-31"], "2024-03-05"),
        (["spans", "x"], "--layer"),
        (["spans", "x", "--layer", "moods"], "attributions"),
        (["raed", "x"], "raed"),
        (["read", "x", "--jsonll"], "--jsonl"),
        (["--config", "none.toml", "read", "x"], "none.toml"),
        (["schema", "clam"], "tollbook.claim/1"),
        (["read", "x", "--html", "y", "--jsonl"], "--html"),
    ],
)
def test_wrong_use(tollbook: Run, arguments: list[str], message: str) -> None:
    """Exit status 2, and the message says what would be right."""
    status, out, err = tollbook(*arguments)
    assert (status, out) == (2, "")
    assert message in err


def test_a_fault_of_ours_is_no_traceback(tollbook: Run, tmp_path: Path) -> None:
    """Exit status 1 and how to report it."""
    path = tmp_path / "crash.txt"
    path.write_text("crash", "utf-8")
    status, _, err = tollbook("read", path)
    assert status == 1
    assert "internal error" in err and "TOLLBOOK_DEBUG" in err and "Traceback" not in err


def test_hostile_names_are_not_obeyed(tollbook: Run, tmp_path: Path) -> None:
    """The name of a file reaches the terminal without its escapes, in messages and in JSON."""
    path = tmp_path / "a\x1b[31m\u202eb\x9b.txt"
    assert "\x1b" not in tollbook("read", path)[2]
    path.write_text("Nine \u202e43\x9b31m \u2028died.", "utf-8")
    out = tollbook("read", path, "--jsonl")[1]
    assert not {"\x1b", "\u202e", "\x9b", "\u2028"} & set(out)
    assert lines(out)[0]["quote"]["text"] == "Nine \u202e43\x9b31m \u2028died."
    assert not {"\x1b", "\u202e", "\x9b"} & set(tollbook("read", path)[1])


def test_colours_on_demand(tollbook: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--color always colours even a file; NO_COLOR is for terminals."""
    assert "\x1b[1;31mNine" in tollbook("--color", "always", "read", article)[1]
    assert "\x1b" not in tollbook("--color", "never", "read", article)[1]


def test_settings_apply(tollbook: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tollbook.toml and TOLLBOOK_* reach the commands, and `config show` names the origin of each value."""
    (tmp_path / "tollbook.toml").write_text('outlet = "From file"\n', "utf-8")
    monkeypatch.setenv("TOLLBOOK_COLOR", "never")
    assert lines(tollbook("read", article, "--jsonl")[1])[0]["document"]["outlet"] == "From file"
    rows = {row["name"]: (row["value"], row["origin"]) for row in lines(tollbook("config", "show", "--jsonl")[1])}
    assert rows["outlet"] == ("From file", "tollbook.toml")
    assert rows["color"] == ("never", "TOLLBOOK_COLOR")
    assert rows["progress"] == (True, "default")
    assert "From file" in tollbook("config", "show")[1]


def test_schema(tollbook: Run) -> None:
    """The names, and one schema as JSON."""
    assert "tollbook.claim/1" in tollbook("schema")[1]
    assert json.loads(tollbook("schema", "document")[1])["title"] == "tollbook.document/1"


def test_version_and_help(tollbook: Run) -> None:
    """Help begins with examples, of the program and of each command."""
    assert tollbook("--version")[:2] == (0, f"tollbook {__version__}\n")
    for arguments in ((), ("read",), ("clean",), ("spans",), ("tally",), ("schema",), ("config",), ("config", "show")):
        status, out, _ = tollbook(*arguments, "--help")
        assert status == 0
        assert out.startswith("Examples:\n  ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(tollbook: Run, shell: str) -> None:
    """Each shell gets lines that ask the program itself."""
    status, out, _ = tollbook("completion", shell)
    assert status == 0
    assert "_TOLLBOOK_COMPLETE" in out


def test_help_is_quick() -> None:
    """--help loads neither the parser nor the gazetteer: under 0.3 seconds of processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = start("--help")
    process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3


def test_output_is_utf8_in_any_locale(tmp_path: Path) -> None:
    """A locale that knows only ASCII changes nothing of the output."""
    path = tmp_path / "a.txt"
    path.write_text("حلب – Ḥalab", "utf-8")
    out, _ = start("clean", path, "--as-is", "--jsonl").communicate()
    assert "حلب – Ḥalab" in out.decode("utf-8")


def test_standard_input(tmp_path: Path) -> None:
    """ "-" reads what is piped in."""
    process = start("clean", "-", "--as-is", stdin=subprocess.PIPE)
    out, _ = process.communicate("Nobody came – nobody.".encode())
    assert (process.returncode, out.decode("utf-8")) == (0, "Nobody came – nobody.\n")


@pytest.mark.parametrize("form", ["--jsonl", "--as-is"])
def test_a_closed_pipe_is_quiet(tmp_path: Path, form: str) -> None:
    """Whoever has read enough gets no complaint."""
    path = tmp_path / "many.jsonl"
    row = json.dumps({"text": "word " * 2000})
    path.write_text("\n".join([row] * 200), "utf-8")
    process = start("clean", path, form)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


def test_documents_come_one_by_one_and_can_be_interrupted() -> None:
    """The first document is printed before the second is there to be read; then Ctrl-C ends with 130 and one line."""
    process = start("clean", "-", "--as-is", "--jsonl", stdin=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    row = json.dumps({"id": "one", "text": "Nobody came."}).encode() + b"\n"
    process.stdin.write(row)
    process.stdin.flush()
    try:
        assert json.loads(process.stdout.readline())["key"] == "one"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    finally:
        process.kill()
    assert process.stderr.read().decode().strip() == "tollbook: interrupted"


def test_statements_stand_below_the_claims(tollbook: Run, tmp_path: Path) -> None:
    """In the table always; as JSON lines where they are asked for, after the claims of their document."""
    (tmp_path / "a.txt").write_text("Nine died in the raid.\nThe ministry condemned the raid.\n")
    status, out, _ = tollbook("read", "a.txt")
    assert status == 0
    assert out.index("Nine died") < out.index("Statements without a number") < out.index("condemnation")
    rows = [json.loads(line) for line in tollbook("read", "a.txt", "--jsonl", "--statements")[1].splitlines()]
    assert [row["schema"] for row in rows] == ["tollbook.claim/1", "tollbook.statement/1"]
    assert rows[1]["quote"]["text"] == "The ministry condemned the raid."
    assert len(tollbook("read", "a.txt", "--jsonl")[1].splitlines()) == 1


def test_the_examples_are_read() -> None:
    """The real program, on the examples: claims that fit the schema, and whose words stand in the cleaned text."""
    import jsonschema

    from tollbook.schema import json_schema

    claims = lines(start("read", ROOT / "examples", "--jsonl").communicate()[0].decode("utf-8"))
    texts = lines(start("clean", ROOT / "examples", "--jsonl").communicate()[0].decode("utf-8"))
    text_of = {row["key"]: row["text"] for row in texts}
    assert len(claims) >= 8
    check = jsonschema.Draft202012Validator(json_schema("claim"))
    for claim in claims:
        check.validate(claim)
        text = text_of[claim["document"]["key"]]
        for part in (claim[name] for name in ("quote", "count", "victims", "date", "place") if claim[name]):
            assert text[part["start"] : part["end"]] == part["text"]
