"""Fits the weights of linking, as those in src/tollbook/link/weights.json were fitted.

python scripts/fit_link_weights.py read -o weights.json --threshold -2.25 \\
    --collection shootings.jsonl shootings-labels.jsonl 1 --collection siege.jsonl siege-labels.jsonl 3 \\
    --collection besieged.jsonl besieged-labels.jsonl 3
python scripts/fit_link_weights.py coded -o weights.json --threshold -1.5 \\
    --collection records.jsonl records-labels.jsonl 1

A collection is documents as ``tollbook read`` takes them, or claims in the public JSON; its labels are lines of
``{"key": document, "incident": name}`` or ``{"claim": id, "incident": name}``; the number is what a pair of it weighs.
Of the labelled collections that the shipped weights come from only the besieged city is part of this repository
(tests/incidents/besieged.txt). The threshold was chosen
where the clusters of these same collections were best; it is then moved into the prior, so that 0 bits is the line.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tollbook import pipeline
from tollbook.incidents.reports import report_of, reports_of_claims
from tollbook.inputs import Given, read_pages
from tollbook.link.accounts import Report
from tollbook.link.score import weights_json
from tollbook.link.train import Example, fit
from tollbook.link.training import labelled


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def reports_in(path: Path) -> list[Report]:
    """The reports of one collection: claims as they are, documents read now."""
    if path.suffix == ".jsonl" and "harm" in next(lines(path), {}):
        return reports_of_claims(lines(path))
    reports = []
    for document in pipeline.clean_documents(read_pages([str(path)], Given(), print), as_is=False, on_error=print):
        reading = pipeline.read_document(document)
        if reading.claims:
            reports.append(report_of(document, reading.claims, reading.threads))
    return reports


def main() -> None:
    """Writes one of the two tables of weights into a file that may hold the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["read", "coded"])
    parser.add_argument("--collection", nargs=3, action="append", required=True, metavar=("FILE", "LABELS", "WEIGHT"))
    parser.add_argument("--threshold", type=float, default=0.0)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    found: list[Example] = []
    said: list[str] = []
    for file, labels, weight in options.collection:
        pairs, words = labelled(reports_in(Path(file)), lines(Path(labels)), file, float(weight))
        found += pairs
        said.append(f"{Path(file).stem} (x {weight}): {words}")
    weights = fit(found, f"scripts/fit_link_weights.py on {'; '.join(said)}; threshold chosen by hand")
    weights = dataclasses.replace(weights, prior=round(weights.prior - options.threshold, 2))
    tables = json.loads(options.output.read_text("utf-8")) if options.output.exists() else {}
    tables[options.kind] = weights_json(weights)
    options.output.write_text(json.dumps(tables, indent=1) + "\n", "utf-8")
    print(weights.made_by)


if __name__ == "__main__":
    main()
