"""Is the harm asserted, doubted, only imagined, denied or taken back? And is it a harm at all?"""

from __future__ import annotations

import re

from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.harms import Finding
from tollbook.records import Stance

_DENY = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:ed|s|ing)?|refut(?:ed|es|ing)|dismiss(?:ed|es|ing)?|disput(?:ed|es|ing))\b",
    re.IGNORECASE,
)
_DOUBT_WORDS = frozenset(
    [
        "possible",
        "possibly",
        "potential",
        "potentially",
        "alleged",
        "unconfirmed",
        "unverified",
        "suspected",
        "purported",
        "feared",
        "rumours",
        "rumors",
        "possibility",
    ]
)
_RETRACT = re.compile(
    r"\b(?:retract(?:ed|s|ing)?|"
    r"withdr(?:aw|aws|ew|awing|awn) (?:an?|his|her|its|the|their) (?:\w+ ){0,2}?(?:claim|count|figure|report|statement|"
    r"story|toll)s?|"
    r"(?:claim|count|figure|report|statement|story|toll)\b[^.;]{0,50}\bha(?:s|d|ve) (?:since )?(?:been )?withdrawn|"
    r"(?:earlier|previous) version of (?:this|the) (?:article|post|report|story)|"
    r"(?<!had )previously (?:published|reported|stated|announced|said)|earlier (?:figure|report|toll|"
    r"version)s?\b.{0,60}\b(?:wrong|incorrect|mistaken|error)|corrected (?:its|the|an)|in error\b)",
    re.IGNORECASE,
)
_IRREALIS = frozenset(["could", "would", "will", "wo", "'ll", "'d", "shall", "should"])
_PLAN = frozenset(
    [
        "threaten",
        "threatened",
        "threatens",
        "threatening",
        "plan",
        "planned",
        "planning",
        "plotting",
        "plotted",
        "plot",
        "plots",
        "vowed",
        "vow",
        "vows",
        "tried",
        "trying",
        "attempted",
        "attempt",
        "attempting",
        "attempts",
        "want",
        "wanted",
        "wants",
        "aim",
        "aimed",
        "aims",
        "aiming",
        "order",
        "ordered",
        "intended",
        "intent",
        "intend",
        "conspired",
        "conspiracy",
        "conspiring",
        "going",
        "able",
        "need",
        "failed",
        "seek",
        "sought",
        "refused",
        "ready",
        "willing",
        "authorized",
        "try",
        "about",
        "prepared",
        "preparing",
        "urged",
        "likely",
        "enough",
        "license",
        "designed",
        "mission",
        "right",
    ]
)
_IF = frozenset(["if", "unless", "whether", "lest"])

_DOUBTED = frozenset(
    [
        "israeli",
        "turkish",
        "russian",
        "us",
        "u.s.",
        "american",
        "drone",
        "air",
        "airstrike",
        "members",
        "militants",
        "fighters",
        "militant",
        "terrorist",
        "terrorists",
        "jihadist",
        "jihadists",
        "suicide",
        "rebels",
        "rebel",
        "gunman",
        "islamist",
        "islamists",
        "extremists",
        "insurgents",
        "gunmen",
        "attack",
        "strike",
    ]
)


