"""Does a number speak of one incident, or does it sum several, a period, a whole war?"""

from __future__ import annotations

import re

from tollbook.find.harm.harms import Finding
from tollbook.find.harm.idioms import MANIFOLD
from tollbook.records import Scope, When

_PERIOD = re.compile(
    r"\b(?:(?<!has )(?<!have )(?<!had )(?<!ever )since (?!then\b)(?=\w)|"
    r"over the (?:past|last|course)(?! (?:(?:24|48|few|several|two)? ?hours|day\b))|"
    r"in the (?:past|last) (?:\w+ )?(?:days?|weeks?|months?|"
    r"years?)|(?:attacks|killings|raids|strikes) of the (?:past|last) (?:\w+ )?(?:days|months|weeks|years?)|"
    r"during the (?:past|last)|so far this|this year|to date|"
    r"in (?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:weeks|months|years)(?! (?:ago|later|time))|"
    r"in recent (?:days|weeks|months|years)|for (?:decades|years|months|weeks)|each (?:day|week|month|"
    r"year)|every (?:day|week|month|year)|per (?:day|week|month|year)|a (?:day|week|month|"
    r"year) on average|"
    r"over the same|in the \w+ days to|in the week to|in \w+(?: \d{4})? alone|worst (?:week|month|year)|"
    r"(?:record|document|register|verif)\w+ [^.;]{1,80}\bthis (?:week|month|year)|"
    r"throughout|over the years|decades?-(?:long|old)|years?-long|\d+-year(?!-old)|in total across|"
    r"(?:first|second|third|fourth|last) (?:quarter|half) of \d{4}|"
    r"in the (?:current|final|first|fourth|last|previous|second|third) quarter|"
    r"cumulative(?:ly)?|to date|all told|between \d{4} and \d{4}|annually)\b",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
# One event that goes on: "since the operation started on Saturday", "in street fighting since Saturday".
_GOES_ON = re.compile(
    rf"\bsince (?:(?:last|early|late) )?(?:{_WEEKDAY}|yesterday|night|evening|dawn|midnight|(?:this|the) morning)\b|"
    rf"\bsince the (?:assault|attack|battle|clash(?:es)?|fighting|operation|raid|riots?|shelling|siege|violence)\b"
    rf"[^.;,]{{0,30}}\b(?:{_WEEKDAY}|yesterday)\b|"
    r"\bsince the (?:\w+ )?(?:assault|attack|blast|bombing|explosion|incident|massacre|raid|shelling|strike)"
    r"(?=[,.;]|\Z)|"
    r"\bsince (?:a|an|the) (?:\w+ ){1,4}(?:that|which|in which)\b|"
    r"\bsince the early hours\b",
    re.IGNORECASE,
)
# "Since fighting broke out again last week", "since the offensive was launched on 7 May", "since troops opened fire":
# one event as long as it is weeks old; a war is a sum.
_BEGAN = re.compile(
    r"\bsince (?:(?:an|the) )?(?:[\w-]+ ){0,3}?(?:assault|attack|base|bombardment|camp|clashes|compound|"
    r"fighting|forces|market|militants|offensive|operation|raid|rebels|shelling|siege|soldiers|town|troops|village)\b[^.;]{0,60}?"
    r"\b(?:began|broke out|burst|entered|erupted|launched|looted|moved|opened|resumed|started|stormed)\b",
    re.IGNORECASE,
)
# "Eleven have been killed in strikes since dawn": each strike is one.
_STRIKES_SINCE = re.compile(
    r"\bin (?:[\w-]+ ){0,3}?(?:air ?strikes|attacks|raids|strikes)\b[^.;]{0,40}\bsince\b", re.IGNORECASE
)
_WEEKS = 45  # days
_MANY_PLACES = re.compile(r"\b(?:across|nationwide|country|registered)\b", re.IGNORECASE)
# A hospital counts whom it is brought, whatever harmed them.
_BROUGHT_IN = re.compile(r"\bhospitals?\b(?! (?:officials|sources|staff))", re.IGNORECASE)
_IMAGINED = re.compile(r"\b(?:could|would|might)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween \w+(?: \w+)? and \w+", re.IGNORECASE)
_OPENS_SPAN = re.compile(r"\b(?:between|from) (?:the )?\Z", re.IGNORECASE)
_WEEK = re.compile(
    r"\b(?:in|over|during) the (?:\w+ (?:days|weeks|months) to|week (?:to|of))\b|"
    r"\b(?:the|this|last) (?:week|month)['’]s (?:death )?toll\b|"
    r"\b(?:(?:in|after) (?:(?:two|three) days|(?:a|one|two|three) (?:weeks?|months?))|"
    r"in (?:several )?(?:days|weeks|months))"
    r" of (?:bombardment|fighting|shelling|air ?strikes|raids)\b",
    re.IGNORECASE,
)
# What a ministry counts daily: no spot and no one event stands beside the number.
_DAILY = re.compile(
    r"\b(?:in|over|during|within) (?:the (?:past|last|previous|preceding) )?(?:24|48|72|twenty-four) hours\b"
)
_SPOT = re.compile(r"\b(?:at|around|in|near|of|on|outside) (?:the )?[A-Z]|\b(?:clash(?:es)?|fighting|operations?)\b")
_PLURAL_EVENTS = re.compile(
    r"\b(?:series|string|spate|wave|number|dozens|hundreds|scores|campaign|several|multiple|various|"
    r"separate|different|repeated|daily|similar|these|such|all) (?:of )?(?:\w+ ){0,2}"
    r"(?:attacks|strikes|airstrikes|raids|incidents|bombings|shootings|operations|clashes|massacres|"
    r"explosions|blasts|killings)\b",
    re.IGNORECASE,
)
# "45 bomb attacks in July claimed 80 lives"
_COUNTED_EVENTS = re.compile(
    r"\b(?:\d{2,3}(?:,\d{3})*|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?) (?:[\w-]+ ){0,2}"
    r"(?:ambushes|attacks|strikes|airstrikes|raids|incidents|bombings|shootings|operations|clashes|explosions|blasts)\b",
    re.IGNORECASE,
)
# "Monday's sweep is among the bloodiest; 130 villagers have died in such raids"
_SERIES = re.compile(
    r"\bin (?:[\w-]+ ){0,4}?(?:comparable|like|similar|such) "
    r"(?:attacks|strikes|airstrikes|raids|incidents|bombings|shootings|operations|killings)\b",
    re.IGNORECASE,
)
# "The latest in a string of attacks", "one of several raids": one of them.
_LATEST = re.compile(
    r"\b(?:latest|one|most recent|(?:deadl|blood)iest|worst|first|second|third|fourth|fifth) (?:\w+ )?(?:in|of|among) "
    r"(?:an? |the )?(?:\w+ ){0,2}?"
    r"(?:series|string|spate|wave|number|several|many|multiple|various|repeated|similar|such)\b"
    r"(?: of (?:\w+ ){0,3}\w+s\b| (?:\w+ ){0,2}\w+s\b)?",
    re.IGNORECASE,
)
# "The worst such attack this year", "one of the deadliest attacks since the war began": how bad it was. "The worst
# month since May" is a period.
_WORST = re.compile(
    r"\b(?:\w+liest|biggest|bloodiest|fiercest|gravest|heaviest|largest|worst)"
    r"(?! (?:\w+ )?(?:day|month|quarter|week|year)s?\b)"
    r" [^.;,\d]{0,50}?\b(?:this (?:decade|month|week|year)|in (?:[\w-]+ ){1,3}(?:months|years|decades)|in a decade|"
    r"since (?:\w+'s )?[^.;,\d]{1,60}(?:\d{4})?)\b",
    re.IGNORECASE,
)
_ONE_EVENT = re.compile(
    r"\b(?:a|an|one|the|this|that|another) (?:[\w-]+ ){0,4}?(?:air ?strike|ambush|assault|attack|battle|bomb|bombing|"
    r"clash|explosion|incident|massacre|missile|raid|rocket|shell|shooting|siege|strike)\b",
    re.IGNORECASE,
)
_SOME_EVENTS = re.compile(
    r"\b(?:air ?strikes?|ambushed|attack(?:s|ed)?|bomb(?:s|ed|ings?)?|clashe[sd]|drones?|gunmen|"
    r"massacre[sd]?|mow(?:ed|n) down|single day|"
    r"missiles?|raid(?:s|ed)?|rockets?|shell(?:s|ed|ing)?|shootings?|storm(?:s|ed)?|str(?:ikes?|uck))\b",
    re.IGNORECASE,
)
_TALLIED = re.compile(
    r"\b(?:count|document|list|log|record|register|tall|verif)(?:s|ed|g?ged|ied|ies)\b", re.IGNORECASE
)
_CONFLICT = re.compile(
    r"\b(?:(?:civil )?war|conflict|insurgency|uprising|genocide|invasion|rebellion|crackdown|campaign|offensive)\b",
    re.IGNORECASE,
)
# "The war began with the assault of 7 May in which about 1,200 people were killed and 240 taken"
_OF_ONE = re.compile(
    r"\b(?:assault|attack|incursion|massacre|raid|rampage)\b(?:(?!since\b)[^;]){0,70}?"
    r"\b(?:in which|killing|leaving|(?:that|which) (?:killed|left))"
    r"(?: (?!has\b|have\b|since\b|while\b)[\w,-]+){0,6} ?\Z",
    re.IGNORECASE,
)
_EXODUS = 100_000  # as many flee a war, not one attack
# "The shelling of towns and killings of mayors are provocations": deeds in the plural, each an event of its own.
_DEEDS = frozenset(["abductions", "assassinations", "executions", "kidnappings", "killings", "murders"])
_SUMMED = re.compile(r"\b(?:altogether|in all|in total|overall)\b[^.;]*\bthis (?:month|week|year)\b", re.IGNORECASE)
# "At least 14 have been killed by shelling this month"
_SO_FAR = re.compile(
    r"\b(?:has|have) (?:already |since )?(?:been |so far )*(?:abducted|arrested|detained|died|displaced|injured|killed|"
    r"perished|shot dead|wounded)\b[^.;]{0,120}\bthis (?:month|year)\b",
    re.IGNORECASE,
)
# "The front, which has fought since 2019, said": who speaks, not how long it killed.
_SPEAKER_IS = re.compile(
    r", (?:which|who|whose) [^,;]{1,120}, (?=(?:announced|claimed|claims|said|says|stated|states)\b)"
)
_TOTAL = re.compile(
    r"\b(?:in total|a total of|overall|altogether|total (?:number|toll)|combined|all told)\b", re.IGNORECASE
)


def scope_of(finding: Finding, date: When | None) -> Scope:
    """`total` where incidents, a period or a war are summed; the running toll of one event is `incident`."""
    s = finding.sentence
    text = s.passage.text
    clause = _clause(finding)
    clause = _SPEAKER_IS.sub(" ", clause) if ", wh" in clause else clause
    low = clause.lower()
    clause = _WORST.sub("", clause) if "est " in low or "worst " in low else clause
    size = finding.count.low or finding.count.high or 0
    many = _MANY_PLACES.search(clause)
    apart = _STRIKES_SINCE.search(clause)
    if _GOES_ON.search(clause) and not (many or apart or _BROUGHT_IN.search(clause)) and size < _EXODUS:
        return "incident"
    begun = _BEGAN.search(clause) and not _CONFLICT_BEGAN.search(clause) and not many
    if begun and not _is_long(date):
        return "incident"
    if finding.rule == MANIFOLD:
        return "incident"  # "a double murder" is one deed
    if finding.harm == "displaced" and (size >= _EXODUS or finding.rule == "refugees counted"):
        return "total"
    if finding.count.low == finding.count.high == 1 and finding.part_of is None:
        return "incident"
    if date is None and s.words[finding.trigger] in _DEEDS and finding.count.qualifier in ("unstated", "vague"):
        return "total"
    if date is not None and date.from_ and date.to and (date.to - date.from_).days > 3:
        before = text[max(0, date.start - s.passage.start - 8) : date.start - s.passage.start]
        if _BETWEEN.match(date.text) or _OPENS_SPAN.search(before):
            return "total"  # "between 5 and 11 May", "from Monday to Friday"
    if _WEEK.search(clause) or _SUMMED.search(clause) or _SO_FAR.search(clause) and not _ONE_EVENT.search(clause):
        return "total"
    if _DAILY.search(clause) and not _SPOT.search(clause) and not _ONE_EVENT.search(clause):
        return "total"
    if (
        date is not None
        and date.from_
        and date.to
        and (date.to - date.from_).days > 6
        and date.anchored_to != "text"
        and _PERIOD.search(date.text)
    ):
        return "total"
    if date is not None and date.precision == "day" and not _PERIOD.match(date.text) and size < 200:
        return "total" if _SERIES.search(_LATEST.sub("", clause)) else "incident"
    if _PERIOD.search(clause) or (finding.harm in _LASTING and "currently" in clause.lower()):
        return "total"
    long = date is not None and date.precision in ("month", "year", "longer")
    wide = long and not _ONE_EVENT.search(clause)
    if wide and (_TALLIED.search(clause) or size >= 50 and not _SOME_EVENTS.search(clause)):
        return "total"  # "the centre documented the killing of 412 civilians in April"
    if (date is None or long) and _COUNTED_EVENTS.search(clause):
        return "total"
    one = _OF_ONE.search(text[: finding.count.start - s.passage.start])
    if one and not _CONFLICT.search(one[0]):  # "the raid opened a campaign in which 30,000 were killed"
        return "incident"
    if _CONFLICT.search(clause) and size >= 200:
        return "total"
    if _PLURAL_EVENTS.search(_LATEST.sub("", clause)):
        return "total"
    if size >= 2000 and finding.harm != "displaced" and not _IMAGINED.search(clause):
        return "total"  # one raid can drive out thousands
    if _TOTAL.search(clause) and _TALLIED.search(clause) and not _SOME_EVENTS.search(clause):
        return "total"  # "the office recorded a total of 1,006 casualties"
    if _TOTAL.search(clause) and re.search(
        r"\b(?:attacks|strikes|airstrikes|raids|incidents|bombings|shootings|operations|provinces|areas|cities)\b",
        text,
        re.IGNORECASE,
    ):
        return "total"
    return "incident"


def goes_on(finding: Finding, before: Finding) -> bool:
    """ "The raids of the past month killed 40. Twelve others were hurt and 3,000 driven out": all of them summed."""
    s, words = finding.sentence, finding.sentence.words
    if s.index - before.sentence.index != 1 or (finding.count.low or 0) < 2:
        return False
    return any(a <= 1 and not _MORE.isdisjoint(words[: b + 2]) for a, b, _ in s.counts[:1])


_MORE = frozenset(["another", "more", "other", "others"])
_LASTING = frozenset(["abducted", "detained", "displaced", "missing"])  # "currently", many of them are
_CONFLICT_BEGAN = re.compile(
    r"\bsince (?:[\w'’-]+ ){0,4}(?:conflict|coup|genocide|insurgency|invasion|rebellion|uprising|war)\b", re.I
)


def _is_long(date: When | None) -> bool:
    return date is not None and date.from_ is not None and date.to is not None and (date.to - date.from_).days > _WEEKS


def _clause(finding: Finding) -> str:
    """The words about the harm: the whole passage where it has one number, else the stretch around this one."""
    s = finding.sentence
    base = s.passage.start
    others = sorted(c.start - base for _, _, c in s.counts)
    start = finding.count.start - base
    text = s.passage.text
    if len(others) <= 2:
        return text
    left = max((m.end() for m in re.finditer(r"[;:]|, (?:and|while|but) ", text[:start])), default=0)
    right = re.search(r"[;]|, (?:while|but) ", text[start:])
    return text[left : start + right.start() if right else len(text)]
