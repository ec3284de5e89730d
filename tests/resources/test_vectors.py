"""Our run of the parser's first layers: the same vectors as spaCy's, whatever was read before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tollbook.resources import nlp, vectors
from tollbook.resources.vectors import UnknownShape, Vectors

SENTENCES = (
    "Five people were killed in the market of Ruvan on Monday, the health office said.",
    "No",
    "“It wasn't us,” he said.",
    "Ten",
    "Two  soldiers, one of them aged 19, died.",
)


def component() -> Any:
    return nlp.pipeline().get_pipe("tok2vec")


def docs(sentences=SENTENCES):
    return [nlp.pipeline().make_doc(sentence) for sentence in sentences]


def tensors(of: Vectors, sentences=SENTENCES):
    given = docs(sentences)
    of.annotate(given)
    return [doc.tensor for doc in given]


def test_the_vectors_are_those_of_spacy():
    """Beside one another, as in a batch, no sentence sees the next."""
    given = docs()
    for doc, found, alone in zip(given, tensors(Vectors(component())), component().predict(given), strict=True):
        assert found.shape == (len(doc), 96)
        assert np.abs(found - alone).max() < 1e-4


def test_what_was_read_before_changes_nothing():
    """To the bit: parses must not depend on the order of documents."""
    fresh, used = Vectors(component()), Vectors(component())
    tensors(used, SENTENCES[3:])
    tensors(used, ("The market closed at noon and the health office with it.",))
    for a, b in zip(tensors(fresh), tensors(used), strict=True):
        assert (a == b).all()


def test_words_beyond_the_most_are_forgotten_and_made_anew(monkeypatch):
    """With room for a few words only, fewer than a sentence has, the vectors are the same."""
    whole = tensors(Vectors(component()))
    for most in (20, 5):
        monkeypatch.setattr(vectors, "MOST_WORDS", most)
        small = Vectors(component())
        for sentence, wanted in zip(SENTENCES, whole, strict=True):
            assert np.abs(tensors(small, (sentence,))[0] - wanted).max() < 1e-4
            assert len(small._rows) <= most


def test_a_document_without_words_is_left_alone():
    """An empty line goes through the parser like any other."""
    assert [doc.text for doc in nlp.parse(["", "Two died."])] == ["", "Two died."]


def test_a_model_of_another_shape_is_left_to_spacy(monkeypatch):
    """Another build is run by spaCy itself, with the same parses."""
    wanted = [[t.dep_ for t in doc] for doc in nlp.parse(SENTENCES)]
    monkeypatch.setattr(vectors, "_PAD", 3)
    with pytest.raises(UnknownShape):
        Vectors(component())
    nlp._quick.cache_clear()
    try:
        assert "tok2vec" not in nlp._quick()
        assert [[t.dep_ for t in doc] for doc in nlp.parse(SENTENCES)] == wanted
    finally:
        nlp._quick.cache_clear()
