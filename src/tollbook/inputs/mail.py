"""A mail (``.eml``) as pages: what it says, and each text, HTML, PDF or DOCX that is attached to it.

The mail itself is published on the day on which it was sent, by nobody in particular: who sends an article on is not
who published it. An attachment has neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import BinaryIO

from tollbook.errors import InputError, naming
from tollbook.inputs.bodies import LARGEST_FILE, Kind, kind_of, page_of, too_large
from tollbook.inputs.record import Given
from tollbook.records import Page

_DEEPEST = 5  # mails in mails
_MOST = 500  # parts of a mail
_LONGEST_HEADER = 8000
_KINDS: dict[str, Kind | None] = {
    "text/plain": None,
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_UNSAID = ("application/octet-stream", "application/x-download", "application/force-download")

OnError = Callable[[InputError], None]


class _Policy(EmailPolicy):
    """Passes over what is too long in a header: its parser takes time by the square of the length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value as they stand, the value empty where it is too long."""
        name, value = super().header_source_parse(sourcelines)
        return name, value if len(value) <= _LONGEST_HEADER else ""


_POLICY = _Policy()


def read_mail(key: str, stream: BinaryIO, given: Given, on_error: OnError) -> Iterator[Page]:
    """The pages of a mail; a part that cannot be read goes to ``on_error``, pictures and the like are passed over.

    Raises ``InputError`` for what is no mail, and for a mail without anything to read.
    """
    raw = stream.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise InputError(key, too_large(len(raw), LARGEST_FILE, "mail"))
    with naming(key):
        mail = BytesParser(policy=_POLICY).parsebytes(raw)
    assert isinstance(mail, EmailMessage)
    if not mail.keys():
        raise InputError(key, "no mail (it has no headers)")
    yield from _pages(key, mail, (given, on_error), 0)


def _pages(key: str, mail: EmailMessage, how: tuple[Given, OnError], depth: int) -> Iterator[Page]:
    given, on_error = how
    found = 0
    with naming(key):
        body = mail.get_body(preferencelist=("html", "plain"))
        parts = _attached(key, mail, body)
    if body is not None:
        try:
            yield _body(key, mail, body, given)
        except InputError as error:
            on_error(error)
        found += 1
    for number, part in enumerate(parts, 1):
        where = f"{key}/{_name(part) or number}"
        try:
            if part.get_content_type() == "message/rfc822":
                inner = part.get_payload(0)
                if depth < _DEEPEST and isinstance(inner, EmailMessage):
                    found += 1
                    yield from _pages(where, inner, how, depth + 1)
                continue
            page = _attachment(where, part, given)
        except InputError as error:
            on_error(error)
            found += 1
            continue
        if page is not None:
            found += 1
            yield page
    if not found:
        raise InputError(key, "nothing to read in this mail")


def _attached(key: str, mail: EmailMessage, body: MIMEPart | None) -> list[MIMEPart]:
    """The leaves of a mail but for its own text, which may stand there twice, and the leaves of mails in it."""
    plain = mail.get_body(preferencelist=("plain",))  # where it stands beside the mail's HTML
    leaves: list[MIMEPart] = []
    todo: list[MIMEPart] = [mail]
    while todo:
        part = todo.pop()
        if part is body or (part is not mail and part is plain):
            continue
        if part.get_content_type() == "message/rfc822":
            leaves.append(part)
        elif part.is_multipart():
            todo.extend(inner for inner in reversed(list(part.iter_parts())) if isinstance(inner, MIMEPart))
        else:
            leaves.append(part)
        if len(leaves) > _MOST:
            raise InputError(key, f"more than {_MOST} parts")
    return leaves


def _body(key: str, mail: EmailMessage, part: MIMEPart, given: Given) -> Page:
    with naming(key):
        sent = mail["date"].datetime if mail["date"] is not None else None
        record = {
            "title": str(mail["subject"]).strip() if mail["subject"] is not None else None,
            "published": sent.date().isoformat() if sent is not None else None,
        }
        return page_of(key, _bytes(part), given, kind=_kind(part), record=record, charset=part.get_content_charset())


def _attachment(where: str, part: MIMEPart, given: Given) -> Page | None:
    with naming(where):
        inline = not (part.is_attachment() or part.get_filename())  # the text behind a picture in the mail
        further = part.get_content_type() in ("text/plain", "text/html") and bool(_bytes(part).strip())
        if not _is_readable(part) or inline and not further:
            return None
        return page_of(
            where, _bytes(part), Given(outlet=given.outlet), kind=_kind(part), charset=part.get_content_charset()
        )


def _is_readable(part: MIMEPart) -> bool:
    kind, name = part.get_content_type(), (part.get_filename() or "").lower()
    return kind in _KINDS or (kind in _UNSAID and (kind_of(name) is not None or name.endswith(".txt")))


def _kind(part: MIMEPart) -> Kind | None:
    kind = part.get_content_type()
    return _KINDS[kind] if kind in _KINDS else kind_of(part.get_filename() or "")


def _bytes(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name(part: MIMEPart) -> str | None:
    """The name that an attachment goes by, as a name only: no folder, nothing that cannot be printed."""
    name = (part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in name.encode("utf-8", "replace").decode() if c.isprintable()).strip()[:100] or None
