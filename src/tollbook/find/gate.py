"""Which passages can hold a claim: a cheap look at the words, so that only these are parsed.

A passage passes if it has a word of harm. Whether somebody was harmed is for the grammar to say; the gate only has
to be cheap and to lose nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tollbook import lexicon
from tollbook.find.harm import fates, wounds
from tollbook.lexicon.alternatives import either

_HARMS = lexicon.load("harms")
_FORMS = {w for harm in _HARMS.values() for key in ("object", "subject", "nouns", "adjectives") for w in harm[key]}


def _any(part: str, words: str) -> str:
    """One of the words of a list of grammar.toml."""
    return rf"(?:{'|'.join(map(re.escape, lexicon.load('grammar')[part][words]))})\b"


def _words(most: int) -> str:
    """So many words at most between two."""
    return rf"(?:\W+\w+){{0,{most}}}?\W+"


# Beside the listed words: what the idioms of harms.py hang on ("claimed the lives", "fell martyr", "bodies were found",
# "taken hostage") and censored spellings ("ki*led", "k1lled").
_EXTRA = [
    "bodies",
    "body",
    "casualt",
    "corpses?",
    "coffins",
    "cut by",
    "bury",
    "losses",
    "loss of",
    "the fallen",
    r"names of (?:at least |more than |about |some )?\d",
    r"with (?:\w+ ){0,2}burns",
    "shrapnel",
    r"claim(?:ed|s|ing) (?:(?:around|about|over|at least|some|nearly|almost|more than|up to) )?\d",
    r"claim(?:ed|s|ing) (?:two|three|four|five|six|seven|eight|nine|ten|another|hundreds|dozens|scores|thousands)\b",
    r"(?:are|is|remain|remained|remains|still|were) in (?:a |the )?(?:\w+ ){0,3}?(?:clinic|hospital|medical cent)",
    "amputate",
    r"cost\b[^.;]{0,40}? (?:civilians|fighters|lives|men|officers|soldiers|troops)\b",
    "tore (?:off|into)",
    r"(?:crushed|mangled|shattered|torn)",
    r"had (?:his|her|their) (?:arm|leg|hand|foot|feet|eye)s?\b",
    "throats?",
    "severed",
    r"blown off",
    "ripped off",
    "seizure",
    r"drag(?:ged|ging)",
    r"held by\b",
    "by force",
    r"(?:taken|taking|took)\b[^.;]{0,60}? with them\b",
    "at gunpoint",
    "no trace of",
    "whereabouts of",
    r"been (?:seen|heard)\b[^.]{0,20}? since\b",
    "marched off",
    r"sp(?:eaks?|oke|oken) of\b",
    r"(?:count|figure|number|tally) (?:now )?st(?:ands|ood) at\b",
    r"arriv(?:ed|es) at \d",
    "carried away",
    "captive",
    "exodus",
    "(?:in|into) (?:detention|exile|jail|prison)",
    "treated for",
    r"(?:camped|sheltering|sleeping|staying) (?:around|at|in|with)\b",
    r"living in (?:camps|schools|shelters|tents|the (?:bush|forest|open))\b",
    "living with host",
    r"(?:left|leave|leaving) (?:the|their) (?:\w+ ){0,2}(?:area|camp|city|district|quarter|town|village)s?\b",
    r"(?:left|leave|leaving)\b[^.]{0,60}?"
    r"(?:airstrike|assault|attacks?|bombing|clashes|fighting|massacre|offensive|raids?|shelling|strikes?|violence|war)\b",
    r"crossed (?:into|the border)\b",
    r"(?:had|have) entered\b",
    r"arrived (?:in|at)\b[^.]{0,60}?(?:clashes|fighting|flee|offensive|shelling|violence|war)\b",
    r"crossed\b[^.]{0,60}?(?:clashes|escape|fighting|flee|offensive|shelling|violence|war)\b",
    r"(?:fighting|flee\w*|offensive|shelling|violence|clashes)\b[^.]{0,60}?\b(?:arrived|crossed)\b",
    r"(?:caus|forc|push|compell)(?:ed|ing)\b[^.]{0,50}? to (?:abandon|evacuate|flee|leave|move)\b",
    r"among them (?:are|is|was|were)\b",
    r"among th[eo]se (?:are|is|was|were)\b",
    r"of them (?:are|is|was|were)\b",
    r"of th[eo]se (?:are|is|was|were)\b",
    r"were (?:\w+ )?(?:babies|boys|children|civilians|girls|men|minors|policemen|pupils|soldiers|students|women)\b",
    r"of (?:them|these|those), ",
    r"of the (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) was\b",
    r"fell(?:[,.;]| (?:and|at|during|in|on|there|while)\b)",
    r"(?:had|has|have) fallen\b",
    r"(?:received|suffer|suffered|suffering|sustained) (?:\w+ ){0,3}burns",
    "skulls",
    "custody",
    "fatal(?:ly)?",
    "killers of",
    "murderers of",
    "hostages?",
    r"life\b",
    r"lives\b",
    rf"lost(?!{_words(4)}{_any('gate', 'lost_things')})",
    "martyr",
    "neutrali[sz]\\w+",
    "remains",
    "rounded",
    "toll",
    "unharmed",
    "unhurt",
    "victims?",
    "refugees",
    "idps",
    "expelled",
    "evacuated",
    "seized",
    "blew",
    "perpetrators?",
    "being treated",
    "tak(?:en|es|ing) (?:out|down)",
    "wip\\w+ out",
    "took (?:out|down)",
    r"hospitals?\b",
    r"condition\b",
    *(rf"{re.escape(phrase)}\b" for phrase in sorted(fates.gate_phrases())),
    "gunshots?",
    "bullets?",
    "grazed?",
    "grazing",
    r"(?:double|triple|quadruple|quintuple|sextuple)[ -]homicide",
    "hitting",
    "hit in",
    "striking",
    "recovering",
    "buried",
    "broken",
    "fractured",
    "gun on",
    "from their homes",
    "carried off",
    "(?:led|spirited|taken|taking|took|whisked) away",
    r"no word (?:about|from|of|on)\b",
    r"(?:not|n['’]t|never) been found\b",
    r"yet to be found\b",
    "k[i1!*][l1!*]{1,2}ed",
    "beaten",
    "bludgeoned",
    "hacked",
    "burnt",
    "struck",
    "hit by",
]
# "The shooting happened at dawn", of which reports are full, harms nobody: nothing behind it can be its object.
_NO_OBJECT = (
    r"(?!\s*(?:[.,;:!?|)\]\"'“”‘’–—-]|\Z)|"
    r"\s+(?:after|also|and|appear(?:ed|s)|as|at(?!\s+least)|attacks?|back|because|before|began|broke|but|came|could|did|"
    r"during|for|from|ha[ds]|happened|have|if|in|incidents?|inside|into|investigation|is|it|may|might|near|occurred|on|or|"
    r"outside|range|scene|spree|started|suspects?|than|that|took|to|unfolded|until|was|were|when|where|which|while|who|"
    r"will|with|within|would)\b)"
)
_LISTED = sorted(_FORMS - {"shoot", "shooting"})
_ALL = [
    *(rf"{re.escape(word)}(?![^\W_])" for word in _LISTED),
    "shoot(?!ing)",
    f"shooting{_NO_OBJECT}",
    *fates.gate_patterns(),
    *_EXTRA,
]
# Matched against lower case: a third of the time that ignoring case takes. Every one begins with a letter: saying so
# first spares all the rest of a text (a page of quotation marks, 40 times).
_HARM = re.compile(rf"(?<![^\W_])(?=[a-z]){either(_ALL, depth=6)}")


# "Life", "hospital" and the like are words of harm beside others only. These are looked for where one of them stands:
# as parts of the pattern they would be looked for behind every "take", "good" and "brought".
_TAKEN = re.compile(rf"\b(?:{_any('idioms', 'take_lives')}|los(?:e|es|ing|s|t)\b|laid\b)")
_WERE_LOST = re.compile(r" (?:were lost|have been)\b")
_STATES = re.compile(rf"\b{_any('wounds', 'conditions')}{_words(4)}\Z")
_BROUGHT = re.compile(rf"\b(?:{'|'.join(sorted(wounds.BROUGHT))})\b[^;]*\Z")
_OF_WHOM = re.compile(rf" of\b(?: anonymity\b|{_words(8)}{_any('wounds', 'conditions')})")  # who tells, or of whom


def can_hold_claim(passage: str) -> bool:
    """Whether a passage has a word that can state harm to people.

    >>> can_hold_claim("The strike left five dead."), can_hold_claim("Talks were held in Astana in May.")
    (True, False)
    """
    return next(_harms(passage), None) is not None


def count_harms(passage: str) -> int:
    """How many such words a passage has.

    >>> count_harms("Two were killed and five wounded."), count_harms("Talks were held.")
    (2, 0)
    """
    return sum(1 for _ in _harms(passage))


def _harms(passage: str) -> Iterator[re.Match[str]]:
    low = passage.lower()
    return (word for word in _HARM.finditer(low) if word[0] not in _BESIDE or _BESIDE[word[0]](low, *word.span()))


def _is_taken(low: str, start: int, end: int) -> bool:
    return _TAKEN.search(low, max(0, start - 100), start) is not None or _WERE_LOST.match(low, end) is not None


def _is_state(low: str, start: int, end: int) -> bool:
    return _STATES.search(low[max(0, start - 60) : start]) is not None or _OF_WHOM.match(low, end) is not None


def _is_brought(low: str, start: int, end: int) -> bool:
    return _BROUGHT.search(low[max(0, start - 130) : start]) is not None


def _behind(verbs: Iterable[str]) -> Callable[[str, int, int], bool]:
    verb = re.compile(rf"\b(?:{'|'.join(sorted(verbs))})\W+(?:\w+\W+){{0,5}}?\Z")
    return lambda low, start, end: verb.search(low[max(0, start - 80) : start]) is not None


_BESIDE = {
    "life": _is_taken,
    "lives": _is_taken,
    "condition": _is_state,
    "hospital": _is_brought,
    "hospitals": _is_brought,
    **{phrase: _behind(verbs) for phrase, verbs in fates.gate_phrases().items() if phrase not in _FORMS},
}
