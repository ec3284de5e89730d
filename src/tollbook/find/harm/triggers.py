"""Words of harm where they stand: which harm each states, if any, and which share their victims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tollbook import lexicon
from tollbook.find.grammar.arguments import is_passive, people_beside
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.sentences import Sentence
from tollbook.records import Harm

_WORDS = lexicon.load("grammar")["harms"]
HARMS: tuple[Harm, ...] = ("killed", "injured", "missing", "abducted", "displaced", "detained", "casualties")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of harm: its token, and which of the lexicon's lists it stands in."""

    token: int
    harm: Harm
    roles: frozenset[str]


@cache
def _table() -> dict[str, tuple[Harm, frozenset[str]]]:
    table: dict[str, tuple[Harm, frozenset[str]]] = {}
    for harm in reversed(HARMS):
        for role, forms in lexicon.load("harms")[harm].items():
            for form in forms:
                known = table.get(form)
                table[form] = (harm, (known[1] if known and known[0] == harm else frozenset()) | {role})
    return table


def triggers(s: Sentence) -> list[Trigger]:
    found: list[Trigger] = []
    table = _table()
    for i, word in enumerate(s.words):
        entry = table.get(word)
        if entry is None:
            continue
        harm, roles = entry
        kind = _harm_in_context(s, i, harm)
        if kind is not None:
            found.append(Trigger(i, kind, roles))
    return _merge_pairs(s, found)


def _for_a_crime(s: Sentence, i: int) -> bool:
    """ "arrested on suspicion of murder": a court matter, no harm of the conflict."""
    after = s.words[i + 1 : i + 9]
    if "suspicion" not in after:
        return False
    return any(w in _CRIMES for w in s.words[i + 1 : i + 14])


def of_a_disease(s: Sentence, i: int) -> bool:
    """ "A girl, 16, dies from an asthma attack", "is recovering from pneumonia": no violence, whatever else is told."""
    if s.words[i + 1 : i + 2] not in (("of",), ("from",), ("for",), ("with",), ("after",)):
        return False
    for k in range(i + 2, min(len(s.words), i + 6)):
        if s.tags[k][:2] not in ("NN", "JJ", "DT") and s.tags[k] != "PRP$":
            return False
        if s.words[k] in _DISEASES or s.words[k : k + 2] in _CAUSES:
            return True
    return False


_DEADLY = frozenset([
    "assassination", "assassinations", "execution", "executions", "killing", "killings", "massacre", "massacres",
    "murder", "murders",
])  # fmt: skip
_DISEASES: frozenset[str] = frozenset(_WORDS["diseases"])
_CAUSES = frozenset(tuple(pair.split()) for pair in _WORDS["natural_causes"])
_CRIMES: frozenset[str] = frozenset(_WORDS["crimes"])
_ONLY_TO_DEATH: frozenset[str] = frozenset(_WORDS["only_to_death"])


_TO_DEATH = _ONLY_TO_DEATH | frozenset(["shot", "stabbed", "shooting", "stabbing", "shoot", "stab", "burned"])


_NOUN_BEFORE: frozenset[str] = frozenset(_WORDS["noun_before"])


