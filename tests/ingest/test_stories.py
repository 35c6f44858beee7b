"""Second stories on a page, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from claims.ingest.lines import Line
from claims.ingest.page import documents_of
from claims.ingest.stories import opens_with_dateline, split_stories

FIRST = """Minister pledges five new dams
The minister of agriculture promised on Sunday to build five dams in the south before the next election.
"The money is there and the plans are ready," she told reporters after a visit to the dry valleys.
"""
SECOND = """Fishermen reject ban on night nets
PORTVILLE (Example Wire) - Fishermen in the north rejected a ban on night nets that the government wants from May.
Their spokesman said that the ban would ruin two hundred families and change nothing for the stocks of fish.
"""
SECOND_TITLE = "Fishermen reject ban on night nets"
FIRST_AR = """وزيرة الزراعة تتعهد بناء خمسة سدود
تعهدت وزيرة الزراعة، الأحد، بناء خمسة سدود في الجنوب قبل الانتخابات المقبلة، وقالت إن المال متوفر.
وقالت الوزيرة بعد جولة في الأودية الجافة: «الخطط جاهزة والعمل يبدأ في الخريف».
"""
SECOND_AR = """الصيادون يرفضون حظر الشباك الليلية
المدينة – رفض الصيادون في الشمال حظر الشباك الليلية الذي تريد الحكومة فرضه من مايو المقبل في كل الموانئ.
وقال الناطق باسمهم إن الحظر سيقضي على مورد مئتي عائلة ولن يغير شيئا في مخزون الأسماك في البحر.
"""
SECOND_FR = """Les pêcheurs refusent l'interdiction des filets de nuit
Portville, le 4 mars 2019
Les pêcheurs du nord ont refusé lundi l'interdiction des filets de nuit que le gouvernement veut imposer en mai.
Leur porte-parole affirme que deux cents familles perdraient leur revenu sans que les stocks de poisson changent.
"""
SECOND_RU = """Рыбаки не согласны с запретом ночных сетей
ПОРТОВ, 4 марта - Рыбаки севера выступили против запрета ночных сетей, который правительство вводит с мая.
По словам их представителя, запрет оставит без дохода двести семей и ничего не изменит в запасах рыбы.
"""


def _titles(text: str) -> list[str]:
    stories = split_stories(text)
    assert stories[0][0] == 0
    assert stories[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(stories))
    return [document.article.title for document in documents_of(text, "page.txt")]


@pytest.mark.parametrize(
    ("first", "cue", "second"),
    [
        (FIRST, "Tags: dams\nRead also:\n", SECOND),
        (FIRST, "\n\nRELATED\n\n", SECOND.replace("\n", "\n\n")),
        (FIRST, "© 2019 Example Wire\n", SECOND),
        (FIRST_AR, "المصدر: وكالات\nاقرأ أيضاً:\n", SECOND_AR),
        (FIRST_AR, "كلمات دلالية: سدود\nمواضيع متعلقة\n", SECOND_AR.replace("\n", "\r\n")),
        (FIRST, "Partager sur Facebook\nÀ LIRE ÉGALEMENT\n", SECOND_FR),
        (FIRST, "Поделиться\nЧитайте также:\n", SECOND_RU),
        # No cue at all: a new headline with its own dateline below a story that has one.
        (FIRST.replace("The minister", "PORTVILLE (Example Wire) - The minister"), "\n", SECOND),
        # A digest: headline, stamp, text; again and again.
        (FIRST.replace("dams\n", "dams\n3 March 2019\n", 1), "\n", SECOND.replace("nets\n", "nets\n4 March 2019\n", 1)),
        # The second story as a page pastes it: headline, teaser or not, headline again.
        (FIRST, "More stories\n", SECOND.replace("PORTVILLE (Example Wire) - ", f"{SECOND_TITLE}\n")),
    ],
)
def test_a_second_story_becomes_its_own(first: str, cue: str, second: str) -> None:
    text = first + cue + second
    assert _titles(text) == [first.split("\n")[0], second.splitlines()[0]]
    start = split_stories(text)[1][0]
    assert text[start:] == second


def test_three_stories() -> None:
    third = SECOND.replace("Fishermen", "Teachers").replace("night nets", "evening lessons")
    text = f"{FIRST}Tags: dams\nRead also\n{SECOND}Tags: fish\nRead also\n{third}"
    assert len(_titles(text)) == 3
    documents = documents_of(text, "page.txt")
    assert [document.article.story for document in documents] == [0, 1, 2]
    assert len({document.article.id for document in documents}) == 3
    assert "".join(document.article.text for document in documents) == text


GOES_ON = "The opposition said that the money was not there, and asked for the opinion of the court of auditors.\n"
GOES_ON_AR = (
    "وأضافت الوزيرة أن العمل سيستمر ثلاث سنوات على الأقل، "
    "وأن المدارس والمستشفيات ستستفيد من الطاقة الجديدة في كل المناطق.\n"
)
TITLES = "Fishermen reject ban on night nets\nTeachers reject evening lessons\nBakers want bread law\n"
TITLES_AR = "الصيادون يرفضون حظر الشباك الليلية\nالمعلمون يرفضون الدروس المسائية\nالخبازون يطالبون بقانون\n"
MORE = "The court of auditors said it would soon look again at all of the plans of the ministry in autumn this year.\n"


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        # Related headlines below.
        FIRST + "Tags: dams\nRead also:\n" + TITLES,
        # A promoted headline in the middle, after which the story goes on.
        FIRST + "Read also:\nFishermen reject ban on night nets\n" + GOES_ON + MORE,
        FIRST + "Read also: Fishermen reject ban on night nets\n" + GOES_ON + MORE,
        # Also where the buttons stand above the promoted headline.
        FIRST + "Share\nRead also\nFishermen reject ban on night nets\nShe added this: " + GOES_ON + MORE,
        # Also where the promoted headline is on the same matter as the paragraph that goes on.
        FIRST + "Read also:\nCourt of auditors asked for opinion on money\n" + GOES_ON + MORE,
        FIRST + "Share\nRead also\nCourt of auditors asked for opinion on money\nBut " + GOES_ON + MORE,
        # Subheadings, one of which the text takes up.
        FIRST + "Auditors ask for the plans\n" + GOES_ON + MORE,
        FIRST + "What the opposition says\n" + GOES_ON + "What the court of auditors says\n" + MORE,
        # A comment's date, a caption, a list.
        FIRST + "Comments\nA reader\n3 March 2019\nDams are good.\n",
        FIRST_AR + "اقرأ أيضاً:\nالصيادون يرفضون حظر الشباك الليلية\n" + GOES_ON_AR + GOES_ON_AR.replace("ثلاث", "أربع"),
        FIRST_AR + "مواضيع ذات صلة\n" + TITLES_AR,
        # A dash early in a sentence.
        FIRST + "The plan in short\nDams - five of them - are to be built in the valleys, and " + GOES_ON + MORE,
    ],
)  # fmt: skip
def test_one_story_stays_one(text: str) -> None:
    assert len(split_stories(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "GENEVA (AP) — The talks resumed.",
        "PARIS, 3 mars (AFP) - Les pourparlers ont repris.",
        "МОСКВА, 5 марта. /ТАСС/. Переговоры возобновились.",
        "القاهرة – استؤنفت المحادثات.",
        "عمان (رويترز) - استؤنفت المحادثات.",
    ],
)
def test_datelines(text: str) -> None:
    assert opens_with_dateline(Line(0, len(text), text, False))


@pytest.mark.parametrize(
    "text",
    [
        "The talks - they resumed on Monday - went well.",
        "Москва — столица России и ее крупнейший город.",
        "He said 1/2/2020 was the day.",
        "قال الوزير - وهو طبيب - إن المحادثات استؤنفت.",
        "“We will wait” - so said the minister.",
    ],
)
def test_no_datelines(text: str) -> None:
    assert not opens_with_dateline(Line(0, len(text), text, False))
