"""Languages are named only where the words leave little doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clean.pages import ARTICLE
from tollbook.clean.language import identify_language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", " ".join(ARTICLE[1:])),
        ("en", " ".join(ARTICLE[1:]).upper()),
        (
            "es",
            "Dos estibadores murieron el martes en el puerto de la ciudad cuando un proyectil cayó sobre "
            "una grúa, según dijo a la prensa la jefa del puerto, que no quiso dar más detalles de lo "
            "ocurrido.",
        ),
        (
            "fr",
            "Deux dockers ont été tués mardi dans le port de la ville par un obus qui est tombé sur une "
            "grue, selon la capitainerie, et cinq autres personnes ont été blessées dans les rues voisines.",
        ),
        (
            "de",
            "Zwei Hafenarbeiter sind am Dienstag im Hafen der Stadt von einer Granate getötet worden, die "
            "in einen Kran einschlug. Das sagte die Leiterin des Hafens, und fünf weitere Menschen wurden "
            "verletzt.",
        ),
        (
            "tr",
            "Salı günü limana düşen bir top mermisi iki liman işçisinin ölümüne neden oldu ve liman müdürü "
            "bu saldırı için bir açıklama yaptı, daha sonra beş kişi de hastaneye kaldırıldı.",
        ),
        (
            "ru",
            "Два докера погибли во вторник в порту города, когда снаряд попал в кран, сообщила начальник "
            "порта. Еще пять человек были ранены на соседних улицах, это не первый обстрел после перемирия.",
        ),
        (
            "uk",
            "Двоє докерів загинули у вівторок в порту міста, коли снаряд влучив у кран, повідомила "
            "начальниця порту. Ще п'ятеро людей було поранено на сусідніх вулицях, і це не перший обстріл "
            "після перемир'я.",
        ),
        (
            "ar",
            "قتل عاملان في ميناء المدينة يوم الثلاثاء بعد أن سقطت قذيفة على رافعة، كما قال مدير الميناء "
            "الذي أضاف أن خمسة آخرين أصيبوا في الشوارع القريبة من هذا المكان",
        ),
        (
            "fa",
            "دو کارگر بندر در روز سه شنبه بر اثر اصابت یک گلوله به جرثقیل کشته شدند و مدیر بندر به "
            "خبرنگاران گفت که این حمله پنج زخمی را نیز در خیابان های اطراف بر جای گذاشت",
        ),
        (
            "zh",
            "港口负责人星期二表示，一枚炮弹击中港口的起重机，造成两名码头工人死亡，另有五人在附近街道受伤，"
            "双方均否认开火。",
        ),
        (
            "he",
            "שני סוורים נהרגו ביום שלישי בנמל העיר כאשר פגז פגע בעגורן, כך אמרה מנהלת הנמל לעיתונאים בערב",
        ),
    ],
)  # fmt: skip
def test_languages_of_reports(code: str, text: str) -> None:
    """A sentence or two are enough."""
    assert identify_language(text) == code


@pytest.mark.parametrize(
    "text", ["", "Two dead", "Haven Bay (NWA)", "12 34 56 " * 40, "Ivo Ada Olga Jan Lea " * 20, "🔴 " * 100]
)
def test_nothing_is_guessed(text: str) -> None:
    """Few words, names, figures: no language."""
    assert identify_language(text) is None


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """A code of two or three letters or nothing."""
    code = identify_language(text)
    assert code is None or (code.islower() and 2 <= len(code) <= 3)
