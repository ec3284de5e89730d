"""Files where a cluster has them: local paths, ``s3://``, ``gs://``, ``hdfs://``, through pyarrow (extra ``spark``)."""

from __future__ import annotations

from typing import Any

from tollbook.errors import UsageError
from tollbook.inputs import ARCHIVES, JSON_LINES, PARQUET

KINDS = (*JSON_LINES, *PARQUET, *ARCHIVES)


def filesystem_of(path: str) -> tuple[Any, str]:
    """The file system of a path or URI, and the path in it. Raises ``UsageError``."""
    from pyarrow import ArrowException
    from pyarrow.fs import FileSystem, LocalFileSystem

    if "://" not in path:
        return LocalFileSystem(), path.rstrip("/") or "/"
    try:
        fs, inner = FileSystem.from_uri(path)
    except (ArrowException, OSError, ValueError) as error:
        raise UsageError(f"{path}: {str(error)[:200]}") from error
    return fs, inner.rstrip("/")


def names_in(fs: Any, folder: str) -> list[str]:
    """The names of all that stands in a folder of a file system."""
    from pyarrow.fs import FileSelector

    return [info.base_name for info in fs.get_file_info(FileSelector(folder))]


def files_in(path: str) -> list[tuple[str, int, str]]:
    """Path as it is named in keys, size and time of change of every file that can be read; folders in order."""
    from pyarrow.fs import FileSelector, FileType

    fs, inner = filesystem_of(path)
    info = fs.get_file_info(inner)
    if info.type == FileType.NotFound:
        raise UsageError(f"{path}: no such file or folder")
    if info.type == FileType.File:
        if not path.lower().endswith(KINDS):
            raise UsageError(f"{path}: not one of {', '.join(KINDS)}")
        return [(path, info.size, str(info.mtime_ns))]
    found = fs.get_file_info(FileSelector(inner, recursive=True))
    kept = [
        (path.rstrip("/") + one.path[len(inner) :], one.size, str(one.mtime_ns))
        for one in sorted(found, key=lambda one: str(one.path))
        if one.type == FileType.File
        and one.path.lower().endswith(KINDS)
        # Hidden files, and those that Spark itself leaves beside its tables.
        and not any(part.startswith((".", "_")) for part in one.path[len(inner) :].split("/"))
    ]
    if not kept:
        raise UsageError(f"{path}: no file in it ends with one of {', '.join(KINDS)}")
    return kept
