"""Quotations: which stretches of a text stand inside marks, whatever the marks."""

from hypothesis import given
from hypothesis import strategies as st

from tests.clock import seconds
from tollbook.find.grammar.quotes import find_quotations, is_scare_quote
from tollbook.records import Span


def texts(text: str) -> list[str]:
    return [q.text for q in find_quotations(text)]


def test_marks_of_every_kind() -> None:
    """Straight, typographic, French and German marks are quotations, the marks included."""
    assert texts('"We left," she said. “They stayed.” «Ils partent.» „Wir bleiben.“') == [
        '"We left,"',
        "“They stayed.”",
        "«Ils partent.»",
        "„Wir bleiben.“",
    ]


def test_apostrophes_are_no_marks() -> None:
    """Possessives, contractions and decades open nothing; single marks around words do."""
    assert texts("The soldiers' camp isn't the men’s; in the '90s it wasn't.") == []
    assert texts("He called them 'the guests' of his brother's house.") == ["'the guests'"]


def test_nested_marks_belong_to_the_outer() -> None:
    """A quotation inside a quotation does not end it."""
    assert texts("“She said, ‘run’, and we ran,” he said.") == ["“She said, ‘run’, and we ran,”"]
    assert texts("\"He shouted 'stop' twice,\" she said.") == ["\"He shouted 'stop' twice,\""]


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    """Left open at a paragraph's end, it goes on where the next paragraph opens with a mark of its own."""
    text = '"They came at noon.\n\n"They took two men," she said.'
    assert texts(text) == ['"They came at noon.\n\n"They took two men,"']


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    """A forgotten mark does not swallow the rest of the page."""
    text = '"They came at noon.\n\nThe army denied it. "No," it said.'
    assert texts(text) == ['"They came at noon.', '"No,"']


def test_wrapped_lines_are_one_paragraph() -> None:
    """A line that ends in mid-sentence is no end of a paragraph."""
    assert texts('"We walked for two\ndays," she said.') == ['"We walked for two\ndays,"']


def test_a_term_in_marks_is_no_speech() -> None:
    """Up to three words without a stop are told apart from speech."""
    assert is_scare_quote(Span("“security zone”", 0, 15))
    assert not is_scare_quote(Span("“We will stay here.”", 0, 20))
    assert not is_scare_quote(Span('"Never,"', 0, 8))


@given(st.text(alphabet=st.sampled_from("\"'“”‘’«»„ab .,\n"), max_size=200))
def test_spans_hold_on_any_marks(text: str) -> None:
    """Every quotation is its stretch of the text; none overlaps another; they come in order."""
    last = 0
    for q in find_quotations(text):
        assert text[q.start : q.end] == q.text
        assert q.start >= last
        last = q.end


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text in any script raises."""
    for q in find_quotations(text):
        assert text[q.start : q.end] == q.text


def test_time_is_linear() -> None:
    """A hundred times the text takes no more than some hundred times the time: no mark is searched for twice."""
    small, large = "a ‘b \"c 'd\n" * 200, "a ‘b \"c 'd\n" * 20000

    assert seconds(lambda _: find_quotations(large)) < 1000 * max(seconds(lambda _: find_quotations(small)), 0.0005)
