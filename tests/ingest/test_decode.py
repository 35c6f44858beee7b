"""Old charsets, byte order marks, and what is no text."""

from __future__ import annotations

import pytest

from claims.errors import InputRejected
from claims.ingest.decode import decode

SENTENCES = {
    "arabic": "أعلنت وزيرة الزراعة أن موسم القمح سيبدأ قريبا في الشمال.",
    "arabic-short": "تأجل الاجتماع إلى الغد",
    "persian": "وزير كشاورزي گفت كه پنج سد تازه در جنوب كشور ساخته شد.",
    "russian": "Министр сельского хозяйства пообещала построить пять новых плотин.",
    "russian-short": "Заседание перенесено",
    "ukrainian": "Міністерка пообіцяла збудувати п'ять нових дамб на півдні.",
    "french": "La ministre a promis que le barrage serait réparé avant l'été.",
    "french-short": "À bientôt, a-t-elle répété.",
    "german": "Die Ministerin will fünf Staudämme über dem Fluss erneuern.",
}
CASES = [
    ("arabic", "cp1256"),
    ("arabic", "iso8859_6"),
    ("arabic-short", "cp1256"),
    ("arabic-short", "iso8859_6"),
    ("persian", "cp1256"),
    ("russian", "cp1251"),
    ("russian", "koi8_r"),
    ("russian", "iso8859_5"),
    ("russian-short", "cp1251"),
    ("russian-short", "koi8_r"),
    ("ukrainian", "cp1251"),
    ("french", "cp1252"),
    ("french", "latin_1"),
    ("french-short", "cp1252"),
    ("german", "cp1252"),
]


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(("name", "charset"), CASES)
def test_old_charsets_are_told_apart(name: str, charset: str, times: int) -> None:
    text = "\r\n".join([SENTENCES[name]] * times)
    assert decode(text.encode(charset), "page.txt") == text


def test_windows_punctuation_in_english_is_kept() -> None:
    text = "“We will wait,” she said — and left."
    assert decode(text.encode("cp1252"), "page.txt") == text


def test_a_long_ascii_head_does_not_hide_the_charset() -> None:
    text = "Menu Home Sports " * 8000 + SENTENCES["arabic"]
    assert decode(text.encode("cp1256"), "page.txt") == text


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_lose_their_mark(charset: str) -> None:
    mark = "\ufeff" if charset in ("utf-16-le", "utf-16-be") else ""
    text = SENTENCES["arabic"] + "\r\n" + SENTENCES["french"] + "\n"
    assert decode((mark + text).encode(charset), "page.txt") == text


def test_utf8_cut_in_the_middle_of_a_character_is_still_utf8() -> None:
    text = SENTENCES["arabic"] * 3
    assert decode(text.encode()[:-2], "page.txt").startswith(text[:-2])


def test_a_declared_charset_is_believed_only_where_it_decodes() -> None:
    page = '<html><head><meta charset="{}"></head><body>' + SENTENCES["arabic"] + "</body></html>"
    declared = page.format("windows-1256")
    assert decode(declared.encode("cp1256"), "page.html", html=True) == declared
    wrong = page.format("utf-8")
    assert decode(wrong.encode("cp1256"), "page.html", html=True) == wrong
    # Declared alone, without a word of evidence in the letters.
    koi = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>ДА</p>'
    assert decode(koi.encode("koi8_r"), "page.html", html=True) == koi


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
        b"A sentence.\x00Another one.",
        bytes(range(1, 32)) * 20,
        b"\xff\xfe\x00\xd8\x00\xd8\x00\xd8\x00\xd8",
    ],
)
def test_binary_content_is_refused(raw: bytes) -> None:
    with pytest.raises(InputRejected) as caught:
        decode(raw, "photo.txt")
    assert caught.value.reason == "binary"
    assert caught.value.path == "photo.txt"
