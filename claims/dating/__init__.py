"""Dates: stated dates in a text, relative expressions, the publication date of a page, the day of a statement."""

from claims.dating.mention import DateMention
from claims.dating.mentions import find_mentions
from claims.dating.overrides import load, match
from claims.dating.published import published
from claims.dating.relative import RelativeMention, find_relative, resolve
from claims.dating.statement import statement_date

__all__ = [
    "DateMention",
    "RelativeMention",
    "find_mentions",
    "find_relative",
    "load",
    "match",
    "published",
    "resolve",
    "statement_date",
]