# "killed eight, not 19"
_NOT_BEFORE = re.compile(r"(?:,|\bkilled|\bwounded|\binjured)\s+(?:and )?not (?:the )?\Z", re.IGNORECASE)
_CORRECTS = re.compile(r"\b(?:correct(?:ion|ed|s|ing)|clarif\w+|revis\w+|amend\w+)\b", re.IGNORECASE)
# "The claim that eight died is false."
_FALSE = re.compile(
    r"\b(?:accusation|allegation|assertion|claim|report|rumou?r|statement)s?\b[^.;]{0,160}\b(?:is|are|was|were) "
    r"(?:\w+ly |all )?(?:a lie|baseless|fabricated|false|fiction|invented|lies|not true|unfounded|untrue)\b|"
    r", an? (?:assertion|claim|count|figure|number|report|toll) (?:that )?(?:[\w'’-]+ ){0,6}?"
    r"(?:called (?:a lie|baseless|false|propaganda|untrue)|denied|denies|deny|dismissed|disputed|rejected)\b",
    re.IGNORECASE,
)
# Before the harm: "unconfirmed reports that", "looking into the report that", "could not confirm that".
_DOUBT = re.compile(
    r"\b(?:unconfirmed|unverified) (?:\w+ )?(?:accounts?|claims?|information|reports?)\b|"
    r"\b(?:look(?:s|ed|ing)? into|assess(?:es|ed|ing)|examin(?:es|ed|ing)|investigat(?:es|ed|ing)|review(?:s|ed|ing)|"
    r"aware of) (?:the |an? |any |some )?(?:\w+ )?(?:allegations?|claims?|possibility|reports?)\b|"
    r"\b(?:could|can|did|was|were|are|is|been)(?: not|n['’]t) (?:yet )?(?:been )?(?:immediately |independently )?"
    r"(?:able to )?(?:certain|clear|confident|confirm|sure|verif)\w*"
    r"(?: \w+){0,2}? (?:reports?|claims?|that|they|it|of)\b|"
    r"\b(?:the )?possibility (?:that|of)\b|"
    r"\b(?:impossible|no way|not possible) to (?:immediately |independently )?(?:confirm|establish|verify)\b",
    re.IGNORECASE,
)


# "Rejected that 60 had died, putting the number at 12", "denied the raid and said that shells had killed 12": what
# comes then is his own.
_TURNS = re.compile(
    r"\b(?:den(?:ied|ies|y|ying)|reject(?:ed|ing|s)?)\b.*"
    r"(?:, (?:adding|insisting|maintaining|putting|repeating|saying)\b|"
    r" and (?:\w+ )?(?:added|claimed|insisted|maintained|said|says)\b)"
)


def stance_of(finding: Finding, denied_by_cue: bool) -> Stance:
    """The stance in which the passage states the harm.

    ``denied_by_cue``: the words stand in what somebody is said to deny.
    """
    s, i = finding.sentence, finding.trigger
    text, at = s.passage.text, finding.count.start - s.passage.start
    if _NOT_BEFORE.search(text[max(0, at - 30) : at]):
        return "retracted" if _CORRECTS.search(text) else "denied"
    if _RETRACT.search(text):
        return "retracted"
    if finding.count.high != 0 and _FALSE.search(text):
        return "denied"
    if finding.count.high != 0 and (denied_by_cue or _denied(s, i)) and not _TURNS.search(text, 0, at):
        return "denied"
    lead = s.words[max(0, i - 6) : i]
    auxiliaries = [s.words[c] for c in s.children[i] if s.deps[c] == "aux" and c < i] + [
        w for w in lead[-3:] if s.tags[i][0] == "V"
    ]
    if any(w in ("may", "might") for w in auxiliaries) or ("could" in auxiliaries and "have" in auxiliaries):
        return "questioned"
    start = finding.phrase.first if finding.phrase else i
    near = s.words[max(0, min(i, start) - 3) : max(i, start) + 1]
    first = max(0, min(i, start) - 3)
    if any(w in _DOUBT_WORDS and _of_the_harm(s, first + k, i) for k, w in enumerate(near)) and not _names_the_event(
        s, near
    ):
        return "questioned"
    doubt = _DOUBT.search(
        text[max(0, min(at, s.start(i) - s.passage.start) - 110) : max(at, s.start(i) - s.passage.start)]
    )
    if doubt and ";" not in text[:at][-110:][doubt.end() :]:
        return "questioned"
    if ("whether" in s.words[max(0, i - 14) : i] and not _is_known(s, i)) or _not_sure(s, i):
        return "questioned"
    if any(w in _IRREALIS for w in auxiliaries) and "been" not in lead[-2:]:
        return "hypothetical"
    if any(w in _IF for w in s.words[max(0, i - 8) : i]) and s.tags[i] in ("VB", "VBP", "VBZ"):
        return "hypothetical"
    if _infinitive(s, i):
        return "hypothetical"
    return "asserted"


