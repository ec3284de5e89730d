"""Adding articles from the browser: files, texts, what fails and why, reading again."""

from __future__ import annotations

import time

from fastapi.testclient import TestClient

from tests.inputs.made import pdf
from tests.web.made import desk_of, token
from tollbook.web.imports import Import

Web = tuple[TestClient, dict[str, str]]
MAIL = b"""From: desk@coast.example
To: records@tolls.example
Subject: Two killed near Mosul
Date: Tue, 04 Mar 2031 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

Two farmers were killed by shelling near Mosul on 3 March 2031, a doctor said.
"""
REPORT = "At least nine traders were killed when warplanes struck a market in Raqqa on 3 March 2031, a medic said."


def hand_in(opened: TestClient, files: list[tuple[str, bytes]], **form: str) -> Import:
    """Hands files in and waits until they are read."""
    sent = [("files", (name, body)) for name, body in files]
    answer = opened.post("/documents", data={"csrf": token(opened), **form}, files=sent or None)
    assert answer.status_code == 303, answer.text
    at = answer.headers["location"]
    for _n in range(600):
        made = desk_of(opened).imports.get(at.split("/")[-1])
        if made.done:
            break
        assert opened.get(at).status_code == 200
        time.sleep(0.05)
    assert made.done and made.reason is None
    assert "failed" in opened.get(at).text if made.failed else True
    return made  # type: ignore[no-any-return]


def test_files_and_texts_are_read_and_failures_say_why(web: Web) -> None:
    """Text, HTML, JSON lines, a pasted text; a picture, an empty file and a broken line are named with their reason."""
    opened, _ = web
    lines = (
        b'{"id": "a", "text": "Shells killed four people in Mosul on 2 March 2031.", "outlet": "Line Post"}\n{broken\n'
    )
    made = hand_in(
        opened,
        [
            ("report.txt", REPORT.encode()),
            ("../../etc/page.html", f"<html><body><p>{REPORT}</p></body></html>".encode()),
            ("lines.jsonl", lines),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0"),
            ("empty.txt", b"  "),
            ("bulletin.PDF", pdf("Mortar fire killed nine people in Tikrit on 3 March 2031.")),
            ("broken.docx", b"PK no document"),
            ("report.eml", MAIL),
        ],
        text="Gunmen shot dead two shepherds near Tikrit on 1 March 2031, police said.",
        outlet="Handed Post",
        published="2031-03-05",
    )
    outcomes = {item.key: (item.outcome, item.reason) for item in made.items}
    assert outcomes["report.txt"] == ("added", None) and outcomes["page.html"] == ("added", None)
    assert outcomes["a"] == ("added", None) and outcomes["pasted text"] == ("added", None)
    assert outcomes["empty.txt"] == ("failed", "empty") and "not text" in str(outcomes["picture.png"][1])
    assert outcomes["bulletin.PDF"] == ("added", None) and outcomes["report.eml"][0] == "added"
    assert outcomes["broken.docx"][0] == "failed" and outcomes["broken.docx"][1]
    assert sum(outcome == "failed" for outcome, _ in outcomes.values()) == 4
    rows = opened.get("/documents.json?outlet=Handed+Post").json()
    assert {row["published"] for row in rows} == {"2031-03-05", "2031-03-04"} and len(
        rows
    ) == 5  # the mail says its day
    assert len(opened.get("/claims.json?q=shepherds").json()) == 1
    again = hand_in(opened, [("report.txt", REPORT.encode())], outlet="Handed Post", published="2031-03-05")
    assert [item.outcome for item in again.items] == ["known"]


def test_an_empty_form_is_refused(web: Web) -> None:
    """Nothing handed in is said so."""
    opened, _ = web
    assert opened.post("/documents", data={"csrf": token(opened)}).status_code == 400
    wrong = opened.post("/documents", data={"csrf": token(opened), "text": "x", "published": "soon"})
    assert wrong.status_code == 400 and "published" in wrong.text
    assert ">x</textarea>" in wrong.text and 'value="soon"' in wrong.text  # what was filled in is still there


def test_reading_again_keeps_judgements_and_names_orphans(web: Web) -> None:
    """A claim that the new reading no longer makes leaves its judgement orphaned: shown, never moved."""
    opened, ids = web
    answer = opened.post(f"/documents/{ids['first']}/reread", data={"csrf": token(opened)})
    for _n in range(600):
        if desk_of(opened).imports.get(answer.headers["location"].split("/")[-1]).done:
            break
        time.sleep(0.05)
    text = opened.get(f"/documents/{ids['first']}").text
    assert "read 2 times" in text
    assert "orphaned: 0" in text or "has lost its words" in text
