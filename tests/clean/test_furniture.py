"""The furniture of pages copied out of a browser, by kind; and the lines of articles that look like it."""

from __future__ import annotations

import pytest

from tests.clean.pages import ARTICLE, check, page
from tollbook.clean import clean_page


def furniture(*lines: str, title: str | None = None) -> dict[str, str]:
    """Lines that were left out, with their reasons."""
    document = clean_page(page(*lines, title=title))
    check(document)
    return {f.text: f.reason for f in document.furniture}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("We use cookies to give you the best experience.", "cookies"),
        ("By continuing to use this site you agree to our cookie policy.", "cookies"),
        ("Follow us on Twitter @northernpost", "share"),
        ("Facebook Twitter Email Print", "share"),
        ("12 comments", "comments"),
        ("Share this | Tweet | 0 comments", "navigation"),
        ("Sign up for our morning newsletter", "newsletter"),
        ("Get the best of our reporting delivered to your inbox every week.", "newsletter"),
        ("Read more: Ten killed in shelling of Old Market", "related"),
        ("ALSO READ: Ten killed in shelling of Old Market", "related"),
        ("» Most read: Five dead at wedding", "related"),
        ("© 2019 Northern Post. All rights reserved.", "copyright"),
        ("Advertisement", "advertising"),
        ("Home > World > Freedonia", "navigation"),
        ("PoliticsCongressElectionOpinionSport", "navigation"),
        ("(Photo: stringer)", "credit"),
        ("o.brandt@northernpost.example", "bio"),
        ("Already have an account? Log in", "paywall"),
        ("Please enable Javascript to watch this video", "navigation"),
        ("Ada Stone contributed to this report.", "agency"),
    ],
)
def test_a_line_of_its_kind_goes(line: str, reason: str) -> None:
    """Between two paragraphs, with its reason, and nothing else with it."""
    assert furniture(*ARTICLE[:3], line, ARTICLE[3]) == {line: reason}


@pytest.mark.parametrize(
    "line",
    [
        "“We use cookies as bait,” said Brandt, whose team looks after the dogs that search the rubble.",
        "Also on Tuesday, three fishermen were wounded by a mine.",
        "More than 30 people fled.",
        "Share of the blame",
        "The dead:",
        "Home front",
        "Follow-up strikes killed three more people.",
        "© Ivo Marsh, 24, was killed on Saturday evening. Three others were wounded.",
        "The victims, aged 6 and 8, were brothers",
        "'It came down on us'",
        "Two dockers and a policeman were killed (Photo: Northern Post)",
        "A video grab shows the crane. (via NWA)",
        "Tension > calm",
    ],
)
def test_a_line_of_the_article_stays(line: str) -> None:
    """Whatever words of a menu it has."""
    assert furniture(*ARTICLE[:3], line, ARTICLE[3]) == {}


def test_a_comment_form_cuts_off_what_follows() -> None:
    """The readers' own paragraphs go with it."""
    comment = "I was there and forty people were killed, whatever they say on television. Nobody helped us at all."
    gone = furniture(*ARTICLE, "Leave a Reply", "Your name", comment, "ivo: rest in peace")
    assert gone == dict.fromkeys(["Leave a Reply", "Your name", comment, "ivo: rest in peace"], "comments")


def test_a_comment_form_above_the_article_cuts_off_nothing() -> None:
    """Where paragraphs clearly follow, only the form goes."""
    assert furniture(ARTICLE[0], "Leave a comment", *ARTICLE[1:]) == {"Leave a comment": "comments"}
    more = [paragraph + " " + ARTICLE[2] for paragraph in ARTICLE[1:]]
    assert furniture(*ARTICLE, "Leave a Reply", *more) == {"Leave a Reply": "comments"}


def test_headlines_under_a_heading_go_until_the_article_goes_on() -> None:
    """However much they look like claims."""
    lists = ("Related news", "Six killed in drone strike on Old Market", "Ferry sinks, ten missing: report")
    assert set(furniture(*ARTICLE[:2], *lists, *ARTICLE[2:])) == set(lists)
    assert set(furniture(*ARTICLE, "Most read in Sport", "Nine held after derby", "Who was Ivo Marsh?")) == {
        "Most read in Sport",
        "Nine held after derby",
        "Who was Ivo Marsh?",
    }


