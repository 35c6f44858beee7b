"""Bytes of a page to text: byte order marks, a declared charset, UTF-8, then the old 8-bit charsets by evidence.

Statistical guessers mix up Windows-1256 and ISO-8859-6, or KOI8-R and Windows-1251, on a sentence or two. Here every
candidate is decoded and judged by what a reader would see: words of one script, small letters inside words, the
letters that are frequent in the languages of that charset. Line ends are left as they are.
"""

from __future__ import annotations

import codecs
import re

from claims.errors import InputRejected
from claims.ingest.letters import CANDIDATES, likeness

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"Rar!", b"7z\xbc\xaf",
    b"\x7fELF", b"SQLite format", b"ID3", b"OggS", b"BZh", b"\xfd7zXZ", b"\xd0\xcf\x11\xe0", b"{\\rtf",
)  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|<\?xml[^>]{0,80}encoding\s*=\s*)["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_REPLACEMENT = "\ufffd"
# Browsers read these names as the wider Windows charset, and pages are written to what browsers do.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_DECLARED_WITHIN = 4096
_SAMPLE = 60_000
_MAX_CONTROL = 0.02
# A broken character in so many is a damaged file; more is another charset.
_MAX_DAMAGE = 0.02
_ENOUGH = 0.35


def decode(raw: bytes, path: str, *, html: bool = False) -> str:
    """The text of ``raw``, byte order mark dropped, line ends as they are.

    ``html`` lets a charset declared in the first 4 KiB speak first (after a byte order mark) where it decodes.
    Raises InputRejected with reason ``binary`` for what is no text; ``path`` is named in it.
    """
    if raw.startswith(_MAGIC):
        raise InputRejected(path, "binary", "not text: it begins as an archive, a picture or an office document does")
    text = _by_mark(raw, path)
    if text is None:
        if b"\x00" in raw:
            raise InputRejected(path, "binary", "not text: it holds NUL bytes")
        text = (_by_declaration(raw) if html else None) or _as_utf8(raw) or _by_evidence(raw)
    if text is None or len(_CONTROL.findall(text[:_SAMPLE])) > _MAX_CONTROL * len(text[:_SAMPLE]):
        raise InputRejected(path, "binary", "not text in any known charset")
    return text


def _by_mark(raw: bytes, path: str) -> str | None:
    for mark, charset in _BOMS:
        if raw.startswith(mark):
            try:
                text = raw.decode(charset).removeprefix("\ufeff")
            except UnicodeDecodeError:
                text = raw.decode(charset, errors="replace").removeprefix("\ufeff")
            if "\x00" in text or text.count(_REPLACEMENT) > _MAX_DAMAGE * len(text) + 1:
                raise InputRejected(path, "binary", f"begins with the byte order mark of {charset} but is no such text")
            return text
    return None


def _as_utf8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", errors="replace")
    broken = text.count(_REPLACEMENT)
    beyond = sum(char > "\x7f" for char in text[:_SAMPLE]) * max(1.0, len(text) / _SAMPLE)
    return text if (broken == 1 and beyond >= 10) or broken <= _MAX_DAMAGE * beyond else None


def _by_declaration(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii", errors="replace")).name
        text = raw.decode(_WIDER.get(name, name))
    except (LookupError, UnicodeDecodeError, UnicodeError):
        # An unknown or a wrong declaration is no evidence.
        return None
    # Codecs such as base64 are also looked up by name, and a Latin charset decodes anything.
    return text if isinstance(text, str) and not _CONTROL.search(text[:_SAMPLE]) else None


def _by_evidence(raw: bytes) -> str | None:
    sample = _telling_part(raw)
    best, best_score = "", 0.0
    for charset, family in CANDIDATES:
        try:
            score = likeness(sample.decode(charset), family)
        except UnicodeDecodeError:
            continue
        # In order of how common they are: a later candidate has to be better, not as good.
        if score > best_score + 1e-9:
            best, best_score = charset, score
    if best_score < _ENOUGH:
        guess = _guess(sample)
        best = guess if guess is not None else best
    if not best:
        return None
    text = raw.decode(best, errors="replace")
    return text if text.count(_REPLACEMENT) <= _MAX_DAMAGE * len(text) else None


def _telling_part(raw: bytes) -> bytes:
    """Up to 60 KB, cut at line ends or spaces, around the first byte beyond ASCII."""
    if len(raw) <= _SAMPLE:
        return raw
    first = next(at for at, byte in enumerate(raw) if byte > 0x7F)
    part = raw[max(0, first - 1000) : first + _SAMPLE]
    return part[part.find(b" ") + 1 : part.rfind(b" ")] or part


def _guess(sample: bytes) -> str | None:
    """charset-normalizer's guess, for the charsets that are not judged here (East Asian ones above all)."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample[:20_000]).best()
    return found.encoding if found is not None else None