def _harm_in_context(s: Sentence, i: int, harm: Harm) -> Harm | None:
    """The harm that a word states where it stands; ``None`` where it states none ("death penalty", "shot at")."""
    word, tag = s.words[i], s.tags[i]
    after = s.words[i + 1 : i + 4]
    before = s.words[max(0, i - 3) : i]
    if word in ("kia", "wia") and (not s.doc[i].text.isupper() or not count_before(s, i)):
        return None  # a car
    if word == "burned" and after[:2] == ("-", "out"):
        return None  # "three burned-out houses"
    if harm == "injured" and any(w in ("fatally", "mortally") for w in before[-2:]):
        return "killed"
    if word == "victims" and (after[:1] == ("buried",) or after[:1] == ("of",) and not _DEADLY.isdisjoint(after[1:])):
        return "killed"  # "four villagers were victims of executions"
    if word == "displaced" and (before[:2] == ("according", "to") or not _SAID.isdisjoint(before[-2:-1])):
        return None  # "said five displaced women": those who tell of it
    if "attempted" in before[-1:]:
        return None  # "the attempted murder of two guards"
    if harm == "detained" and _for_a_crime(s, i):
        return None
    if (harm == "killed" and word[:2] == "di" or word[:9] == "hospitali") and of_a_disease(s, i):
        return None
    if word in _TO_DEATH:
        if "dead" in after[:2] or tuple(after[:2]) == ("to", "death") or "fatally" in after[:1]:
            return "killed"
        if "death" in after and "to" in after or _dead_after(s, i) or _to_death_after(s, i):
            return "killed"
        if s.words[i + 1 : i + 2] == ("alive",):
            return "killed"
        if word in _ONLY_TO_DEATH:
            return None
        if word in ("shooting", "stabbing") and (
            s.words[max(0, i - 1)] in _NOUN_BEFORE
            or s.tags[max(0, i - 1)] in ("JJ", "POS", "NN", "NNP", "IN")
            and s.child(i, "dobj") is None
        ):
            return None
        if (
            tag in ("NN", "NNS", "JJ")
            and word in ("shot", "shooting", "stabbing")
            and not count_before(s, i)
            and people_beside(s, i) is None
        ):
            return None
        if after[:1] == ("back",):
            return None  # "the spokesman shot back that it was a lie"
        if after[:1] == ("down",):
            return "killed" if "aircraft" not in s.words else None
        if after[:1] in (("at",), ("into",)) and (
            not is_passive(s, i) and tag != "VBN" or after[1:2] in (("by",), (".",), (",",))
        ):
            return None  # "shot at them", "were shot at by"; but "was shot at a party"
        if "and" in after[:1] and after[1:2] and after[1] in ("killed", "wounded", "injured", "killing", "wounding"):
            return None
    if word in ("dead", "deceased") and "declared" not in before and (tag == "NN" and "the" in before[-1:]):
        return None
    if (
        word in ("wounded", "injured", "dead", "killed", "missing", "displaced", "wounds")
        and (before[-1:] in (("the",), ("their",), ("his",)) or _the_two(before))
        and not (i + 1 < len(s.tags) and s.tags[i + 1][:2] == "NN")
    ):
        return None
    if word in ("wound", "wounds") and tag in ("NN", "NNS") and not _wounds_next(s, i):
        return None
    if (
        word in ("death", "murder", "killing", "execution")
        and after[:1]
        and after[0]
        in (
            "penalty",
            "squad",
            "squads",
            "threat",
            "threats",
            "row",
            "sentence",
            "sentences",
            "charge",
            "charges",
            "toll",
            "trial",
            "case",
            "investigation",
            "spree",
            "fields",
        )
    ):
        return None
    if (
        word in ("executed", "execute", "executing", "executes")
        and after[:2]
        and any(
            w in ("plan", "order", "orders", "attack", "strike", "operation", "warrant", "will", "search")
            for w in after
        )
    ):
        return None
    return harm


_SAID = frozenset(["added", "recalled", "said", "say", "says"])


def _wounds_next(s: Sentence, i: int) -> bool:
    """ "…, wound 30", "…, wound baker" in a headline: a verb that the parser takes for a noun."""
    counted = any(a == i + 1 for a, _, _ in s.counts)
    return counted or s.words[i - 1] == "," and i + 1 < len(s.words) and person_noun(s.words[i + 1]) is not None


def _the_two(before: Sequence[str]) -> bool:
    """ "A split of the dead and injured": the second of two that are taken as known."""
    return len(before) == 3 and before[0] == "the" and before[1] in _table() and before[2] in ("and", "or")


