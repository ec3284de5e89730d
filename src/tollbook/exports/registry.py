"""The formats by name: ours, and those that installed plug-ins bring. Nothing is imported before it is used."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, cast

from tollbook.errors import TollbookError, UsageError
from tollbook.exports.coding import CREDITS
from tollbook.exports.contract import Exporter, ExportFilter, Material, Wants, Written

GROUP = "tollbook.exports"
EXPORT_SCHEMA = "tollbook.export/1"

# Kept apart from the modules, so that a list of formats loads none of them; a test compares the two.
FORMATS = {
    "csv": "one row a claim (or an incident), to look at and to edit in a spreadsheet",
    "xlsx": "the same as csv, for Excel and LibreOffice",
    "jsonl": "the public JSON of claims (or incidents), one a line; claims as read, judgements beside them",
    "parquet": "claims (or incidents) with their structure, for DuckDB, pandas, polars and Spark",
    "geojson": "incidents and claims on a map, for QGIS and Leaflet",
    "ged": "deadly incidents in the 49 columns of UCDP GED",
    "acled": "incidents in the 31 columns of ACLED (ACLED-shaped, not ACLED data)",
    "hxl": "incidents with HXL tags, for humanitarian tools",
    "jsonld": "claims as W3C Web Annotations with PROV-O, for linked data",
    "ftm": "FollowTheMoney entities, for OpenAleph and nomenklatura",
    "sqlite": "a database for Datasette, with its datasette.yaml",
    "pack": "an evidence pack: pages, texts, claims, judgements and the log, to be checked without Tollbook",
    "claimreview": "schema.org Claim, and ClaimReview where a person graded the incident",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export made: its files with their SHA-256 sums, the main one first."""

    files: dict[Path, str]
    rows: int
    notes: tuple[str, ...]


def _plugins() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP) if point.name not in FORMATS}


def names() -> tuple[str, ...]:
    """Every format that can be asked for."""
    return (*FORMATS, *sorted(_plugins()))


def exporter(name: str) -> Exporter:
    """The format of this name. Raises ``UsageError``, with the nearest name, where there is none.

    >>> exporter("geojson").SUFFIX
    '.geojson'
    """
    if name in FORMATS:
        return cast(Exporter, import_module(f"tollbook.exports.{name}"))
    plugin = _plugins().get(name)
    if plugin is None:
        close = difflib.get_close_matches(name, names(), n=1, cutoff=0.5)
        hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(names())}"
        raise UsageError(f'no export format is called "{name}"; {hint}')
    try:
        found = plugin.load()
    except Exception as error:  # loading runs code of others, which may fail in any way
        raise TollbookError(f'the plug-in for "{name}" ({plugin.value}) cannot be loaded: {error}') from error
    lacks = [part for part in ("NAME", "SUFFIX", "MEANING", "write") if not hasattr(found, part)]
    if lacks:
        raise TollbookError(f'the plug-in for "{name}" ({plugin.value}) has no {lacks[0]}')
    return cast(Exporter, found)


def export(
    name: str,
    material: Material,
    out: Path,
    how: tuple[ExportFilter, Wants] = (ExportFilter(), Wants()),
    log: Callable[[dict[str, Any]], object] = lambda _: None,
) -> Exported:
    """Writes one format, whole or not at all, with ``….about.json`` beside it, and has it noted by ``log`` before the
    files get their names: what is not in the log is not handed out. Files beside that an earlier export of this name
    left, and this one does not have, go."""
    chosen = exporter(name)
    where, wants = how
    if not out.parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.parent}")
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        written = chosen.write(material, folder / out.name, wants)
        _about(chosen, material, folder / out.name, (where, wants), written)
        sums = {path.name: _sum(path) for path in sorted(folder.iterdir(), key=lambda p: (p.name != out.name, p.name))}
        log({**_said(chosen, (where, wants), written), "files": sums})
        before = _of_before(out)
        for made in sums:
            os.replace(folder / made, out.parent / made)
        for left in before - sums.keys():
            (out.parent / left).unlink(missing_ok=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Exported({out.parent / made: digest for made, digest in sums.items()}, written.rows, written.notes)


def _of_before(out: Path) -> frozenset[str]:
    """The files of the export that this one replaces: what lies beside a file is of the same export as the file."""
    try:
        about = json.loads(out.with_name(out.name + ".about.json").read_text("utf-8"))
        named = about["files"] if about["schema"] == EXPORT_SCHEMA else []
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    return frozenset(name for name in named if isinstance(name, str) and Path(name).name == name and _beside(name, out))


def _beside(name: str, out: Path) -> bool:
    """Whether a file is called after the export, so that no edited note of an export takes another file with it."""
    return name != out.name and name.startswith((f"{out.name}.", f"{out.stem}."))


def _said(chosen: Exporter, how: tuple[ExportFilter, Wants], written: Written) -> dict[str, Any]:
    where = {name: value for name, value in asdict(how[0]).items() if value is not None}
    return {"format": chosen.NAME, "filter": where, "wants": asdict(how[1]), "rows": written.rows}


def _about(chosen: Exporter, material: Material, out: Path, how: tuple[ExportFilter, Wants], written: Written) -> None:
    seq, digest = material.head
    about = {
        "schema": EXPORT_SCHEMA,
        **_said(chosen, how, written),
        "ledger": {"seq": seq, "hash": digest},
        "withheld": dict(sorted(material.withheld.counts.items())),
        "notes": list(written.notes),
        "files": sorted(path.name for path in out.parent.iterdir()),
        "credits": CREDITS,
        "reading": "What reports claim, not what is true. Empty means that a report does not say, never 0.",
    }
    words = json.dumps(about, ensure_ascii=False, indent=2)
    out.with_name(out.name + ".about.json").write_text(words + "\n", "utf-8", newline="\n")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
