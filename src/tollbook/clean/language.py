"""Which language a text is in, cheaply: by script, else by its share of function words.

A trained identifier was tried (py3langid 0.4): right as often on articles, but half a second to load and eager to name
a language for three words. Short or undecided texts give ``None``.
"""

from __future__ import annotations

import re
from collections import Counter

from tollbook import lexicon

_SAMPLE = 2000  # code points looked at; the first lines of an article are enough
_FEWEST = 20  # words below which nothing is said
_SHARE = 0.18  # function words that a language must know; running English has 0.35 and more
_LEAD = 1.2  # how much better than the next language
_SCRIPT_SHARE = 0.4
_ASCII_SHARE = 0.6  # above this no other script can be the text's own

_WORD = re.compile(r"[^\W\d_]+")
_KNOWN: dict[str, tuple[str, ...]] = {}
for _code, _list in lexicon.load("languages")["words"].items():
    for _word in set(_list):
        _KNOWN[_word] = (*_KNOWN.get(_word, ()), _code)
_SCRIPTS = {
    code: re.compile("[" + "".join(f"{chr(int(a, 16))}-{chr(int(b, 16))}" for a, b in ranges) + "]")
    for code, ranges in lexicon.load("languages")["scripts"].items()
}


def identify_language(text: str) -> str | None:
    """The ISO 639-1 code (``ckb`` has none of its own), or ``None`` for a short, mixed or unknown text.

    >>> identify_language("The strike killed two people, the ministry said, and it was the third in the city this week "
    ...                   "that had been reported by residents.")
    'en'
    >>> identify_language("Ten dead") is None
    True
    """
    sample = text[:_SAMPLE]
    if len(sample.encode("ascii", "ignore")) < _ASCII_SHARE * len(sample):
        script = _by_script(sample)
        if script:
            return script
    words = _WORD.findall(sample.lower())
    if len(words) < _FEWEST:
        return None
    known = Counter(code for word in words for code in _KNOWN.get(word, ()))
    if not known:
        return None
    (best, hits), *others = known.most_common(2)
    if hits < _SHARE * len(words) or (others and hits < _LEAD * others[0][1]):
        return None
    return best


def _by_script(sample: str) -> str | None:
    letters = sum(map(str.isalpha, sample))
    if letters < _FEWEST:
        return None
    shares = {code: len(pattern.findall(sample)) / letters for code, pattern in _SCRIPTS.items()}
    if shares["ja"] > 0.1 and shares["ja"] + shares["zh"] > _SCRIPT_SHARE:
        return "ja"
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] > _SCRIPT_SHARE else None
