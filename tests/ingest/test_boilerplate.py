"""Furniture of pages in four languages and of structure alone; content that looks like furniture."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from claims.ingest.boilerplate import boilerplate
from claims.ingest.lines import split_lines
from claims.ingest.page import Document, documents_of

Reasons = Callable[[Document], dict[str, str]]

EN = """World | Africa
Minister pledges five new dams
By Jane Placeholder
Published: 3 March 2019 10:15 GMT
2 min read
Share on Facebook
Minister pledges five new dams
A dry riverbed in the south (Reuters)

The minister of agriculture promised on Sunday to build five dams in the south before the next election.

Farmers welcome the plan

"We have waited for twenty years," said the head of the farmers' union, who shared a copy of the plan with reporters.

Share prices of building firms rose on Monday.

Read also: Drought empties the northern lakes

The opposition said that the money was not there. It asked for the comments of the court of auditors.

Tags: dams, drought, agriculture
5 comments
Sign up for our newsletter
© 2019 Example Wire. All rights reserved.
"""
AR = """عاجل
وزيرة الزراعة تتعهد بناء خمسة سدود
كتبت: سلمى المثال
الأحد 3 آذار 2019 | 10:15
قراءة 4 دقائق
صورة أرشيفية لسد قديم
تعهدت وزيرة الزراعة، الأحد، بناء خمسة سدود في الجنوب قبل الانتخابات المقبلة، وقالت إن المال متوفر.
ترحيب المزارعين
وقال رئيس اتحاد المزارعين: «انتظرنا عشرين عاما»، مضيفا أنه شارك في إعداد الخطة مع الوزارة.
شارك الوزير في الاجتماع الذي عقد في العاصمة وقرأ كلمة قصيرة أمام الحضور.
المصدر: وكالات
كلمات مفتاحية: سدود، زراعة، جفاف
شارك الخبر
اشترك في النشرة البريدية
مواضيع ذات صلة
الجفاف يفرغ بحيرات الشمال
جميع الحقوق محفوظة
"""
FR = """Accueil > Monde
La ministre promet cinq barrages
Par Jeanne Exemple avec AFP
Publié le 3 mars 2019 à 10h15, mis à jour à 11h02
Lecture 2 min.
Un barrage abandonné. Photo d'archives (AFP)
La ministre de l'agriculture a promis dimanche de construire cinq barrages dans le sud du pays.
Les agriculteurs satisfaits
« Nous attendons depuis vingt ans », a dit le président du syndicat, qui partage l'avis de la ministre.
À lire aussi : La sécheresse vide les lacs du nord
L'opposition estime que l'argent manque et demande l'avis de la cour des comptes.
Mots-clés : barrages, sécheresse
Partager cet article
Abonnez-vous à notre newsletter
Commentaires
"""
RU = """Главная » Общество
Министр пообещала построить пять плотин
Автор: Анна Примерова
3 марта 2019, 10:15 мск
Время чтения: 2 мин.
Фото: Пример Примеров / ТАСС
Министр сельского хозяйства пообещала в воскресенье построить пять плотин на юге страны.
Что говорят фермеры
«Мы ждали двадцать лет», — сказал глава союза фермеров, который подписал обращение к министру.
Читайте также: Засуха опустошила северные озёра
Оппозиция считает, что денег на это нет, и просит мнения счётной палаты.
Теги: плотины, засуха
Поделиться
Подписывайтесь на наш телеграм-канал
Главный редактор
Пётр Примеров
"""
EXPECTED = {
    "en": (
        EN,
        [
            "chrome", None, "byline", "date_line", "reading_time", "share", "repeated", "caption", None, "subheading",
            None, None, "related", None, "keywords", "comments", "newsletter", "copyright",
        ],
    ),
    "ar": (
        AR,
        [
            "chrome", None, "byline", "date_line", "reading_time", "caption", None, "subheading", None, None, "source",
            "keywords", "share", "newsletter", "related", "related", "copyright",
        ],
    ),
    "fr": (
        FR,
        [
            "chrome", None, "byline", "date_line", "reading_time", "caption", None, "subheading", None, "related", None,
            "keywords", "share", "newsletter", "comments",
        ],
    ),
    "ru": (
        RU,
        [
            "chrome", None, "byline", "date_line", "reading_time", "caption", None, "subheading", None, "related", None,
            "keywords", "share", "newsletter", "masthead", "masthead",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("lang", sorted(EXPECTED))
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_each_line_of_a_page_gets_its_reason(lang: str, newline: str) -> None:
    page, expected = EXPECTED[lang]
    text = page.replace("\n", newline)
    [document] = documents_of(text, "page.txt")
    assert document.article.lang == lang
    assert document.article.text == text
    found = {text[span.start : span.end]: span.reason for span in document.spans}
    lines = [line for line in page.split("\n") if line]
    # The title stands twice on the English page: one copy is content, one is not.
    seen: list[str | None] = []
    for line in lines:
        reason = found.get(line)
        seen.append(None if reason == "repeated" and lines.index(line) == len(seen) else reason)
    assert list(zip(lines, seen, strict=True)) == list(zip(lines, expected, strict=True))
    assert document.article.title == lines[1]


@pytest.mark.parametrize("lang", sorted(EXPECTED))
def test_spans_are_in_order_apart_and_on_raw_offsets(lang: str) -> None:
    # A direction mark and odd white space around lines must not shift an offset.
    text = "\u200f\n" + EXPECTED[lang][0].replace("\n", " \u00a0\n\t")
    spans = boilerplate(text, lang)
    assert spans
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell by a tenth after the minister of finance resigned, traders said.",
        "Comments made by the minister on Friday were repeated on Sunday in the capital.",
        "The editor-in-chief of the newspaper was released from prison on Tuesday, his lawyer said.",
        "Photo agencies said that they would sue the ministry over the use of their pictures.",
        "Follow us into the war or stay at home, the general told his soldiers on Monday.",
        "مشاركة الوزير في القمة ليست مؤكدة، بحسب ما قال المتحدث باسمه.",
        "المصدر الذي تحدث إلى الصحافيين رفض الكشف عن اسمه وعن الجهة التي يعمل لها.",
        "قال رئيس التحرير إن الصحيفة ستنشر الوثائق كاملة في عددها المقبل.",
        "Lire la lettre en public fut une erreur, a reconnu la ministre devant les députés.",
        "Partager le pouvoir ne suffit pas, selon le chef de l'opposition.",
        "Фото министра на фоне плотины вызвало в парламенте долгие споры.",
        "Источник в министерстве сообщил, что плотину построят к осени.",
    ],
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_sentence_that_holds_a_furniture_word_is_content(sentence: str, place: str) -> None:
    other = ["One quite ordinary sentence stands here for the test.", "Another one stands here as well, says I."]
    lines = {"first": [sentence, *other], "middle": [other[0], sentence, other[1]], "last": [*other, sentence]}[place]
    text = "A headline of some words\n" + "\n".join(lines)
    assert [text[span.start : span.end] for span in boilerplate(text, "en")] == []


def test_furniture_by_structure_alone_in_a_language_without_a_file() -> None:
    text = """Inland
