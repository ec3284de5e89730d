"""The documentation cannot rot: what it says of commands, words and numbers is compared with the program."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest

from tests.conftest import ROOT
from tollbook import pipeline, records
from tollbook.cli import tollbook
from tollbook.cli.help import ExamplesFirst
from tollbook.records import Claim, Page, Relation
from tollbook.schema import NAMES
from tollbook.settings import MEANINGS
from tollbook.show.words import (
    blamed_words,
    chain_words,
    count_words,
    date_words,
    event_words,
    place_words,
    victims_words,
)

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.commands:
            yield from commands(command.commands[name], f"{path} {name}")


COMMANDS = dict(commands(tollbook, "tollbook"))


def parse(line: str) -> None:
    """Parses a command line without running it; raises what a person would be told."""
    words = shlex.split(re.split(r"\s[|<>]|\s{2,}", line)[0])
    while "=" in words[0]:
        words.pop(0)
    command: click.Command = tollbook
    context = tollbook.make_context("tollbook", words[1:])
    while isinstance(command, click.Group):
        name, *rest = [*context._protected_args, *context.args]  # what click itself hands to the command below
        command = command.commands[name]
        context = command.make_context(name, rest, parent=context)


def test_the_reference_is_what_help_prints() -> None:
    """docs/cli.md is up to date (`make docs` writes it), and no command is missing from it."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts/write_cli_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (ROOT / "docs/cli.md").read_text("utf-8")
    for path in COMMANDS:
        assert f"## {path}\n" in page, f"{path} is not in docs/cli.md: run make docs"
    assert page == module.reference(), "docs/cli.md is not what --help prints: run make docs"


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_examples_that_parse(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples in the help are command lines that the program accepts; the files they read are there."""
    command = COMMANDS[path]
    monkeypatch.chdir(tmp_path)
    for name in ("judgements.jsonl", "seal.json"):
        (tmp_path / name).touch()
    assert isinstance(command, ExamplesFirst), f"{path} has no examples"
    assert command.examples
    for line in command.examples:
        parse(line.rsplit("; ")[-1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_command_lines_in_the_pages_parse(page: Path) -> None:
    """A command line in a page is one that the program accepts, and a make target is one that there is."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = page.read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines()]
    for line in lines:
        if line.startswith((".venv/bin/tollbook ", "tollbook ")):
            parse(line)
    for target in re.findall(r"`make ([a-z]+)", text):
        assert target in targets, f"{page.name} names make {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_in_the_pages_runs(page: Path) -> None:
    """What a page shows of Python prints what the page says."""
    failed, _ = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project has its file."""
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """The README names one test command, and CI runs exactly that."""
    found = re.search(r"To run the tests: `([^`]+)`", (ROOT / "README.md").read_text("utf-8"))
    assert found is not None
    assert found[1] in (ROOT / ".ci/run").read_text("utf-8").splitlines()


def test_the_claim_of_the_readme_is_read_like_that() -> None:
    """The README's first screen shows what the program makes of the sentence, value by value and word by word."""
    text = (ROOT / "README.md").read_text("utf-8")
    quote = re.search(r"^> “(.*?)”", text, re.MULTILINE | re.DOTALL)
    assert quote is not None
    first, second = claims_of(quote[1].replace("\n> ", " "), dt.date(2024, 3, 6))
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    assert rows[1:] == [
        ["harm", first.harm, "“killed”"],
        ["count", count_words(first.count), f"“{first.count.text}”"],
        ["victims", victims_words(first.victims), f"“{first.victims and first.victims.text}”"],
        ["event", event_words(first.event), f"“{first.event and first.event.text}”"],
        ["date", date_words(first.date), f"“{first.date and first.date.text}”"],
        ["place", place_words(first.place), f"“{first.place and first.place.text}”"],
        ["blamed", blamed_words(first.blamed), f"“{first.blamed[0].text}”"],
        ["who says", chain_words(first.attribution), f"“{first.attribution[0].text}”"],
    ]
    assert second.relation == Relation("part_of", first.id)


def test_the_glossary_has_every_value() -> None:
    """Each value that a claim's field can have is explained or at least listed."""
    page = (ROOT / "docs/glossary.md").read_text("utf-8")
    kinds = ("Harm", "Qualifier", "Status", "StatusBasis", "EventType", "DatePrecision", "Anchor", "PlacePrecision")
    for kind in (*kinds, "Basis", "Kind", "Mode", "Stance", "Scope", "RelationType", "StatementKind"):
        for value in get_args(getattr(records, kind)):
            assert f"`{value}`" in page, f"{kind} {value} is not in the glossary"


def test_schemas_and_settings_are_told() -> None:
    """The names of schemas and settings are in the help that people see."""
    for name in NAMES:
        assert re.fullmatch(r"tollbook\.[a-z-]+/\d+", name)
    assert all(MEANINGS.values())


NUMBER_ROWS = [
    tuple(cell.strip() for cell in line.strip("| ").split("|"))
    for line in (ROOT / "docs/methodology.md").read_text("utf-8").splitlines()
    if re.fullmatch(r"\|[^|]+\|\s*(?:\d+|open)\s*\|\s*(?:\d+|open)\s*\|(?:[^|]+\|)?", line)
]


@pytest.mark.parametrize("row", NUMBER_ROWS, ids=lambda row: row[0])
def test_numbers_are_read_as_the_methodology_says(row: tuple[str, ...]) -> None:
    """Each example of the tables, put into a sentence, is read with the low, the high and the qualifier beside it."""
    low, high = (None if cell == "open" else int(cell) for cell in row[1:3])
    for words in re.sub(r"\s*\([^)]*\)", "", row[0]).split(", "):
        sentence = sentence_with(words)
        found = [(c.count.low, c.count.high, c.count.qualifier) for c in claims_of(sentence)]
        assert [f[:2] for f in found] == [(low, high)], f"{sentence} is read as {found}"
        if len(row) > 3:
            assert f"`{found[0][2]}`" in row[3], f"{sentence} is read as {found}"


def sentence_with(words: str) -> str:
    """A sentence that states a toll in these words."""
    if words == "no casualties":
        return "The airstrike caused no casualties, officials said."
    if words in ("a man", "a child"):
        return f"An airstrike killed {words} on Friday, officials said."
    of = " of" if words in ("tens", "dozens", "scores", "hundreds", "thousands") else ""
    who = "civilians" if words == "a bare plural" else f"{words}{of} civilians"
    return f"An airstrike killed {who} on Friday, officials said."


def claims_of(text: str, published: dt.date | None = None) -> tuple[Claim, ...]:
    """The claims of a text."""
    page = Page(key="row", raw=text.encode(), content=text, media="text", published=published, published_from="option")
    ((_, claims),) = pipeline.read_documents([page], as_is=True, on_error=print)
    return claims


def test_the_tables_of_numbers_were_found() -> None:
    """The test above tests something."""
    assert len(NUMBER_ROWS) >= 15
