import pytest

from claims.baseline.content import LIGHT_WORDS, content_words, first_content_words, folded_words, plain
from claims.baseline.meaning import _known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The end of THE war.", ("end", "war")),
        ("l'ONU et la paix", ("onu", "paix")),
        ("don't stop", ("don", "t", "stop")),
        ("co-\n  operation", ("cooperation",)),
        ("co\u00ad\noperation", ("cooperation",)),
        ("well-known", ("wellknown",)),
        ("2017-2018", ("2017", "2018")),
        ("COVID-19", ("covid", "19")),
        ("at -5 degrees", ("at", "minus", "5", "degrees")),
        ("at \u22125 degrees", ("at", "minus", "5", "degrees")),
        ("1.5 and ١٫٥ and १.५", ("1.5", "1.5", "1.5")),
        ("it rose 1.2.", ("it", "rose", "1.2")),
        ("The U.S. army", ("us", "army")),
        ("ｆｕｌｌ ﬁt", ("full", "fit")),
        ("за\u0301мок, чайка", ("замок", "чайка")),
        ("لَا نُؤَيِّدُ الحَرْبَ", ("لا", "نويد", "الحرب")),
        ("في الحــــرب", ("الحرب",)),
        ("a\u200bb \u202eword\u202c", ("ab", "word")),
        ("the of", ("the", "of")),
        ("well\u2011known", ("wellknown",)),
        ("שָׁלוֹם", ("שלום",)),
        ("…!", ()),
    ],
)
def test_content_words(text, expected):
    assert content_words(text) == expected


def test_light_words_are_folded_and_commit_to_nothing():
    negators, modal, numbers = _known()
    heavy = {word for phrase in negators | modal for word in phrase if len(phrase) == 1}
    for word in LIGHT_WORDS:
        assert folded_words(word) == (word,)
        assert word not in heavy
        assert word not in numbers


def test_light_words_are_those_of_version_1():
    # A change here changes fingerprints in every baseline in use: it needs a new version, not a new number.
    assert len(LIGHT_WORDS) == 26
    assert not LIGHT_WORDS & {"no", "not", "ne", "pas", "не", "ни", "لا", "لم", "un", "one", "with", "for", "against"}


def test_plain_keeps_ascii_words_as_they_are():
    assert plain("  Two\twords \r\n here ") == "Two words here"


@pytest.mark.parametrize("wrap", [" ", "\n", "\r\n   "])
def test_first_content_words_do_not_depend_on_the_length_of_the_text(wrap):
    words = [f"word{number}" for number in range(500)]
    assert first_content_words(wrap.join(words), 12) == tuple(words[:12])
    assert first_content_words(wrap.join(words[:5]), 12) == tuple(words[:5])
    assert first_content_words(wrap.join(["the"] * 200 + words), 12) == tuple(words[:12])
