"""What a target is called in a language: the words under which the position network reads a stance towards it."""

from __future__ import annotations

from functools import lru_cache

from claims.attribute.registry import built_in, country_name
from claims.lang.loader import language
from claims.records import Target


@lru_cache(maxsize=20_000)
def label(target: Target, lang: str) -> str:
    """The name of an actor or the usual words for an issue in ``lang``; in English, or as the target has it, where
    there is none.
    """
    kind, _, key = target.id.partition(":")
    if kind == "iss":
        phrases = language(lang).get("issues", {}).get(key) or language("en").get("issues", {}).get(key)
        return str(phrases[0]) if phrases else target.name
    entity = built_in().get(target.id)
    if kind == "cty":
        return country_name(key, lang) or target.name
    # The registry's own name is the usual English one; what it lists for English are other forms of it.
    names = entity.names.get(lang, ()) if entity and lang != "en" else ()
    return names[0] if names else target.name
