"""The parser's word vectors in context, with less work than spaCy's own run of the same model.

The model (``Tok2Vec``: hashed embeddings of six features of a word, a mixing layer, four convolutions over a window of
three words) and its weights are spaCy's. What is saved: a mixed vector depends on nothing but the word, so it is made
once and kept; the mixing layer is multiplied into the embedding tables when the model is loaded; maximum and
normalisation run over whole arrays. The sums are the same in another order, so the vectors differ from spaCy's by some
10⁻⁶, and those of a word do not depend on what was read before.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.pipeline import Tok2Vec
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]

MOST_WORDS = 16_000  # kept, at 400 bytes each; beyond them all are forgotten
_PAD = 4  # empty rows around a sentence: one for each convolution, so that no sentence sees another
_KEY: list[int | str] = ["ORTH", "NORM", "SPACY"]  # what the features of a word in a sentence follow from


class UnknownShape(Exception):
    """The model is not built as this module expects; spaCy has to run it."""


class Vectors:
    """The vectors of sentences, for the ``tok2vec`` of a loaded pipeline. Raises ``UnknownShape``."""

    def __init__(self, component: Tok2Vec) -> None:
        model: Any = component.model
        self._ops: Any = model.ops
        try:
            self._read(model)
        except (KeyError, AttributeError, ValueError, IndexError) as error:
            raise UnknownShape(str(error)) from error
        self._rows: dict[tuple[int, int, int], int] = {}
        self._kept = np.empty((MOST_WORDS, self._width), dtype="float32")
        self._lock = Lock()

    def _read(self, model: Any) -> None:
        by_name: dict[str, list[Any]] = {}
        for node in model.walk():
            by_name.setdefault(node.name, []).append(node)
        embeds, maxouts, norms = by_name["hashembed"], by_name["maxout"], by_name["layernorm"]
        self._features: list[Any] = list(by_name["extract_features"][0].attrs["columns"])
        windows = by_name["expand_window"]
        self._width = width = maxouts[0].get_dim("nO")
        mixed = maxouts[0].get_dim("nI") == width * len(embeds) and len(embeds) == len(self._features)
        narrow = all(w.attrs["window_size"] == 1 for w in windows) and len(windows) == _PAD
        if len(maxouts) != len(norms) or len(maxouts) != _PAD + 1 or not mixed or not narrow:
            raise UnknownShape("another build of Tok2Vec")
        self._layers = [_Layer(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True)]
        mixer = self._layers[0].weights.reshape(len(embeds), width, -1)
        self._embeds = [(e.attrs["seed"], e.get_param("E") @ mixer[i]) for i, e in enumerate(embeds)]

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Sets ``tensor`` of each document, as the other components of the pipeline look for it."""
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        with self._lock:
            words = self._words(docs)
        places = np.concatenate([np.arange(len(doc)) + before for doc, before in zip(docs, _begins(docs), strict=True)])
        inner = np.zeros((len(words) + _PAD * (len(docs) + 1), self._width), dtype="float32")
        inner[places] = words
        window = np.zeros((len(inner), 3 * self._width), dtype="float32")
        for layer in self._layers[1:]:
            window[1:, : self._width] = inner[:-1]
            window[:, self._width : 2 * self._width] = inner
            window[:-1, 2 * self._width :] = inner[1:]
            inner += layer.normal(layer.highest(window @ layer.weights))
        for doc, before in zip(docs, _begins(docs), strict=True):
            doc.tensor = inner[before : before + len(doc)].copy()

    def _words(self, docs: Sequence[Doc]) -> Floats:
        """The mixed vector of every word, from those that are kept where it is known."""
        keys = [key for doc in docs for key in map(tuple, doc.to_array(_KEY).tolist())]
        new = {key: at for at, key in enumerate(keys) if key not in self._rows}
        if len(self._rows) + len(new) > MOST_WORDS:
            self._rows.clear()
            new = {key: at for at, key in enumerate(keys)}
            if len(new) > MOST_WORDS:
                return self._mix(docs, np.arange(len(keys)))
        if new:
            first = len(self._rows)
            self._kept[first : first + len(new)] = self._mix(docs, np.fromiter(new.values(), dtype="int64"))
            self._rows.update(zip(new, range(first, first + len(new)), strict=True))
        return self._kept[[self._rows[key] for key in keys]]

    def _mix(self, docs: Sequence[Doc], places: NDArray[np.int64]) -> Floats:
        features = np.concatenate([doc.to_array(self._features) for doc in docs])[places].astype("uint64")
        layer = self._layers[0]
        total: Any = 0
        for column, (seed, table) in enumerate(self._embeds):
            ids = self._ops.hash(np.ascontiguousarray(features[:, column]), seed) % len(table)
            found = self._ops.gather_add(table, ids)
            total = total + found
        return layer.normal(layer.highest(total))


class _Layer:
    """A maxout layer with its normalisation. ``weights``: inputs × (pieces × outputs)."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        outputs, pieces, inputs = maxout.get_param("W").shape
        self.pieces, self.outputs = pieces, outputs
        by_piece = maxout.get_param("W").transpose(1, 0, 2).reshape(pieces * outputs, inputs)
        self.weights: Floats = np.ascontiguousarray(by_piece.T)
        self.bias: Floats = maxout.get_param("b").T.reshape(-1)
        self.gain: Floats = norm.get_param("G")
        self.shift: Floats = norm.get_param("b")

    def highest(self, sums: Floats) -> Floats:
        """The highest of the pieces of each output."""
        sums += self.bias
        best = sums[:, : self.outputs]
        for piece in range(1, self.pieces):
            best = np.maximum(best, sums[:, piece * self.outputs : (piece + 1) * self.outputs])
        return best

    def normal(self, rows: Floats) -> Floats:
        """Each row with mean 0 and variance 1, scaled and shifted."""
        rows = rows - rows.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", rows, rows) / np.float32(self.outputs) + np.float32(1e-8)
        rows *= (spread ** np.float32(-0.5))[:, None]
        rows *= self.gain
        rows += self.shift
        return rows


def _begins(docs: Sequence[Doc]) -> list[int]:
    """The row at which each sentence begins."""
    found, at = [], _PAD
    for doc in docs:
        found.append(at)
        at += len(doc) + _PAD
    return found
