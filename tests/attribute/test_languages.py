"""Who speaks, in turns of phrase that one language or a few have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.lang.loader import language, languages
from tests.attribute.sample import holders

ORLOV, AYDIN, ZIMIN = "per:boris-orlov", "per:kemal-aydin", "per:pavel-zimin"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # German: the subjunctive goes on with the last speaker, other moods do not.
        ("de", "„Es reicht“, sagte Boris Orlov. Man sei bereit zu Gesprächen.", [ORLOV, ORLOV]),
        ("de", "„Es reicht“, sagte Boris Orlov. Der Regen hörte am Abend auf.", [ORLOV, None]),
        ("de", "Kemal Aydin habe ihm das versichert, sagte Boris Orlov.", [ORLOV]),
        ("de", "Boris Orlov zufolge ist die Lage ernst.", [ORLOV]),
        ("de", "„Das muss aufhören“, so Boris Orlov.", [ORLOV]),
        ("de", "Wie Boris Orlov mitteilte, wird das Treffen verschoben.", [ORLOV]),
        ("de", "Nach dem Treffen mit Präsident Aydin erklärte Boris Orlov, man habe sich geeinigt.", [ORLOV]),
        ("de", "Beobachter sagten, das Treffen werde verschoben.", [None]),
        # Spanish: subjects drop, "el" is no pronoun, an object pronoun makes no noun of a verb.
        ("es", "Boris Orlov aseguró que el acuerdo está cerca. Añadió que confía en la paz.", [ORLOV, ORLOV]),
        ("es", "Tras reunirse con Kemal Aydin, Boris Orlov aseguró que el acuerdo está cerca.", [ORLOV]),
        ("es", "Según Boris Orlov, el acuerdo está cerca.", [ORLOV]),
        ("es", "Boris Orlov llegó ayer. Un vecino dijo que nadie lo esperaba.", [None, None]),
        # Turkish: case endings and postpositions mark what is no subject.
        ("tr", "Boris Orlov, Kemal Aydin ile görüştüğünü söyledi.", [ORLOV]),
        ("tr", "Kemal Aydin'in mektubunu okuyan Boris Orlov, barış istediğini belirtti.", [ORLOV]),
        ("tr", 'Boris Orlov, "Barış şart" dedi. Görüşmelerin süreceğini de ekledi.', [ORLOV, ORLOV]),
        ("tr", "Boris Orlov'a göre görüşmeler sürecek.", [ORLOV]),
        ("tr", "Uzmanlar görüşmelerin süreceğini düşünüyor.", [None]),
        # Persian: the verb ends the clause, the content follows «که», half of a compound is no cue.
        ("fa", "بوريس أورلوف در گفت‌وگو با خبرنگاران تاکید کرد که مذاکرات ادامه دارد.", [ORLOV]),
        ("fa", "بوريس أورلوف گفت که مذاکرات ادامه دارد و افزود که توافق نزدیک است.", [ORLOV, ORLOV]),
        ("fa", "کارشناسان گفتند که مذاکرات ادامه دارد.", [None]),
        # Russian: a body speaks through a verb in the plural; a stem in common is no name.
        ("ru", "По словам Бориса Орлова, переговоры продолжаются.", [ORLOV]),
        # French: an emphatic pronoun is no subject.
        ("fr", "Kemal Aydin est arrivé lundi. Boris Orlov, lui, a promis des renforts.", [None, ORLOV]),
    ],
)
def test_who_speaks(lang: str, text: str, expected: list[str | None]) -> None:
    assert holders(text, lang) == expected


def test_a_general_path_names_nobody() -> None:
    assert set(holders("Boris Orlov zei dat het akkoord dichtbij is. Hij was blij.", "nl")) == {None}


def test_the_page_on_adding_a_language_names_only_what_there_is() -> None:
    page = Path("docs/languages.md").read_text(encoding="utf-8")
    table = page.split("## What `[attribution]` means")[1].split("\n\nWords are compared")[0]
    named = set(re.findall(r"`([a-z_]+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if "|" in line)))
    known = {key for lang in languages() for key in language(lang)["attribution"]}
    assert named - {"key"} <= known


def test_every_language_has_what_the_page_asks_for() -> None:
    for lang in languages():
        data = language(lang)
        assert {"segment", "attribution", "titles", "descriptors", "boilerplate", "bodies", "issues", "dates"} <= set(
            data
        )
        assert {"order", "say", "nominal", "complementizers", "negators"} <= set(data["attribution"]), lang
        assert set(data["titles"]) <= set(language("en")["titles"]) | {"club_president"}, lang