def _to_death_after(s: Sentence, i: int) -> bool:
    """ "hacked two of the villagers to death": the verb's own people stand between."""
    for k in range(i + 1, min(len(s.words) - 1, i + 8)):
        if s.words[k] in (",", ";", "and"):
            return False
        if s.words[k : k + 2] == ("to", "death"):
            return True
    return False


def _dead_after(s: Sentence, i: int) -> bool:
    """ "shot four of them dead"; not "eight men shot, two dead"."""
    dead = next((k for k in range(i + 1, min(len(s.words), i + 7)) if s.words[k] == "dead"), None)
    if dead is None or "," in s.words[i:dead]:
        return False
    near = all(s.tags[k][:2] in ("NN", "PR", "CD", "DT", "JJ", "HY") or s.words[k] == "of" for k in range(i + 1, dead))
    return near or dead in s.children[i]


def _merge_pairs(s: Sentence, triggers: list[Trigger]) -> list[Trigger]:
    """ "killed or wounded five", "killed and injured", "dead and wounded": one number for both is `casualties`."""
    merged: list[Trigger] = []
    skip: set[int] = set()
    by_token = {t.token: t for t in triggers}
    for t in triggers:
        if t.token in skip:
            continue
        other, third = None, _three(s, t, by_token)
        if third is not None:
            merged.append(Trigger(t.token, "casualties", t.roles | {"object"}))
            skip.update(third)
            continue
        for gap in (2, 3):
            joint = s.words[t.token + 1 : t.token + gap]
            if joint and set(joint) <= {"or", "and", "/", "either", "and/or"}:
                other = by_token.get(t.token + gap)
                if other is not None:
                    break
        if other is not None and count_before(s, t.token) and _own_object(s, other.token):
            merged.append(t)  # "left three dead and injured another"
        elif (
            other is not None
            and {t.harm, other.harm} == {"killed", "injured"}
            and _share_victims(s, t.token, other.token)
        ):
            merged.append(
                Trigger(
                    other.token if not _left_has_victims(s, t.token) else t.token,
                    "casualties",
                    t.roles & other.roles | {"object"},
                )
            )
            skip.add(other.token)
        elif other is not None and other.harm == t.harm and t.roles & other.roles and "nouns" not in t.roles:
            merged.append(other if not is_passive(s, t.token) else t)
            skip.add(other.token)
        else:
            merged.append(t)
    return merged


def _three(s: Sentence, t: Trigger, by_token: dict[int, Trigger]) -> tuple[int, int] | None:
    """ "Left hundreds dead, wounded or homeless": one number for all three; where the two words after this stand."""
    if s.words[t.token + 1 : t.token + 2] != (",",) or not count_before(s, t.token):
        return None
    second = by_token.get(t.token + 2)
    at = t.token + 3 + (s.words[t.token + 3 : t.token + 4] == (",",))
    third = by_token.get(at + 1)
    if second is None or third is None or s.words[at] not in ("and", "or") or _own_object(s, third.token):
        return None
    return (second.token, third.token) if {t.harm, second.harm} == {"killed", "injured"} else None


def _own_object(s: Sentence, i: int) -> bool:
    return i + 1 < len(s.words) and (s.tags[i + 1] in ("CD", "DT", "PRP$") or any(a == i + 1 for a, _, _ in s.counts))


def _share_victims(s: Sentence, a: int, b: int) -> bool:
    """No number stands between the two words, and not one on either side ("10 killed and 20 wounded")."""
    return not any(a < first < b for first, _, _ in s.counts)


def _left_has_victims(s: Sentence, i: int) -> bool:
    return is_passive(s, i) or any(last == i - 1 for _, last, _ in s.counts)


_MORE = frozenset(["more", "others", "other"])


def count_before(s: Sentence, i: int) -> bool:
    """Whether a number stands right before a word, or with "more" between: "32 more hurt"."""
    end = i - 2 if s.words[max(0, i - 1)] in _MORE else i - 1
    return any(last in (end, i - 1) for _, last, _ in s.counts)
