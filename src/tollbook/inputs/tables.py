"""Parquet as pages: a row is a document, its columns are named like the fields of a JSON line. Extra ``parquet``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tollbook.errors import InputError, MissingExtra, naming
from tollbook.inputs.json_lines import record_page
from tollbook.inputs.record import Given
from tollbook.records import Page

_COLUMNS = (
    "id", "text", "html", "title", "published", "outlet", "url", "archive_url", "captured", "language",
    "translation_of",
)  # fmt: skip
_BATCH = 64  # rows in memory at a time

OnError = Callable[[InputError], None]


def read_parquet(
    key: str, stream: Any, given: Given, on_error: OnError, groups: Sequence[int] | None = None, first: int = 1
) -> Iterator[Page]:
    """The pages of a Parquet file (an open file, or what pyarrow takes for one); ``groups``: only these row groups, of
    which the first row has the number ``first``.

    A row that cannot be read is named ``key:number``. Raises ``InputError`` for what is no Parquet or has no text.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError(key, str(MissingExtra("reading Parquet", "parquet"))) from error
    try:
        with pq.ParquetFile(stream) as file:
            columns = [name for name in _COLUMNS if name in file.schema_arrow.names]
            if not {"text", "html"} & set(columns):
                raise InputError(key, 'neither a column "text" nor a column "html"')
            number = first - 1
            for batch in file.iter_batches(_BATCH, row_groups=groups, columns=columns):
                for record in batch.to_pylist():
                    number += 1
                    where = f"{key}:{number}"
                    try:
                        with naming(where):
                            yield record_page(where, {k: _plain(v) for k, v in record.items()}, given)
                    except InputError as error:
                        on_error(error)
    except pa.ArrowException as error:
        raise InputError(key, f"damaged, or no Parquet ({str(error)[:80]})") from error


def _plain(value: Any) -> Any:
    """Days and times as JSON has them."""
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else value
