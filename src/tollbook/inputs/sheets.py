"""Tables as rows of cells: CSV as spreadsheets write it, and Excel; a stream. Nothing in a cell is ever run.

Row numbers are those that a spreadsheet shows: the first row is 1.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from tollbook.errors import InputError, MissingExtra
from tollbook.inputs.office import BROKEN, check_office

CSV = (".csv", ".tsv")
XLSX = (".xlsx", ".xlsm")
LARGEST_CELL = 10_000_000
_LONGEST_LINE = 20_000_000
_MOST_ROWS = 1_048_576  # of a sheet, as Excel has it

Row = tuple[int, list[str]]
OnError = Callable[[InputError], None]


def read_rows(name: str, stream: BinaryIO, on_error: OnError | None = None, sheet: str | None = None) -> Iterator[Row]:
    """The rows of a table with their numbers, empty ones left out; ``sheet``: of a workbook, instead of its first.

    A row that cannot be read goes to ``on_error`` and the next follows; without it, and where nothing can follow, an
    ``InputError`` names row and column. ``stream`` has to be able to go back.
    """
    first = stream.read(4)
    stream.seek(0)
    rows = _workbook(name, stream, on_error, sheet) if first.startswith(b"PK") else _csv(name, stream, on_error)
    for number, cells in rows:
        if any(cells):
            yield number, cells


def column_name(number: int) -> str:
    """The letters of a column, the first being 1.

    >>> column_name(1), column_name(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def headings_of(name: str, row: Row) -> tuple[str, ...]:
    """The headings of a table in small letters, blanks as underscores. Raises ``InputError`` where two are the same.

    >>> headings_of("a.csv", (1, ["URL", " Saved Page ", ""]))
    ('url', 'saved_page', '')
    """
    number, cells = row
    headings = tuple(cell.strip().lower().replace(" ", "_") for cell in cells)
    double = next((h for n, h in enumerate(headings) if h and h in headings[:n]), None)
    if double is not None:
        raise InputError(name, f"row {number}: two columns are headed {double!r}")
    return headings


# --- CSV ---------------------------------------------------------------------------------------------------------


def _csv(name: str, stream: BinaryIO, on_error: OnError | None) -> Iterator[Row]:
    csv.field_size_limit(LARGEST_CELL)
    lines = _Lines(name, stream)
    try:
        yield from _csv_rows(name, lines, on_error)
    finally:
        lines.let_go()


def _csv_rows(name: str, lines: _Lines, on_error: OnError | None) -> Iterator[Row]:
    head = lines.peek()
    lines.separator = max((",", ";", "\t"), key=head.count)
    reader = csv.reader(lines, delimiter=lines.separator, strict=True)
    row = 0
    while True:
        row += 1
        lines.row = row
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # A quotation mark that never closes swallows what follows: there is no next row to go on with.
            raise InputError(name, f"row {row}: {error}") from None
        except InputError as error:
            if on_error is None or not lines.goes_on:
                raise
            on_error(error)
            continue
        wrong, lines.wrong = lines.wrong, None
        if wrong is None:
            yield row, [cell.strip() for cell in cells]
        elif on_error is None:
            raise wrong
        else:
            on_error(wrong)


class _Lines:
    """The lines of a CSV as text; one at a time, so that a wrong byte is named by its row and column."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self._name = name
        self.row = 0
        self.separator = ","
        self.goes_on = True
        self.wrong: InputError | None = None  # a byte of the row now read, which may have more lines to come
        self._before = (0, 0, 0)  # the row of the lines before, and how many separators and quotation marks they had
        mark = stream.read(4)
        stream.seek(0)
        wide = mark.startswith((b"\xff\xfe", b"\xfe\xff"))
        self._text = io.TextIOWrapper(stream, "utf-16", newline="") if wide else None
        self._stream = stream
        if mark.startswith(b"\xef\xbb\xbf"):
            stream.read(3)
        self._first: str | None = None

    def peek(self) -> str:
        """The first line, which stays there."""
        self.row = 1
        self._first = self._next()
        return self._first

    def __iter__(self) -> _Lines:
        """Itself."""
        return self

    def __next__(self) -> str:
        """The next line with its end."""
        line, self._first = self._first if self._first is not None else self._next(), None
        if not line:
            raise StopIteration
        return line

    def let_go(self) -> None:
        """Leaves the stream open: it is whoever opened it who closes it."""
        if self._text is not None:
            self._text.detach()

    def _next(self) -> str:
        if self._text is not None:
            try:
                words = self._text.readline(_LONGEST_LINE)
            except UnicodeError:
                self.goes_on = False
                raise InputError(self._name, f"row {self.row}: is no UTF-16, as its first bytes say") from None
            self._ends(len(words), words.endswith("\n"))
            return words
        line = self._stream.readline(_LONGEST_LINE)
        self._ends(len(line), line.endswith(b"\n"))
        row, separators, marks = self._before if self._before[0] == self.row else (self.row, 0, 0)
        self._before = (row, separators + self._separators(line, marks), marks + line.count(b'"'))
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as error:
            column = column_name(separators + self._separators(line[: error.start], marks) + 1)
            self.wrong = self.wrong or InputError(
                self._name, f"row {self.row}, column {column}: is no UTF-8; save the table as “CSV UTF-8”"
            )
            return line.decode("utf-8", "replace")

    def _separators(self, line: bytes, marks: int) -> int:
        """How many of the separators in a line part cells: those within quotation marks are words."""
        outside = line.split(b'"')[marks % 2 :: 2]
        return sum(part.count(self.separator.encode()) for part in outside)

    def _ends(self, length: int, ended: bool) -> None:
        if length >= _LONGEST_LINE and not ended:
            self.goes_on = False
            raise InputError(self._name, f"row {self.row}: a line of more than {_LONGEST_LINE // 1_000_000} MB")


# --- Excel -------------------------------------------------------------------------------------------------------


def _workbook(name: str, stream: BinaryIO, on_error: OnError | None, sheet: str | None) -> Iterator[Row]:
    try:
        import openpyxl
    except ImportError:
        raise InputError(name, str(MissingExtra("reading Excel files", "xlsx"))) from None
    check_office(name, stream, "Excel workbook")
    try:
        # Formulas as they stand, not the values that were saved with them: those may be old, or never computed.
        book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        if sheet is not None and sheet not in book.sheetnames:
            raise InputError(name, f"there is no sheet {sheet!r}, but {', '.join(book.sheetnames)}")
        chosen = book[sheet if sheet is not None else book.sheetnames[0]]
        chosen.reset_dimensions()  # a sheet may say that it ends before its last row, or long after it
        for number, cells in enumerate(chosen.iter_rows(), 1):
            if number > _MOST_ROWS:
                raise InputError(name, f"has more than {_MOST_ROWS:,} rows; no Excel workbook has")
            try:
                yield number, [_cell(name, number, cell) for cell in cells]
            except InputError as error:
                if on_error is None:
                    raise
                on_error(error)
    except (*BROKEN, KeyError, SyntaxError, IndexError) as error:
        raise InputError(name, f"is no Excel workbook: {error}") from None


def _cell(name: str, row: int, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        where = f"row {row}, column {cell.column_letter}"
        raise InputError(name, f"{where}: holds a formula, which is not computed; paste its value instead")
    if cell.data_type == "e":
        raise InputError(name, f"row {row}, column {cell.column_letter}: holds the error {value}")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
