"""Our run of the parser's decisions: the same trees as spaCy's, whoever stands beside a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.golden import load
from tollbook.resources import nlp, transitions
from tollbook.resources.transitions import Transitions
from tollbook.resources.vectors import UnknownShape

SENTENCES = (
    "Five people were killed in the market of Ruvan on Monday, the health office said.",
    "No",
    "",
    "The army denied that its aircraft, which had been over the town since dawn, had struck the school.",
    "“It wasn't us,” he said; nobody else, he added, had been there. Ten died.",
)


def component() -> Any:
    return nlp.pipeline().get_pipe("parser")


def made(sentences: Any = SENTENCES) -> list[Any]:
    """Documents with the vectors that the parser starts from."""
    docs = [nlp.pipeline().make_doc(sentence) for sentence in sentences]
    nlp._quick()["tok2vec"].annotate(docs)
    return docs


def trees(docs: Any) -> list[Any]:
    return [[(token.dep_, token.head.i) for token in doc] for doc in docs]


def test_both_components_are_run_by_us():
    """Else the tests below would compare spaCy with itself, and nobody would see that it takes twice as long."""
    assert set(nlp._quick()) == {"tok2vec", "parser"}


def test_the_trees_are_those_of_spacy():
    own = made()
    Transitions(component()).annotate(own)
    assert trees(own) == trees(component().pipe(made()))


def test_the_trees_of_whole_reports_are_those_of_spacy():
    """Sums in another order may decide another way where two moves are as good to the seventh digit: one in a thousand
    sentences would be many."""
    sentences = [line for report in load("open")[::2] for line in report.get("text", "").split(". ") if line]
    own = list(nlp.parse(sentences))
    spacys = list(component().pipe(made([doc.text for doc in own])))
    different = sum(a != b for a, b in zip(trees(own), trees(spacys), strict=True))
    assert len(sentences) > 200
    assert different <= len(sentences) / 1000


def test_a_sentence_is_parsed_alike_alone_and_among_others():
    run = Transitions(component())
    together = made()
    run.annotate(together)
    for sentence, doc in zip(SENTENCES, together, strict=True):
        alone = made([sentence])
        run.annotate(alone)
        assert trees(alone) == trees([doc])


def test_many_words_are_parsed_some_at_a_time(monkeypatch):
    """So that memory does not grow with the sentences of a report; one sentence with more words goes by itself."""
    monkeypatch.setattr(transitions, "TOGETHER", 10)
    own = made()
    Transitions(component()).annotate(own)
    assert trees(own) == trees(component().pipe(made()))


def test_nothing_is_nothing():
    Transitions(component()).annotate([])
    Transitions(component()).annotate(made([""]))


def test_a_model_of_another_shape_is_left_to_spacy(monkeypatch):
    """Another build is run by spaCy itself, with the same parses."""
    wanted = trees(nlp.parse(SENTENCES))
    monkeypatch.setitem(component().cfg, "beam_width", 4)
    with pytest.raises(UnknownShape):
        Transitions(component())
    nlp._quick.cache_clear()
    try:
        assert set(nlp._quick()) == {"tok2vec"}
        monkeypatch.undo()
        assert trees(nlp.parse(SENTENCES)) == wanted
    finally:
        nlp._quick.cache_clear()
