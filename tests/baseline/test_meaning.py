import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.baseline.meaning import commitments, likeness, nearly_same, same_words

LONG = "We will support the gas pipeline to Norland and build it with our partners in 12 months"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG, LONG.replace("gas", "oil")),
        (LONG, LONG + " indeed"),
        (LONG, LONG.upper().replace("PARTNERS", "friends")),
        ("Мы поддержим договор о границе и продолжим работу тут", "Мы поддержим договор о границе, продолжим работу"),
        ("سندعم الاتفاق النووي مع جيراننا ونواصل العمل معهم", "سندعم الاتفاق النووي مع جيراننا ونواصل الحوار معهم"),
    ],
)
def test_an_edited_wording_is_nearly_the_same(first, second):
    assert nearly_same(first, second)
    assert nearly_same(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # negation
        (LONG, LONG.replace("will support", "will not support")),
        (LONG, LONG.replace("will support", "will never support")),
        ("We don't want a war with our neighbours now", "We do want a war with our neighbours now"),
        ("We will not sign but we will talk about peace", "We will sign but we will not talk about peace"),
        ("Nous voulons signer cet accord de paix demain", "Nous ne voulons pas signer cet accord de paix demain"),
        ("Мы подпишем этот важный договор о мире завтра", "Мы не подпишем этот важный договор о мире завтра"),
        ("سنوقع هذا الاتفاق المهم مع الجيران غدا", "لن سنوقع هذا الاتفاق المهم مع الجيران غدا"),
        ("نريد السلام مع الجيران ونريد العمل معهم جميعا", "نريد السلام مع الجيران ولا نريد العمل معهم جميعا"),
        ("The plan is legal under the law of our land today", "The plan is illegal under the law of our land today"),
        # number
        (LONG, LONG.replace("12", "15")),
        (LONG, LONG.replace("12", "twelve")),
        ("Three million people will leave their homes now", "Three billion people will leave their homes now"),
        ("The bank expects growth of 2.5 next year", "The bank expects growth of -2.5 next year"),
        ("نحتاج إلى ثلاثين طائرة جديدة في هذه الحرب", "نحتاج إلى عشرين طائرة جديدة في هذه الحرب"),
        # modality
        (LONG, LONG.replace("will", "may")),
        (LONG, LONG.replace("will", "must")),
        (LONG, LONG + " if they pay"),
        (LONG, LONG.replace("We will", "We will only")),
        # other words
        (LONG, "Norland is an adversary and trade talks with it are over"),
        ("We agree now", "We disagree now"),
        ("", "We agree"),
    ],
)
def test_a_changed_commitment_is_another_claim(first, second):
    assert not nearly_same(first, second)
    assert not nearly_same(second, first)


def test_likeness_is_a_share_of_content_words():
    assert likeness("one two three four five", "one two three four other") == 0.8
    assert likeness("one two three four", "one two three other") == 0
    assert likeness("The war", "war") == 1


def test_numbers_keep_their_order_and_script_does_not_matter():
    assert commitments("from 5 to 10") != commitments("from 10 to 5")
    assert commitments("من 5 إلى 10") == commitments("من ٥ إلى ١٠")


def test_same_words_ignores_layout_and_light_words():
    assert same_words("The war,\n ended", "WAR ended.")
    assert not same_words("war not ended", "war ended")


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_comparing_works_for_any_text_and_either_way(first, second):
    assert nearly_same(first, second) == nearly_same(second, first)
    assert nearly_same(first, first) or not commitments(first) or likeness(first, first) == 1
