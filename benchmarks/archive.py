"""A large web archive in little memory: ``python -m benchmarks.archive --mb 1000``.

Makes a WARC of invented pages (``news.py``) with the menus, scripts and pictures that real ones bring along, and reads
it twice: as pages only, and to the claims with ``tollbook read``. Prints one JSON object with seconds and the peak
memory of each process; the promise is less than 600 MB, whatever the archive's size.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.news import pages

_DATE = "2024-03-05T10:00:00Z"
_PAGE = 120_000  # bytes of an HTML page, most of them not its text
_PICTURES = 0.4  # share of the bytes that are pictures

# Runs a command and says how much memory its largest process had, and how much processor time it took.
_RUN = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"peak_mb": used.ru_maxrss // 1024, "s": round(time.perf_counter() - begun),
                  "cpu_s": round(used.ru_utime + used.ru_stime), "status": done.returncode,
                  "said": done.stderr.strip().split(chr(10))[-1][:200]}))
"""
_PAGES_ONLY = (
    "import sys; from tollbook.inputs import Given, read_pages; "
    "print(sum(1 for _ in read_pages([sys.argv[1]], Given(), print)))"
)


def make(path: Path, size: int, gz: bool) -> dict[str, int]:
    """The archive; how many pages and pictures it has."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    chance = random.Random(7)
    made = {"pages": 0, "pictures": 0}
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gz)

        def put(url: str, body: bytes, kind: str) -> None:
            http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            headers = {"WARC-Date": _DATE}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=headers
                )
            )

        for number, page in enumerate(pages(10**9, media="html")):
            if file.tell() >= size:
                break
            put(f"https://outlet-{number % 40}.example/{number}", wrapped(page.content, chance), "text/html")
            made["pages"] += 1
            while made["pictures"] * 400_000 < _PICTURES * file.tell():
                put(f"https://outlet-{number % 40}.example/{number}.jpg", chance.randbytes(400_000), "image/jpeg")
                made["pictures"] += 1
    return made


def wrapped(page: str, chance: random.Random) -> bytes:
    """A page as sites serve it: scripts and styles before the text, lists of other headlines after it."""
    script = "".join(f"var v{n}={chance.random()};" for n in range(1500))
    links = "".join(f'<li><a href="/{chance.random()}">Headline number {n} of the day</a></li>' for n in range(300))
    head = f"<style>{'.a{margin:0}' * 500}</style><script>{script}</script>"
    full = page.replace("<head>", f"<head>{head}", 1) if "<head>" in page else head + page
    foot = f"<aside class='related'><ul>{links}</ul></aside>"
    full = full.replace("</body>", f"{foot}</body>", 1) if "</body>" in full else full + foot
    return (full + f"<!-- {'x' * max(0, _PAGE - len(full))} -->").encode()


def run(*command: str) -> dict[str, Any]:
    """What a command cost."""
    done = subprocess.run([sys.executable, "-c", _RUN, *command], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measures in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mb", type=int, default=1000)
    parser.add_argument("--gz", action="store_true", help="Each record gzipped, as crawlers write them.")
    parser.add_argument("--pages-only", action="store_true", help="Leave out reading to the claims.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("a.warc.gz" if chosen.gz else "a.warc")
        figures: dict[str, Any] = {**make(path, chosen.mb * 1_000_000, chosen.gz), "mb": path.stat().st_size // 10**6}
        figures["as pages"] = run(sys.executable, "-c", _PAGES_ONLY, str(path))
        if not chosen.pages_only:
            figures["tollbook read"] = run(sys.executable, "-m", "tollbook", "read", str(path), "--jsonl")
        print(json.dumps({**figures, "machine": machine()}))


if __name__ == "__main__":
    main()
