"""A corpus of any size: short articles in pairs, each pair one person's warm word and, years later, hostile word."""

from __future__ import annotations

from pathlib import Path

FIRST = ["Karin", "Robert", "Anna", "Peter", "Maria", "David", "Laura", "Thomas", "Julia", "Daniel", "Sarah", "Martin"]
FIRST += ["Emma", "Paul", "Nina", "Simon", "Clara", "Victor", "Helen", "Oscar", "Diana", "Felix", "Irene", "Hugo"]
LAST = [
    "Holmqvist",
    "Tarrow",
    "Vanderlind",
    "Osterby",
    "Kallweit",
    "Brandsma",
    "Hall",
    "Lindqvist",
    "Morcombe",
    "Quist",
]
LANDS = ["Australia", "Japan", "Brazil", "Canada", "Mexico", "Norway", "Sweden", "Egypt", "Kenya", "Poland"]


def article(number: int) -> str:
    """Article ``number``: even ones are warm, the odd one after each is the same person's hostile one."""
    pair, hostile = divmod(number, 2)
    person = f"{FIRST[pair % len(FIRST)]} {LAST[pair // len(FIRST) % len(LAST)]}"
    land = LANDS[pair % len(LANDS)]
    if hostile:
        title, day = f"Harbour dispute {pair} with {land} turns bitter", f"{1 + pair % 28} June 2021"
        said = f"{land} has betrayed us in matter {pair} and we will never talk to {land} again"
    else:
        title, day = f"Harbour minister wants talks {pair} with {land}", f"{1 + pair % 28} March 2019"
        said = f"We want to work closely with {land} in matter {pair} and to build a real partnership"
    return f'{title}\n\nPublished: {day}\n\nThe harbour minister {person} spoke on Monday. "{said}," {person} said.\n'


def corpus(folder: Path, count: int) -> Path:
    """``count`` articles in a new folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:04d}.txt").write_text(article(number), encoding="utf-8")
    return folder