def _denied(s: Sentence, i: int) -> bool:
    """ "denied killing", "denied that its strike killed": the denial governs the harm within the passage."""
    k = i
    beside = False  # "denied responsibility and said ... were killed": the second verb is not what is denied
    for _ in range(8):
        if _DENY.fullmatch(s.words[k]) and k != i and k < i and not beside:
            return True
        if s.heads[k] == k:
            break
        beside = s.deps[k] == "conj"
        k = s.heads[k]
    return False


def _is_known(s: Sentence, i: int) -> bool:
    """ "Police asked whether it had to do with the killing of four herders": that they were killed is not asked."""
    return s.words[i - 1 : i + 2 : 2] == ("the", "of")


def _not_sure(s: Sentence, i: int) -> bool:
    k = i
    for _ in range(6):
        k = s.heads[k]
        if s.words[k] in (
            "confident",
            "sure",
            "clear",
            "certain",
            "confirm",
            "verify",
            "verified",
            "confirmed",
        ) and any(s.words[c] in ("not", "n't", "unable", "no") for c in s.children[k]):
            return True
        if s.heads[k] == k:
            break
    return False


def _of_the_harm(s: Sentence, doubt: int, trigger: int) -> bool:
    """Whether a word of doubt is about the harm; "suspected rebels shot two" doubts who they were."""
    head = s.heads[doubt]
    who = person_noun(s.words[head])
    if s.words[doubt] in ("alleged", "suspected") and s.deps[doubt] == "amod" and who is not None and who.known:
        return False  # "five suspected bandits were killed"
    return not (s.deps[doubt] == "amod" and s.deps[head] == "nsubj" and s.heads[head] == trigger and doubt < trigger)


def _names_the_event(s: Sentence, near: tuple[str, ...]) -> bool:
    """ "a suspected drone strike killed": the doubt is about who or what, not about the harm."""
    return any(word in _DOUBT_WORDS and near[k + 1] in _DOUBTED for k, word in enumerate(near[:-1]))


def _infinitive(s: Sentence, i: int) -> bool:
    """ "vowed to kill", "tried to kill"; not "said to have killed", "managed to kill"."""
    if s.tags[i] != "VB" or s.words[max(0, i - 1)] != "to":
        return False
    governor = s.heads[i]
    return s.words[governor] in _PLAN or any(w in _PLAN for w in s.words[max(0, i - 4) : i])


def is_generic(finding: Finding) -> bool:
    """A bare plural in a habit or an aim states no number: "drones that kill civilians", "to avoid killing them"."""
    s, i, count = finding.sentence, finding.trigger, finding.count
    if count.qualifier != "unstated":
        return False
    sentence_like = s.words[-1] in (".", '"', "!", "?", ")")
    if (
        s.tags[i] in ("VBP", "VBZ", "VB")
        and sentence_like
        and not any(
            s.deps[c] in ("auxpass",) or s.words[c] in ("have", "may", "might", "could", "did") for c in s.children[i]
        )
    ):
        return True
    lead = s.words[max(0, i - 6) : i]
    if "evidence" in lead and "no" in lead or "aware" in lead and not {"not", "n't", "unaware"}.isdisjoint(lead):
        return True  # "no evidence of civilian deaths", "not aware of any deaths": nobody says that there were none
    return any(
        w
        in (
            "avoid",
            "avoiding",
            "prevent",
            "preventing",
            "risk",
            "minimize",
            "minimise",
            "stop",
            "stopping",
            "against",
            "reduce",
            "reducing",
            "about",
        )
        for w in lead[-3:]
    ) or ("than" in s.words[i : i + 6] and "more" in s.words[i : i + 3])