def test_headlines_below_the_last_paragraph_go() -> None:
    """With their hours; nothing but structure tells."""
    tail = (
        "Six killed in drone strike on Old Market",
        "Sep 8, 3:59 PM",
        "Nine held after derby in the capital",
        "27 minutes ago",
        "Ferry sinks in the strait with ten missing",
        "Sep 6, 1:35 PM",
    )
    assert set(furniture(*ARTICLE, *tail)) == set(tail)


def test_lists_of_the_article_stay() -> None:
    """Names after a colon, items with bullets, lines with figures."""
    names = ("The dead were named as follows:", "Ada Stone (6)", "Ivo Marsh (13)", "Jan Brandt", "Lea Brandt")
    assert furniture(*ARTICLE, *names) == {}
    assert furniture(
        *ARTICLE,
        "- Three killed in Old Market on Monday",
        "- Two killed in the harbour",
        "- One wounded at sea",
        "Share this",
    ) == {"Share this": "share"}
    assert (
        furniture(
            *ARTICLE, "Killed in the harbour this year: 12", "Killed in Old Market: 4", "Wounded in both places: 31"
        )
        == {}
    )


def test_a_menu_above_the_article_goes_and_its_headline_stays() -> None:
    """With and without names of sections that the list knows."""
    menu = ("News", "Politics", "Old Market", "Harbour affairs")
    assert set(furniture(*menu, *ARTICLE)) == set(menu)
    assert set(furniture("Latest news", "Ferry sinks in the strait", *ARTICLE)) <= {
        "Latest news",
        "Ferry sinks in the strait",
    }
    assert furniture("Latest news", *ARTICLE) == {"Latest news": "related"}


def test_tags_below_the_article_go() -> None:
    """A heading or a button beside them gives them away."""
    assert set(furniture(*ARTICLE, "Tags", "Haven Bay", "Shelling")) == {"Tags", "Haven Bay", "Shelling"}
    assert set(furniture(*ARTICLE, "Haven Bay", "Shelling", "Share this")) == {"Haven Bay", "Shelling", "Share this"}


def test_a_headline_or_caption_that_stands_twice_stays() -> None:
    """It repeats, it is not furniture."""
    caption = "Harbour master Olga Brandt."
    assert furniture(ARTICLE[0], caption, caption, *ARTICLE[1:], ARTICLE[0]) == {}


def test_the_title_is_never_furniture() -> None:
    """Even one that begins like a link."""
    title = "Watch: shell hits harbour of Haven Bay"
    assert furniture(title, *ARTICLE[1:], title=title) == {}
    assert furniture(title, *ARTICLE[1:]) == {}


def test_capitals_between_paragraphs_are_links() -> None:
    """A short cross-head stays, and so does everything in upper-case copy."""
    link = "SIX KILLED IN DRONE STRIKE ON OLD MARKET"
    assert furniture(*ARTICLE[:3], link, "NO ONE LEFT", *ARTICLE[2:]) == {link: "related"}
    assert furniture(*(line.upper() for line in ARTICLE), link, ARTICLE[1].upper()) == {}


def test_prose_wrapped_at_a_column_is_no_list() -> None:
    """Wire copy ends its lines in mid-sentence, the last ones too."""
    lines = (
        "   HAVEN BAY, 3 JAN 90 (NWA) -- [TEXT] THE PORT AUTHORITY SAID THAT TWO\n"
        "DOCKERS WERE KILLED AND FIVE PEOPLE WOUNDED WHEN A SHELL HIT THE\n"
        "HARBOUR.  NOBODY CLAIMED THE ATTACK, THE THIRD OF THIS KIND SINCE\n"
        "THE TRUCE WAS SIGNED.  [CONTINUED]"
    )
    document = clean_page(page(lines + "\n\n" + lines))
    assert document.furniture == ()
    assert str(document.source.published) == "1990-01-03"
    assert document.source.published_from == "dateline"


def test_a_biography_below_the_article_goes() -> None:
    """The reporter's; not that of somebody in the story."""
    bio = "Ada Stone is a correspondent covering the coast for the Northern Post."
    assert furniture(*ARTICLE, bio) == {bio: "bio"}
    assert furniture(ARTICLE[0], "Ivo Marsh was a reporter for the Northern Post.", *ARTICLE[1:]) == {}
