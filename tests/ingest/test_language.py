"""Languages of texts, declared and not."""

from __future__ import annotations

import pytest

from claims.ingest.language import detect

TEXTS = {
    "ar": "أعلنت وزيرة الزراعة أن موسم القمح سيبدأ قريبا في الشمال بعد أشهر من الجفاف.",
    "fa": "وزیر کشاورزی گفت که پنج سد تازه در جنوب کشور ساخته می‌شود و کار از پاییز آغاز خواهد شد.",
    "ur": "وزیر زراعت نے کہا ہے کہ جنوب میں پانچ نئے ڈیم بنائے جائیں گے اور کام خزاں میں شروع ہو گا۔",
    "en": "The minister of agriculture promised to build five new dams in the south of the country.",
    "fr": "La ministre de l'agriculture a promis de construire cinq nouveaux barrages dans le sud du pays.",
    "de": "Die Ministerin versprach, fünf neue Staudämme im Süden des Landes zu bauen.",
    "es": "La ministra de agricultura prometió construir cinco presas nuevas en el sur del país.",
    "ru": "Министр сельского хозяйства пообещала построить пять новых плотин на юге страны.",
    "uk": "Міністерка сільського господарства пообіцяла збудувати п'ять нових дамб на півдні країни.",
    "he": "שרת החקלאות הבטיחה לבנות חמישה סכרים חדשים בדרום.",
    "el": "Η υπουργός υποσχέθηκε πέντε νέα φράγματα.",
    "zh": "农业部长承诺在南方新建五座水坝，工程将于秋季开始。",
    "ja": "農業大臣は南部に五つの新しいダムを建設すると約束した。",
}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_languages(code: str) -> None:
    assert detect(TEXTS[code]) == code


def test_persian_in_arabic_keyboard_letters() -> None:
    assert detect("وزير كشاورزي گفت كه پنج سد تازه در جنوب كشور ساخته مي شود و كار از پاييز آغاز خواهد شد.") == "fa"


def test_arabic_that_names_a_foreigner_stays_arabic() -> None:
    assert detect(TEXTS["ar"] + " وقال السيد گراهام إن المشروع مفيد للجميع في المنطقة.") == "ar"


def test_short_texts_fall_back_to_the_script() -> None:
    assert detect("غدا") == "ar"
    assert detect("Да") == "ru"
    assert detect("Ні, її") == "uk"
    assert detect("OK") == "und"
    assert detect("12:30 — 42%") == "und"


def test_a_declared_language_is_believed_within_reason() -> None:
    assert detect("OK", "en-GB") == "en"
    assert detect(TEXTS["ar"], "ar_EG") == "ar"
    # A template's default: another script, or a long text in another language.
    assert detect(TEXTS["ar"], "en") == "ar"
    assert detect(TEXTS["fr"], "en") == "fr"
    assert detect(TEXTS["en"], "klingon") == "en"
    assert detect("Zdravo svima", "sr") == "sr"
