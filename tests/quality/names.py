"""When two names mean one thing: parties, speakers, places.

A label says "Russia" where a report says "Russian forces"; both are right. Names are folded to plain words, a state's
army is the state, and a report can list names of its own that are equally right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_IDLE = frozenset(
    [
        "the",
        "a",
        "an",
        "al",
        "el",
        "ar",
        "as",
        "ash",
        "of",
        "in",
        "s",
        "led",
        "city",
        "town",
        "village",
        "district",
        "province",
        "region",
    ]
)
# A state's own arms: "Russian air force", "Myanmar junta". Not "militia", "rebels", "police": these are parties apart.
_ARMS = frozenset(
    [
        "army",
        "military",
        "forces",
        "force",
        "armed",
        "air",
        "aviation",
        "troops",
        "soldiers",
        "government",
        "regime",
        "junta",
        "aircraft",
        "jets",
        "warplanes",
        "planes",
        "helicopter",
        "helicopters",
        "artillery",
        "occupation",
        "aggression",
    ]
)
_KNOWN: tuple[tuple[str, ...], ...] = (
    ("islamic state", "is", "isis", "isil", "daesh", "islamic state group", "is group"),
    ("united states", "pentagon", "centcom", "us central command"),
    ("united kingdom", "raf", "royal air force"),
    ("israel", "idf", "israel defense forces"),
    ("us led coalition", "coalition", "international coalition", "global coalition"),
    ("saudi led coalition", "saudi coalition", "arab coalition"),
    ("syrian observatory for human rights", "sohr", "the observatory"),
    ("syrian democratic forces", "sdf", "qsd"),
    ("kurdistan workers party", "pkk"),
    ("rapid support forces", "rsf"),
    ("houthis", "houthi", "ansar allah", "houthi rebels", "houthi movement"),
    ("farabundo marti national liberation front", "fmln"),
    ("irish republican army", "ira", "provisional ira"),
    ("ulster volunteer force", "uvf"),
    ("allied democratic forces", "adf"),
    ("national liberation army", "eln"),
    ("revolutionary armed forces of colombia", "farc"),
    ("al shabaab", "shabaab", "al shabab", "shebab"),
    ("taliban", "taleban"),
)


def fold(name: str | None) -> str:
    """Lower case, no accents, only letters and digits: ``fold("Al-Ḥasakah, U.S.") == "al hasakah u s"``."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def _states() -> dict[str, str]:
    """Adjective → state, both folded; names of two words and more are written as one word."""
    found = {}
    for line in _DEMONYMS.strip().splitlines():
        state, _, adjectives = line.partition(":")
        for adjective in adjectives.split(","):
            found[fold(adjective)] = fold(state)
    return found


_DEMONYMS = """
Afghanistan: Afghan
Algeria: Algerian
Azerbaijan: Azerbaijani, Azeri
Colombia: Colombian
El Salvador: Salvadoran, Salvadorean
Eritrea: Eritrean
Ethiopia: Ethiopian
France: French
Iraq: Iraqi
Iran: Iranian
Israel: Israeli
Kenya: Kenyan
Lebanon: Lebanese
Mali: Malian
Mexico: Mexican
Myanmar: Burmese, Burma
Nigeria: Nigerian
Pakistan: Pakistani
Philippines: Philippine, Filipino
Russia: Russian
Rwanda: Rwandan
Saudi Arabia: Saudi
Somalia: Somali
Sri Lanka: Sri Lankan
Sudan: Sudanese
Syria: Syrian
Turkey: Turkish, Turkiye
Uganda: Ugandan
Ukraine: Ukrainian
United Kingdom: British, Britain, UK
United States: American, America, US, USA
Yemen: Yemeni
"""
_STATES = _states()
_NAMES = frozenset(_STATES.values())
_SAME = {name: group[0] for group in _KNOWN for name in group}

_SPELLINGS = tuple(
    (re.compile(rf"\b{pattern}\b"), word)
    for pattern, word in (("u s", "us"), ("u n", "un"), ("u k", "uk"), ("defence", "defense"), ("centre", "center"))
)


def canonical(name: str) -> str:
    """One form for the names of one thing: ``canonical("the Russian air force") == "russia"``."""
    plain = re.sub(r"^the ", "", fold(name))
    for pattern, word in _SPELLINGS:
        plain = pattern.sub(word, plain)
    plain = _SAME.get(plain, plain)
    for adjective, state in _STATES.items():
        plain = re.sub(rf"\b{adjective}\b", state, plain)
    for state in _NAMES:
        if state in plain and not set(plain.replace(state, " ").split()) - _ARMS - _IDLE:
            return state
    return plain


def alike(one: str, other: str, groups: Iterable[Sequence[str]] = (), loose: bool = True) -> bool:
    """One name for one thing: equal in canonical form, in one group, or the shorter's words all in the longer.

    ``loose`` lets two words agree on four letters ("Avdiivka", "Avdeevka"): for places, not for parties.
    """
    a, b = canonical(one), canonical(other)
    if a == b:
        return True
    for group in groups:
        members = {canonical(name) for name in group}
        if a in members and b in members:
            return True
    x, y = set(a.split()) - _IDLE, set(b.split()) - _IDLE
    if not x or not y or (not loose and (a in _NAMES or b in _NAMES)):  # Turkey is not "Turkish-backed mercenaries"
        return False
    small, large = sorted((x, y), key=len)
    return all(any(_one_word(w, v, loose) for v in large) for w in small)


def _one_word(one: str, other: str, loose: bool) -> bool:
    near = len(one) > 3 and len(other) > 3 and one[:4] == other[:4] and abs(len(one) - len(other)) < 4
    return one == other or (loose and near)
