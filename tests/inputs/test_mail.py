"""Mails: what they say and what is attached; what nobody can read is passed over, what is damaged is named."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.inputs.made import WORDS, docx, pages, pdf, read, refused, saved
from tollbook.clean import clean_page
from tollbook.inputs import mail as mail_module

HTML = f"<html><head><title>x</title></head><body><p>{WORDS}</p></body></html>"


def mail(body: str = WORDS) -> EmailMessage:
    """A mail."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "desk@post.example", "ines@monitor.example", "Häfen hit"
    made["Date"] = "Tue, 05 Mar 2024 23:40:00 -0800"
    made.set_content(body)
    return made


def test_a_plain_mail(tmp_path: Path) -> None:
    """Title and day are the mail's; who sent it is no outlet; raw bytes are those of its text."""
    (page,) = pages(saved(tmp_path, "a.eml", mail().as_bytes()))
    assert (page.key, page.title, page.published) == (str(tmp_path / "a.eml"), "Häfen hit", dt.date(2024, 3, 5))
    assert page.outlet is None and page.content.strip() == WORDS


def test_html_is_read_once(tmp_path: Path) -> None:
    """Of two versions the HTML; the plain one is no second document."""
    made = mail("Two were killed, in short.")
    made.add_alternative(HTML, subtype="html")
    (page,) = pages(saved(tmp_path, "a.eml", made.as_bytes()))
    assert page.media == "html" and WORDS in clean_page(page).text


def test_attachments(tmp_path: Path) -> None:
    """Text, HTML, PDF, DOCX and a mail in the mail are pages of their own; a picture is passed over."""
    made = mail("See attached.")
    made.add_attachment(WORDS, filename="../../notes.txt")
    made.add_attachment(HTML, subtype="html", filename="page.html")
    made.add_attachment(pdf(WORDS), maintype="application", subtype="pdf", filename="report.pdf")
    made.add_attachment(docx(WORDS), maintype="application", subtype="octet-stream", filename="report.docx")
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="a.png")
    made.add_attachment(mail("Forwarded: " + WORDS))
    found = pages(saved(tmp_path, "a.eml", made.as_bytes()))
    keys = [page.key.removeprefix(f"{tmp_path}/") for page in found]
    assert keys == ["a.eml", "a.eml/notes.txt", "a.eml/page.html", "a.eml/report.pdf", "a.eml/report.docx", "a.eml/6"]
    assert all(WORDS in clean_page(page).text for page in found[1:])
    # An attachment is not published on the day on which somebody sent it; a mail is.
    assert [page.published is not None for page in found] == [True, False, False, False, False, True]


def test_a_damaged_attachment_is_named(tmp_path: Path) -> None:
    """The mail itself and the others go on."""
    made = mail()
    made.add_attachment(b"broken", maintype="application", subtype="pdf", filename="report.pdf")
    found, (error,) = read(saved(tmp_path, "a.eml", made.as_bytes()))
    assert len(found) == 1 and str(error).endswith("a.eml/report.pdf: damaged, or no PDF")


def test_what_is_no_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No headers, nothing to read, a date that is none, mails in mails without end, parts without number."""
    assert "no mail" in refused(saved(tmp_path, "a.eml", "\nJust a text."))
    picture = EmailMessage()
    picture["Subject"] = "x"
    picture.set_content(b"\x89PNG", maintype="image", subtype="png")
    assert "nothing to read in this mail" in refused(saved(tmp_path, "b.eml", picture.as_bytes()))
    undated = mail().as_bytes().replace(b"Tue, 05 Mar 2024", b"Someday")
    (page,) = pages(saved(tmp_path, "c.eml", undated))
    assert page.published is None
    deep = mail()
    for _ in range(8):
        outer = mail()
        outer.add_attachment(deep)
        deep = outer
    assert len(pages(saved(tmp_path, "d.eml", deep.as_bytes()))) == 6
    monkeypatch.setattr(mail_module, "_MOST", 3)
    many = mail()
    for n in range(5):
        many.add_attachment(WORDS, filename=f"{n}.txt")
    assert "more than 3 parts" in refused(saved(tmp_path, "e.eml", many.as_bytes()))
    monkeypatch.setattr(mail_module, "LARGEST_FILE", 100)
    assert "too large" in refused(saved(tmp_path, "f.eml", mail().as_bytes()))


def test_a_wrong_charset(tmp_path: Path) -> None:
    """What a sender declares is believed where it can be; bytes of an unknown charset are guessed."""
    for charset in ("iso-8859-1", "x-unknown"):
        raw = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()
        (page,) = pages(saved(tmp_path, "a.eml", raw + f"Café. {WORDS}".encode("latin-1")))
        assert page.content.startswith("Café.")


def test_endless_headers(tmp_path: Path) -> None:
    """A header that nobody writes is passed over before anything parses it; the mail is read without it."""
    addresses = b", ".join([b"a@post.example"] * 200_000)
    long = b"Subject: " + b"(" * 100_000 + b"\nDate: " + b"(" * 100_000 + b"\nTo: " + addresses + b"\n"
    (page,) = pages(saved(tmp_path, "a.eml", long + f"From: x@post.example\n\n{WORDS}".encode()))
    assert (page.title, page.published) == (None, None) and page.content.strip() == WORDS


def test_a_text_behind_a_picture(tmp_path: Path) -> None:
    """Text, picture, text, as some programs write a mail: the second text is not lost."""
    mail = EmailMessage()
    mail["Subject"] = "Two parts"
    mail.set_content("Two farmers were killed.")
    mail.make_mixed()
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline")
    second = EmailMessage()
    second.set_content("Nine soldiers were killed.")
    mail.attach(second)
    path = tmp_path / "a.eml"
    path.write_bytes(mail.as_bytes())
    assert [page.content.strip() for page in pages(path)] == ["Two farmers were killed.", "Nine soldiers were killed."]
