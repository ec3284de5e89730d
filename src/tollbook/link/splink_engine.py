"""The same model through Splink, on DuckDB or on Spark: the same keys, levels, weights and scores.

Splink and DuckDB are extras (``pip install tollbook[link]``), imported here only.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from tollbook.errors import MissingExtra
from tollbook.link.columns import Row
from tollbook.link.compare import COMPARISONS, Comparison
from tollbook.link.score import PLACES, Weights

Pair = tuple[str, str]

_SIDE = re.compile(r"\b([lr])\.(\w+)")


def sql_for_splink(condition: str) -> str:
    """``l.first`` and ``r.first`` as Splink's ``first_l`` and ``first_r``.

    >>> sql_for_splink("l.first <= r.last")
    '"first_l" <= "last_r"'
    """
    return _SIDE.sub(lambda m: f'"{m[2]}_{m[1]}"', condition)


# What DuckDB and Spark call by different names.
_SPARK = (("len(", "size("), ("list_has_any(", "arrays_overlap("), ("list_intersect(", "array_intersect("), ('"', "`"))


def sql_for_spark(condition: str) -> str:
    """The same condition in Spark's SQL.

    >>> sql_for_spark('len("names_l") = 0')
    'size(`names_l`) = 0'
    """
    for ours, theirs in _SPARK:
        condition = condition.replace(ours, theirs)
    return condition


def settings(weights: Weights, dialect: str = "duckdb", only: str = "") -> dict[str, Any]:
    """Splink's settings for the weights; the u of a level is a stand-in, only m/u is ever used. ``only``: a further
    condition on the pairs.
    """
    comparisons = [_comparison(c, weights) for c in COMPARISONS]
    if dialect == "spark":
        for comparison in comparisons:
            for level in comparison["comparison_levels"]:
                level["sql_condition"] = sql_for_spark(level["sql_condition"])
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": 2**weights.prior / (1 + 2**weights.prior),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.keys = r.keys" + only, "arrays_to_explode": ["keys"], "sql_dialect": dialect}
        ],
        "comparisons": comparisons,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _comparison(comparison: Comparison, weights: Weights) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": sql_for_splink(comparison.missing), "label_for_charts": "not said", "is_null_level": True}
    ]
    for name, condition in comparison.conditions:
        bits = weights.of(comparison, name)
        u = 2.0**-20
        levels.append(
            {
                "sql_condition": "ELSE" if condition == "TRUE" else sql_for_splink(condition),
                "label_for_charts": name,
                "m_probability": u * 2.0**bits,
                "u_probability": u,
            }
        )
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def linker(rows: Sequence[Row], keys: Mapping[str, tuple[str, ...]], weights: Weights) -> Any:
    """Splink's linker over the rows; raises :class:`MissingExtra` where Splink is not installed."""
    try:
        from splink import DuckDBAPI, Linker
    except ImportError as error:
        raise MissingExtra("linking with Splink", "link") from error
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI(":memory:")
    return Linker(
        database.register(table_of(rows, keys)), settings(weights), log_level=logging.ERROR, validate_settings=False
    )


def table_of(rows: Sequence[Row], keys: Mapping[str, tuple[str, ...]]) -> Any:
    """The rows with their keys as an Arrow table."""
    import pyarrow as pa

    kinds = {"int | None": pa.int64(), "float | None": pa.float64(), "bool": pa.bool_(), "int": pa.int64()}
    columns = {}
    for field in fields(Row):
        kind = str(field.type)
        values = [getattr(row, field.name) for row in rows]
        if kind.startswith(("frozenset", "tuple")):
            columns[field.name] = pa.array([sorted(v) for v in values], pa.list_(pa.string()))
        else:
            columns[field.name] = pa.array(values, kinds.get(kind, pa.string()))
    columns["keys"] = pa.array([list(keys[row.id]) for row in rows], pa.list_(pa.string()))
    return pa.table(columns)


def score_with_splink(rows: Sequence[Row], keys: Mapping[str, tuple[str, ...]], weights: Weights) -> dict[Pair, float]:
    """The scores of all candidate pairs, by Splink; the same as in process, see ``tests/link/test_engines.py``."""
    if len(rows) < 2 or not any(keys.values()):
        return {}
    found = linker(rows, keys, weights).inference.predict()
    table = found.as_pyarrow_table() if hasattr(found, "as_pyarrow_table") else found.as_duckdbpyrelation().arrow()
    names = table.column_names
    left, right = ("id_l", "id_r") if "id_l" in names else ("unique_id_l", "unique_id_r")
    pairs = zip(table[left].to_pylist(), table[right].to_pylist(), table["match_weight"].to_pylist(), strict=True)
    return {(a, b) if a <= b else (b, a): round(bits, PLACES) for a, b, bits in pairs}
