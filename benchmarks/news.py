"""A news mix of any size, made from varied parts: one report in ten tells of violence. The same numbers give the same
texts. Violent reports are the golden ones and the examples with other names and numbers, and reports from templates;
the others are about councils, sport, markets, courts, weather, science and accidents."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.golden import load
from tollbook.records import Media, Page

ROOT = Path(__file__).parent.parent
SHARE = 10  # one report in so many

_words = str.split

_FIRST = _words(
    "Amina Bashar Carla Dmitri Elena Goran Hanna Idris Jana Karim Lena Murad Nadia Omar Petra Rafiq Salma Vera"
)
_LAST = _words(
    "Aldane Berko Dorvik Estrane Farouz Galvin Hordak Ilmari Jorun Kestrel Lavrin Maddox Norrel Ostrand Pelka"
)
_TOWNS = _words(
    "Aleppo Idlib Mosul Kirkuk Sanaa Hodeidah Kabul Herat Mogadishu Kismayo Donetsk Kharkiv Tripoli Benghazi Gaza "
    "Maiduguri Khartoum Goma Bangui"
)
_QUIET_TOWNS = _words(
    "Leeds Graz Bergen Porto Tampere Gdansk Lyon Utrecht Malmo Bologna Ghent Cork Basel Turku Aarhus Brno"
)
_DAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTHS = _words("January February March April May June July August September October November December")
_BODIES = (
    "the health ministry", "a local council", "the civil defence", "a hospital source", "the provincial police",
    "a rights monitor", "the army", "a United Nations office", "residents", "a tribal elder",
)  # fmt: skip
_DEEDS = (
    "an airstrike hit a market", "shells fell on a residential street", "gunmen opened fire on a bus",
    "a car bomb went off outside a bakery", "a drone struck a pickup truck", "rockets landed near a school",
    "militants attacked a checkpoint", "a roadside bomb hit a convoy",
)  # fmt: skip
_WHO = (
    "people",
    "civilians",
    "traders",
    "soldiers",
    "farmers",
    "worshippers",
    "children",
    "guards",
    "villagers",
    "police",
)
_NUMBERS = _words("two three four five six seven eight nine ten eleven twelve 13 15 17 20 24 31 43")

# Sentences of ordinary news. {} are filled with towns, names, numbers; no two documents get the same ones.
_ORDINARY = (
    "The council of {town} voted on {day} to extend the tram line to the northern suburbs by {year}.",
    "{name}, who chairs the transport committee, said the work would cost about {number} million euros.",
    "Officials expect construction to begin in {month}, once the permits have been granted.",
    "The home side took the lead after {minute} minutes when {name} headed in a corner.",
    "{name} made {number} saves and was voted the best player of the afternoon.",
    "Shares in the company rose by {number} per cent in early trading on {day}.",
    "Analysts had expected a smaller profit for the third quarter, {name} of the {town} exchange said.",
    "The bank left its main rate unchanged and said that inflation should fall below {number} per cent next year.",
    "Researchers at the university of {town} have sequenced the genome of an alpine moss.",
    "The study, led by {name}, followed {number} hundred volunteers for {number} years.",
    "Heavy rain is expected in {town} from {day}, and the river may rise by up to a metre.",
    "The festival opens in {month} with a concert in the old harbour and runs for {number} days.",
    "{name} will publish a second novel in {month}; the first was translated into {number} languages.",
    "The court in {town} adjourned the hearing over the disputed contract until {day}.",
    "A spokeswoman for the ministry, {name}, declined to comment on the budget talks.",
    "Teachers and parents met on {day} to discuss the new timetable, which starts in {month}.",
    "Exports of timber grew for the {number}th month in a row, according to figures released on {day}.",
    "The museum bought {number} drawings by a painter who lived in {town} until {year}.",
    "Voters in {town} go to the polls in {month}, and {name} leads the list of the Greens.",
    "The airline will fly from {town} to Lisbon {number} times a week from {month}.",
    "“We listened to every objection,” {name} said. “The plan is better for it.”",
    "The software update fixes a fault that slowed down older telephones, the company said on {day}.",
    "Prices of flats in {town} have doubled since {year}, and rents have followed.",
    "The bridge, closed since {month}, reopens to cyclists on {day}.",
    "{name} resigned as head of the theatre after {number} years, citing differences over the budget.",
    "A new bakery on the main square sells {number} kinds of bread, and queues form before seven.",
)  # fmt: skip
# What brings words of harm into news without violence: the gate opens, the grammar has to say no.
_LIKE_HARM = (
    "Two people died on {day} when a lorry left the road near {town}, traffic police said.",
    "The striker was injured in the {minute}th minute and left the pitch on a stretcher.",
    "The proposal was killed in committee by {number} votes to four.",
    "The heat wave has killed thousands of trees in the parks of {town}.",
    "The actor's character dies in the final episode, which {name} directed.",
    "The company lost {number} million euros and cut {number} hundred jobs.",
    "Doctors at the hospital in {town} treated {number} cyclists after falls on the icy lanes.",
)  # fmt: skip
_VIOLENT = (
    "{deed} in {place} on {day}, killing at least {number} {who}, {body} said.",
    "{body} said {number} {who} were killed and {number} others wounded when {deed} in {place}.",
    "At least {number} {who} died when {deed} near {place} early on {day}, according to {body}.",
    "{number} {who}, including {few} children, were killed in {place} when {deed}.",
)
_VIOLENT_MORE = (
    "{name}, a doctor at the main hospital, said {number} wounded had been brought in.",
    "{body} put the toll at {number} dead and dozens injured.",
    "The army denied that its aircraft had been in the area and blamed insurgents.",
    "“We pulled {number} bodies from the rubble,” {name} told reporters in {place}.",
    "Nobody claimed responsibility for the attack on {day}.",
    "More than {number} people have been killed in the province since {month}, {body} says.",
    "Witnesses said the blast was heard across the city and that shops had closed.",
    "Talks between the government and the rebels are to resume in {month}.",
)  # fmt: skip
# What a report tells beside its numbers: a third to a half of most.
_BACKGROUND = (
    "The foreign ministry called on both sides to return to the talks that broke off in {month}.",
    "{place} lies on the road to the border and has changed hands several times since {year}.",
    "Shops stayed closed on {day}, and schools sent pupils home.",
    "The government, which took office in {year}, has promised to reopen the highway.",
    "A spokesman for the peacekeepers, {name}, said patrols would be doubled along the river.",
    "Aid agencies say that flour and fuel have become scarce in {place}.",
    "“Nobody tells us what comes next,” said {name}, who runs a tea house near the bus station.",
    "The ceasefire agreed in {month} was to last for {number} weeks and allow convoys through.",
    "Telephone lines were down for most of {day}, and reports from the area could not be checked.",
    "The governor, {name}, flew to the capital for a meeting of the cabinet.",
    "Negotiators from {number} countries are expected in {place} next {day}.",
    "The province has about {number} hundred thousand inhabitants, most of whom live off the land.",
)


def texts(number: int, violent: bool | None = None, seed: int = 1) -> Iterator[tuple[str, str, str]]:
    """Key, title and text of so many documents; ``violent`` chooses one kind only."""
    for n in range(number):
        rng = random.Random(seed * 10_000_000 + n)
        kind = n % SHARE == 3 if violent is None else violent
        title, paragraphs = (_report if kind else _ordinary)(rng)
        yield f"{'v' if kind else 'o'}{n}", title, "\n\n".join(paragraphs)


def pages(number: int, violent: bool | None = None, media: Media = "text") -> Iterator[Page]:
    """The same as pages, as text or as HTML with what surrounds an article on the web."""
    for n, (key, title, text) in enumerate(texts(number, violent)):
        if media == "html":
            source = _web(title, text, random.Random(n))
            yield Page(key=key, raw=source.encode(), content=source, media="html")
        else:
            yield Page(key=key, raw=text.encode(), content=text, media="text", title=title)


def records(number: int) -> Iterator[dict[str, str]]:
    """The same as records of JSON lines."""
    return ({"id": key, "title": title, "text": text} for key, title, text in texts(number))


def _surname(rng: random.Random) -> str:
    """Half of them made up, so that words never seen keep coming, as they do in the news."""
    if rng.random() < 0.5:
        return rng.choice(_LAST)
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))).title()


def _filled(rng: random.Random, sentence: str, towns: list[str]) -> str:
    values = {
        "town": lambda: rng.choice(towns), "place": lambda: rng.choice(towns), "day": lambda: rng.choice(_DAYS),
        "month": lambda: rng.choice(_MONTHS), "name": lambda: f"{rng.choice(_FIRST)} {_surname(rng)}",
        "number": lambda: rng.choice(_NUMBERS), "few": lambda: rng.choice(("two", "three", "four")),
        "year": lambda: str(rng.randint(1990, 2040)), "minute": lambda: str(rng.randint(12, 88)),
        "who": lambda: rng.choice(_WHO), "body": lambda: rng.choice(_BODIES), "deed": lambda: rng.choice(_DEEDS),
    }  # fmt: skip
    said = re.sub(r"\{(\w+)\}", lambda m: values[m[1]](), sentence)
    return said[0].upper() + said[1:]


def _paragraphs(rng: random.Random, sentences: list[str]) -> list[str]:
    found = []
    while sentences:
        size = rng.randint(1, 3)
        found.append(" ".join(sentences[:size]))
        sentences = sentences[size:]
    return found


def _ordinary(rng: random.Random) -> tuple[str, list[str]]:
    town = [rng.choice(_QUIET_TOWNS), rng.choice(_QUIET_TOWNS)]
    chosen = [rng.choice(_ORDINARY) for _ in range(rng.randint(8, 36))]
    if rng.random() < 0.4:
        chosen[rng.randrange(len(chosen))] = rng.choice(_LIKE_HARM)
    sentences = [_filled(rng, sentence, town) for sentence in chosen]
    return sentences[0].split(",")[0].rstrip("."), _paragraphs(rng, sentences)


def _report(rng: random.Random) -> tuple[str, list[str]]:
    town = [rng.choice(_TOWNS), rng.choice(_TOWNS)]
    if rng.random() < 0.5:
        title, paragraphs = rng.choice(_told())
        return title, [_filled(rng, _ORDINARY[rng.randrange(len(_ORDINARY))], town), *paragraphs]
    sentences = [_filled(rng, rng.choice(_VIOLENT), town)]
    for _ in range(rng.randint(5, 22)):
        kind = rng.choice((_VIOLENT_MORE, _VIOLENT, _BACKGROUND, _BACKGROUND))
        sentences.append(_filled(rng, rng.choice(kind), town))
    return sentences[0].split(",")[0], _paragraphs(rng, sentences)


@cache
def _told() -> list[tuple[str, list[str]]]:
    """The golden reports and the examples: title and paragraphs."""
    golden = [(r.get("title") or "", r["text"]) for r in load("open") if "text" in r]
    files = [("", path.read_text("utf-8")) for path in sorted((ROOT / "examples").glob("*.txt"))]
    return [(title, [p for p in text.split("\n\n") if p.strip()]) for title, text in (*golden, *files)]


def _web(title: str, text: str, rng: random.Random) -> str:
    """A page of 5 to 100 kB around an article: menus, scripts, teasers, a footer."""

    def some(least: int, most: int) -> range:
        return range(rng.randint(least, most))

    def teaser(i: int) -> str:
        words = _filled(rng, rng.choice(_ORDINARY), _QUIET_TOWNS)
        return f'<div class="card"><a href="/a/{i}"><img src="/i/{i}.jpg" alt=""><h3>{words}</h3></a></div>'

    links = "".join(f'<li><a href="/s/{i}">{rng.choice(_QUIET_TOWNS)}</a></li>' for i in some(10, 60))
    script = "".join(f"window.q{i}={{a:{rng.random()},b:[{i},{i + 1}]}};" for i in some(20, 1500))
    body = "".join(f"<p>{html.escape(p)}</p>\n" for p in text.split("\n\n"))
    name, day = html.escape(title), rng.randint(1, 9)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>
<meta property="og:title" content="{name}"><meta property="og:site_name" content="Northern Post">
<meta property="article:published_time" content="2024-03-0{day}T08:00:00Z"><script>{script}</script></head>
<body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{name}</h1>{body}</article>
<aside>{"".join(map(teaser, some(3, 25)))}</aside></main>
<footer><ul>{links}</ul><p>All rights reserved</p></footer></body></html>"""
