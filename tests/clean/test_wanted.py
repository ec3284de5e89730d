"""A page that says nothing of what is wanted is not cleaned; one that does is cleaned as ever."""

from __future__ import annotations

from html import escape

import pytest

from tests.golden import FOLDERS, load
from tollbook import pipeline
from tollbook.clean import clean_page, clean_page_if
from tollbook.errors import InputError
from tollbook.find.event.violence import is_violence
from tollbook.find.gate import can_hold_claim
from tollbook.find.grammar.passages import split_passages
from tollbook.find.page import may_tell_harm, names_harm, states_harm
from tollbook.records import Media, Page

HTML = (
    '<html lang="en"><head><title>{title}</title><script>var killed = 5</script></head><body><nav><a>{nav}</a></nav>'
    "<article><h1>Market reopens in Ruvan after repairs</h1><p>{body}</p></article><aside>{nav}</aside></body></html>"
)


def page(text: str, media: Media = "html", title: str | None = None) -> Page:
    return Page("p", text.encode(), text, media, title=title)


def html(body: str, title: str = "Market reopens", nav: str = "Home") -> Page:
    return page(HTML.format(body=body, title=title, nav=nav))


@pytest.mark.parametrize(
    "said",
    [
        html("Five guards were killed on Monday."),
        html("Five guards were kil<b>l</b>ed on Monday."),
        html("Five guards were &#107;&#105;lled on Monday."),
        html("Five guards were ki<!-- x -->lled on Monday."),
        page("<title>Five killed in the market of Ruvan</title><p>Nothing was said of it on Monday.</p>"),
        page("<p>guards</p><p>killed</p>"),
        page("Accept cookiesKilled in the raid were five guards.", "text"),
        page("Accept cookies\u2028five men died", "text"),
        page("Nothing.", "text", "Five killed"),
        page("FIVE KILLED", "text"),
    ],
)
def test_a_word_of_harm_is_found_however_it_is_written(said: Page) -> None:
    """In markup, behind a glued button, in the title: the document is the one that ``clean_page`` makes."""
    assert clean_page_if(said, names_harm, may_tell_harm) == clean_page(said)


@pytest.mark.parametrize(
    "said",
    [
        html("The market was opened on Monday."),
        html("The market was opened on Monday.", nav="Five killed in Ruvan"),  # a teaser is never of the article
        page("The market was opened.", "text"),
        page("Three people died when the bus overturned.", "text"),
    ],
)
def test_a_page_without_any_is_not_cleaned(said: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripts, menus and teasers do not count; the costly part is not begun."""
    monkeypatch.setattr("tollbook.clean.document.split_units", None)
    assert clean_page_if(said, names_harm, may_tell_harm) is None


@pytest.mark.parametrize(
    "body",
    ["The plan was killed in committee on Monday.", "The striker was injured in the match.", "The wounded dog died."],
)
def test_a_page_of_whose_sentences_none_states_a_number_is_not_cleaned(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words of harm without anybody harmed: the parse of the sentence is enough to know."""
    monkeypatch.setattr("tollbook.clean.document.split_units", None)
    assert clean_page_if(html(body), names_harm, states_harm) is None


def test_many_sentences_with_words_of_harm_are_not_all_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for the article takes less than parsing a long page line by line."""
    monkeypatch.setattr("tollbook.find.page.parse_passages", None)
    assert states_harm("\n".join("The plan was killed." for _ in range(6)))


def test_what_cannot_be_read_is_named_all_the_same() -> None:
    """A page without text is an error, with words of harm or without."""
    errors: list[InputError] = []
    assert list(pipeline.read_only_claims([page("<p></p>")], as_is=False, on_error=errors.append)) == []
    assert [error.reason for error in errors] == ["HTML without any text"]


def test_no_report_with_a_passage_that_can_hold_a_claim_is_passed_over() -> None:
    """Every passage of the golden reports that is parsed, as a page of its own, in text and in HTML, glued to a
    button and broken over lines."""
    for part in FOLDERS:
        for report in load(part):
            for passage in split_passages(report.get("text", "")):
                broken = passage.text.replace(" ", "\n", 9)
                for text in (passage.text, broken, f"Read more{passage.text}"):
                    for said in (page(text, "text"), page(f"<pre>{text}</pre>")):
                        document = clean_page(said)
                        gated = [p.text for p in split_passages(document.text) if can_hold_claim(p.text)]
                        if any(is_violence(sentence, document.text) for sentence in gated):
                            assert clean_page_if(said, names_harm, may_tell_harm) == document


def test_no_report_with_claims_is_passed_over() -> None:
    """The golden reports as web pages, and each passage of them that states a claim: none is done with before."""

    def web(text: str) -> Page:
        return page("".join(f"<p>{escape(line)}</p>" for line in text.split("\n\n")))

    for part in FOLDERS:
        for report in load(part):
            if text := report.get("text"):
                quotes = {claim.quote.text for claim in pipeline.read_document(clean_page(web(text))).claims}
                for said in map(web, (text, *quotes)):
                    document = clean_page(said)
                    if pipeline.read_document(document).claims:  # "three of them" has none alone
                        assert clean_page_if(said, names_harm, states_harm) == document
