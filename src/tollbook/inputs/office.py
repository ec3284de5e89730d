"""Office documents are ZIP archives of XML: what of them is refused before any library opens them."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import BinaryIO

from tollbook.errors import InputError

UNPACKED = 200_000_000  # bytes of all parts together, pictures too
_PARTS = 10_000
_HEAD = 4096
# What is raised of a ZIP that is broken, whether it is opened or a part of it is read: cut short or damaged (EOFError,
# LZMAError, zlib.error), locked or packed in a way that Python does not know (RuntimeError), with offsets that lead out
# of it (OSError, ValueError).
BROKEN = (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError, lzma.LZMAError, zlib.error)


def check_office(key: str, stream: BinaryIO, what: str) -> None:
    """Raises ``InputError`` for what is no ZIP, unpacks to more than it should, or brings XML entities along.

    What a part says of its size binds ``zipfile``: no more bytes than that are ever unpacked from it.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            if len(parts) > _PARTS:
                raise InputError(key, f"has {len(parts):,} parts; no {what} has more than {_PARTS:,}")
            unpacked = sum(part.file_size for part in parts)
            if unpacked > UNPACKED:
                raise InputError(key, f"unpacks to {unpacked / 1e6:,.0f} MB; the limit is {UNPACKED // 1_000_000} MB")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        # No office program writes one; entities that refer to each other fill any memory.
                        if b"<!DOCTYPE" in opened.read(_HEAD):
                            raise InputError(key, f"{part.filename} defines entities, which no {what} needs")
    except BROKEN as error:
        said = " ".join(str(error).split())[:80]
        raise InputError(key, f"damaged, or no {what}{f' ({said})' if said else ''}") from error
    finally:
        stream.seek(0)