Ministerin verspricht fünf Staudämme
Sonntag, 3. März 2019
Ministerin verspricht fünf Staudämme
Die Ministerin versprach am Sonntag, im Süden des Landes fünf neue Staudämme zu bauen.
Bauern sind zufrieden
„Wir haben zwanzig Jahre gewartet“, sagte der Vorsitzende des Verbandes am Montag.
Zur Startseite
"""
    [document] = documents_of(text, "page.txt")
    assert document.article.lang == "de"
    assert document.article.title == "Ministerin verspricht fünf Staudämme"
    assert [span.reason for span in document.spans] == ["chrome", "date_line", "repeated", "subheading", "chrome"]


def test_a_teaser_of_the_lead_is_repeated_and_the_lead_is_kept(reasons: Reasons) -> None:
    teaser = "The minister of agriculture promised on Sunday to build five dams in the south,"
    lead = teaser + " and said that work would begin in the autumn."
    text = f"Five dams for the south\n\n{teaser}\n\n{lead}\n\nNobody else spoke that day in the house."
    [document] = documents_of(text, "p")
    assert reasons(document) == {teaser: "repeated"}


def test_masthead_names_end_where_the_story_begins(reasons: Reasons) -> None:
    text = """رئيس مجلس الإدارة
ليلى المثال
رئيس التحرير
سامي النموذج

الحكومة تعد بسدود جديدة في الجنوب
قالت وزيرة الزراعة إن الحكومة ستبني خمسة سدود في الجنوب قبل نهاية العام المقبل.
"""
    [document] = documents_of(text, "p")
    assert list(reasons(document).values()) == ["masthead"] * 4
    assert document.article.title == "الحكومة تعد بسدود جديدة في الجنوب"


def test_lists_quotes_and_closing_lines_in_the_story_are_content() -> None:
    text = """Five dams for the south
The minister named three conditions for the work to begin in the autumn of this year:
- money from the regions
- a law on water
- peace with the neighbours
Asked whether she would resign if the money did not come, she gave a short answer:
"Not before the vote"
She then left the hall without another word, and the members of the house went home.
"""
    assert boilerplate(text, "en") == ()


def test_hard_wrapped_paragraphs_are_no_headlines() -> None:
    text = """Five dams for the south

The minister of agriculture promised on Sunday to build five
dams in the south of the country before the next election, and
said that the money for the first two had been set aside.

Farmers have waited for such a plan for more than twenty years
and remember other promises that came to nothing in the end.
"""
    assert boilerplate(text, "en") == ()
    assert [line.words for line in split_lines(text)] == [5, 34, 23]
    [document] = documents_of(text, "p")
    assert document.article.title == "Five dams for the south"


def test_a_block_of_headlines_is_not_a_wrapped_paragraph() -> None:
    first = "Fishermen in the north reject the ban on night nets"
    text = f"{first}\nTeachers in the south reject evening lessons in May\nWhy?"
    assert len(split_lines(text)) == 3


@pytest.mark.parametrize(
    "line", ["2024-02-29", "٢٧ فبراير ٢٠٢٤", "Geneva, 5 May 2023", "Updated 3 hours ago", "12.03.2021 14:05 МСК"]
)
def test_stamps(line: str) -> None:
    text = f"Five dams for the south\n{line}\nThe minister promised on Sunday to build five dams in the south."
    assert [(text[span.start : span.end], span.reason) for span in boilerplate(text, "en")] == [(line, "date_line")]


def test_a_headline_with_a_year_is_no_stamp() -> None:
    text = "Vote of 7 May 2023 was fair, court rules\nThe court ruled on Sunday that the vote had been fair and free."
    assert boilerplate(text, "en") == ()
