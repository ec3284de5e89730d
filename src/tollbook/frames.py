"""Claims and incidents as Arrow tables and data frames, and a ledger asked with SQL in DuckDB.

Each function takes an open ledger, and like ``tollbook export`` an :class:`~tollbook.exports.ExportFilter` and
:class:`~tollbook.exports.Wants`. What a report does not say is null, never 0. Needs ``pip install "tollbook[frames]"``.
As in an export names of victims are masked and inferred blame is left out unless ``wants`` ask for them; since nothing
leaves the machine, nothing is noted in the log.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tollbook.errors import MissingExtra
from tollbook.exports.columns import kind_of, table
from tollbook.exports.contract import ExportFilter, Rows, Wants
from tollbook.ledger import Ledger
from tollbook.sharing import LedgerMaterial

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_DAYS = ("date_from", "date_to", "published")
_PUBLIC = Wants()


def _library(name: str, what: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtra(what, "frames") from None


def arrow(ledger: Ledger, rows: Rows = "claims", where: ExportFilter | None = None, wants: Wants = _PUBLIC) -> pa.Table:
    """A flat Arrow table with the columns of ``tollbook export csv``: whole numbers, days as dates, nulls as nulls."""
    pa = _library("pyarrow", "Arrow tables")
    names, cells = table(LedgerMaterial(ledger, where, wants), rows)
    types: dict[type[Any], Any] = {int: pa.int64(), float: pa.float64(), str: pa.string()}
    schema = pa.schema([(name, types[kind_of(name)]) for name in names])
    columns = list(zip(*cells, strict=True)) or [()] * len(names)
    made = pa.table([pa.array(list(c), f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
    for name in _DAYS:
        if name in names:
            at = names.index(name)
            made = made.set_column(at, name, made.column(at).cast(pa.date32()))
    return made


def structs(
    ledger: Ledger, rows: Rows = "claims", where: ExportFilter | None = None, wants: Wants = _PUBLIC
) -> pa.Table:
    """The nested table of ``tollbook export parquet``: counts as structs, evidence as lists of structs."""
    pa = _library("pyarrow", "Arrow tables")
    from tollbook.exports.parquet import batches, schema_of

    found = list(batches(LedgerMaterial(ledger, where, wants), rows))
    return pa.Table.from_batches(found, schema=schema_of(rows))


def pandas(
    ledger: Ledger, rows: Rows = "claims", where: ExportFilter | None = None, wants: Wants = _PUBLIC
) -> pd.DataFrame:
    """A pandas frame with nullable types: an open end stays ``<NA>`` and does not turn counts into floats."""
    library = _library("pandas", "pandas frames")
    made = arrow(ledger, rows, where, wants)
    pa = _library("pyarrow", "Arrow tables")
    types: dict[Any, Any] = {
        pa.int64(): library.Int64Dtype(),
        pa.string(): library.StringDtype(),
    }
    frame: pd.DataFrame = made.to_pandas(types_mapper=types.get, date_as_object=False)
    return frame


def polars(
    ledger: Ledger, rows: Rows = "claims", where: ExportFilter | None = None, wants: Wants = _PUBLIC
) -> pl.DataFrame:
    """A polars frame."""
    library = _library("polars", "polars frames")
    frame: pl.DataFrame = library.from_arrow(arrow(ledger, rows, where, wants))
    return frame


def connect(ledger: Ledger, where: ExportFilter | None = None, wants: Wants = _PUBLIC) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with the tables ``claims`` and ``incidents``."""
    connection: duckdb.DuckDBPyConnection = _library("duckdb", "DuckDB").connect()
    kinds: tuple[Rows, Rows] = ("claims", "incidents")
    for rows in kinds:
        connection.register(f"_{rows}", arrow(ledger, rows, where, wants))
        connection.execute(f"CREATE TABLE {rows} AS SELECT * FROM _{rows}")
        connection.unregister(f"_{rows}")
    return connection
