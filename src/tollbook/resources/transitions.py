"""The parser's decisions, for several sentences at once, with less work than spaCy's own run of the same model.

The transition system, the words that a state looks at and the weights are spaCy's. spaCy 3.8 takes Python's global lock
once for each of the 64 hidden units of each decision, which is most of its time; here a decision of all sentences is a
few operations on whole arrays. The sums are the same in another order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tollbook.resources.vectors import UnknownShape

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.pipeline import DependencyParser
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]


TOGETHER = 2_000  # words: what they add to the hidden units takes 4 kB each, and beyond the processor's cache more time


class Transitions:
    """The dependencies of sentences, for the ``parser`` of a loaded pipeline. Raises ``UnknownShape``."""

    def __init__(self, component: DependencyParser) -> None:
        self._parser: Any = component
        try:
            self._read(self._parser.model)
        except (KeyError, AttributeError, ValueError, IndexError) as error:
            raise UnknownShape(str(error)) from error

    def _read(self, model: Any) -> None:
        from spacy.tokens import Doc

        names = [node.name for node in model.get_ref("tok2vec").walk()]
        if names[1:] != ["tok2vec-listener", "list2array", "linear"] or self._parser.cfg["beam_width"] != 1:
            raise UnknownShape("another build of the parser")
        narrow, lower, upper = model.get_ref("tok2vec").layers[-1], model.get_ref("lower"), model.get_ref("upper")
        if model.attrs["unseen_classes"] or lower.get_dim("nP") != 2:
            raise UnknownShape("another build of the parser")
        word = Doc(self._parser.vocab, words=["word"])
        word.tensor = np.zeros((1, narrow.get_dim("nI")), dtype="float32")
        self._step: Any = model.predict([word])  # tells which words a state looks at
        weights = lower.get_param("W")  # words looked at × hidden units × 2 pieces × inputs
        self._looked_at, self._hidden = weights.shape[:2]
        by_piece = weights.transpose(0, 2, 1, 3).reshape(-1, weights.shape[3])
        self._narrow: Floats = np.ascontiguousarray(narrow.get_param("W").T)
        self._lower: Floats = np.ascontiguousarray(by_piece.T)
        self._before: Floats = by_piece @ narrow.get_param("b")
        nobody = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        # Each state sums one row of each word it looks at: the bias of the sum goes into those of the first.
        bias = lower.get_param("b").T.reshape(-1)
        self._before[: len(bias)] += bias
        self._nobody: Floats = nobody.copy()
        self._nobody[: len(bias)] += bias
        self._upper: Floats = np.ascontiguousarray(upper.get_param("W").T)
        self._scores: Floats = upper.get_param("b")

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Sets heads and labels of each document; their ``tensor`` is what ``tok2vec`` made."""
        some: list[Doc] = []
        for doc in docs:
            if some and sum(map(len, some)) + len(doc) > TOGETHER:
                self._annotate(some)
                some = []
            if len(doc):
                some.append(doc)
        if some:
            self._annotate(some)

    def _annotate(self, docs: list[Doc]) -> None:
        states = self._parser.moves.init_batch(docs)
        rows = self._rows(np.concatenate([doc.tensor for doc in docs]))
        places = np.arange(self._looked_at, dtype="int32")[:, None]
        going = [state for state in states if not state.is_final()]
        while going:
            looked_at = (self._step.get_token_ids(going).T + 1) * self._looked_at + places
            sums = np.add.reduce(rows.take(looked_at, axis=0))
            hidden = np.maximum(sums[:, : self._hidden], sums[:, self._hidden :])
            scores = hidden @ self._upper
            scores += self._scores
            going = self._parser.transition_states(going, scores)
        self._parser.set_annotations(docs, states)

    def _rows(self, vectors: Floats) -> Floats:
        """What each word adds to the two pieces of the hidden units, for each place at which a state may look at it;
        first what a place adds that holds no word."""
        table = np.empty((len(vectors) + 1, self._lower.shape[1]), dtype="float32")
        np.matmul(vectors @ self._narrow, self._lower, out=table[1:])
        table[1:] += self._before
        table[0] = self._nobody
        return table.reshape(-1, 2 * self._hidden)
