"""Whether two spellings of a name are taken for one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.likeness import bucket, name_likeness, same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boris Orlov", "بوريس أورلوف"),
        ("Борис Орлов", "Boris Orlow"),
        ("Leyla Demir", "ليلى دمير"),
        ("Ewa Wójcik", "Эва Вуйцик"),
        ("Charlotte Dubois", "Шарлотта Дюбуа"),
        ("שלמה כהן", "Shlomo Cohen"),
        ("Νίκος Γεωργίου", "Nikos Georgiou"),
        ("王小明", "Wang Xiaoming"),
        ("Xiaoming Wang", "王小明"),
        ("فرهاد کریمی", "Farhad Karimi"),
        ("محمد بن خالد", "Mohammed bin Khaled"),
    ],
)
def test_one_person_in_two_scripts(one: str, other: str) -> None:
    assert same_person(one, other) and same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivan Orlov", "بوريس أورلوف"),  # the same family name
        ("Марина Орлова", "Boris Orlov"),
        ("Khaled bin Saeed", "خالد بن راشد"),  # another father
        ("Robert Miles Jr", "Роберт Майлс"),  # father and son
        ("小王明", "Wang Ming"),
        ("Andreas Georgiou", "Νίκος Γεωργίου"),
        ("Orlov", "Борис Орлов"),  # a family name alone is nobody in particular
        ("Hassan Idris Toure", "إدريس توري"),  # a son with his father's name behind his own
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert not same_person(one, other) and not same_person(other, one)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_has_a_likeness(one: str, other: str) -> None:
    assert 0.0 <= name_likeness(one, other) <= 1.0


def test_spellings_of_one_name_share_a_bucket() -> None:
    assert bucket("Boris Orlov") == bucket("Борис Орлов") == bucket("بوريس أورلوف")
    assert bucket("Orlov") is None
