"""Pictures for reports: well-formed, harmless whatever an article says, true to the ledger, the same every time."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web import made
from tests.web.made import PAYLOAD
from tollbook.cli import run
from tollbook.cli.plotting import plot
from tollbook.errors import UsageError
from tollbook.ledger import Ledger
from tollbook.web import pictures
from tollbook.web.charts import world
from tollbook.web.charts.svg import cut, wrapped
from tollbook.web.filters import read_filter
from tollbook.web.index import Index

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str], Index]]:
    """A ledger with everything that is hard to show, and its copy."""
    path = tmp_path_factory.mktemp("pictures") / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        ids = made.fill(ledger)
        index = Index(ledger)
        yield path, ids, index
        index.close()


Filled = tuple[Path, dict[str, str], Index]


def _drawn(filled: Filled) -> dict[str, str]:
    path, ids, index = filled
    f, claims = read_filter("incidents", []), read_filter("claims", [("q", "people died")])
    with Ledger.open(path, read_only=True) as ledger:
        return {
            "timeline": pictures.timeline(index, f), "map": pictures.map_(index, f),
            "bars": pictures.timeline(index, claims), "map of claims": pictures.map_(index, claims),
            "asked": pictures.map_(index, read_filter("incidents", [("q", PAYLOAD), ("blamed", PAYLOAD)])),
            **{name: pictures.ranges(ledger, ids[name]) for name in ("incident", "evil incident", "named incident")},
        }  # fmt: skip


def test_pictures_are_well_formed_and_harmless(filled: Filled) -> None:
    """What an article says is text in them: no script, no handler, no reference to anything outside; no name of a
    victim; the same bytes every time."""
    drawn = _drawn(filled)
    for name, picture in drawn.items():
        root = ElementTree.fromstring(picture)
        for element in root.iter():
            assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "rect", "line", "circle", "path", "text"}
            assert not [key for key in element.attrib if key.startswith("on") or "href" in key or key == "style"], name
        assert "Salim" not in picture and "\u202e" not in picture, name
        said = [element.text for element in root.iter(f"{SVG}title")]
        assert said[0], name
    assert PAYLOAD.split()[0] in "".join(ElementTree.fromstring(drawn["asked"]).itertext())
    assert _drawn(filled) == drawn


def test_pictures_show_what_the_ledger_holds(filled: Filled) -> None:
    """Every dated incident is a dot, every place a spot, every figure a line; what cannot be shown is counted."""
    path, ids, index = filled
    drawn = _drawn(filled)
    timeline = ElementTree.fromstring(drawn["timeline"])
    labels = [circle.findtext(f"{SVG}title") for circle in timeline.iter(f"{SVG}circle")]
    assert labels == ["3 May 2031, Tellhaf: killed 12–31"]
    assert "2 incidents without a date cannot be shown here" in drawn["timeline"]
    places = [spot.findtext(f"{SVG}title") for spot in ElementTree.fromstring(drawn["map"]).iter(f"{SVG}circle")]
    assert [place for place in places if place] == ["1", "1"]
    words = list(ElementTree.fromstring(drawn["incident"]).itertext())
    assert {"Killed", "12", "31", "Valley Ministry"} <= set(words)
    assert sum(word.endswith("; 1 repetition") for word in words) == 1
    assert "confirmed it yet" in drawn["incident"]
    with Ledger.open(path, read_only=True) as ledger, pytest.raises(UsageError, match="no incident i-nothing"):
        pictures.ranges(ledger, "i-nothing")
    assert ids["incident"] in drawn["incident"]


def test_on_the_command_line(filled: Filled, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """SVG and PNG by the name of the file; the query of an address; anything else is refused before it is drawn."""
    path, ids, _ = filled
    ledger = ["--ledger", str(path)]
    for name, arguments in {"when.svg": ["timeline", "--query", "?country=SY"], "where.png": ["map", "--width", "640"],
                            "who.png": ["ranges", ids["incident"][:-1] + "…", "--scale", "1"]}.items():  # fmt: skip
        done = CliRunner().invoke(plot, [*arguments, *ledger, "-o", str(tmp_path / name)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    assert "1 incident</title>" in (tmp_path / "when.svg").read_text("utf-8")
    wide, _, seen = _pixels((tmp_path / "where.png").read_bytes())
    assert wide == 1280 and len(seen) > 20  # land, water, borders, spots, letters
    assert _pixels((tmp_path / "who.png").read_bytes())[0] == 960
    assert run(["plot", "map", *ledger, "-o", str(tmp_path / "map.gif")]) == 2
    assert "ends in .svg or .png" in capsys.readouterr().err
    assert run(["plot", "map", *ledger, "--query", "since=yesterday", "-o", str(tmp_path / "map.svg")]) == 2
    assert run(["plot", "ranges", "i-none", *ledger, "-o", str(tmp_path / "map.svg")]) == 2
    assert not (tmp_path / "map.svg").exists()


def _pixels(data: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the colours of every tenth row of a PNG with eight bits a channel."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, kind) == (8, 6)
    body, at = b"", 8
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        body += data[at + 8 : at + 8 + size] if name == b"IDAT" else b""
        at += size + 12
    raw = zlib.decompress(body)
    step = width * 4 + 1
    return width, height, {raw[n * step + 1 + x * 4 : n * step + 5 + x * 4] for n in range(0, height, 10)
                           for x in range(width)}  # fmt: skip


def test_png_without_its_extra_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """SVG needs nothing; PNG names the extra."""
    import sys

    from tollbook.errors import MissingExtra

    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match=r"tollbook\[plot\]"):
        pictures.png("<svg/>")


@settings(max_examples=8)
@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=1, max_size=8), st.integers(300, 1200))
def test_the_map_holds_every_place(places: list[tuple[float, float]], width: int) -> None:
    """Whatever the places, all of them stand on the sheet, and nothing of the world is drawn beside it."""
    view = world.view_of(places, width, width * 0.62)
    for lon, lat in places:
        x, y = view.at(lon, lat)
        assert -0.5 <= x <= width + 0.5 and -0.5 <= y <= view.height + 0.5, view
    for path in (world.land(view), world.lakes(view)):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path):
            assert -0.1 <= float(x) <= width + 0.1 and -0.1 <= float(y) <= view.height + 0.1


def test_words_are_cut_and_wrapped_to_their_room() -> None:
    """No line is longer than its room, and none is lost."""
    text = "One outlet, five or six origins, blames the coalition of the valley and the coast"
    assert " ".join(wrapped(text, 13, 200)) == text
    assert all(len(line) * 13 * 0.56 <= 200 for line in wrapped(text, 13, 200))
    assert cut("short", 13, 200) == "short" and cut(text, 13, 200).endswith("…")
