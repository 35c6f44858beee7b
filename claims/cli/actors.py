"""``claims actors``: list the actors of a run, merge two, split one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

actors_app = typer.Typer(
    help="The actors of a run, and the project's decisions on them (actors.jsonl).", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Puts the group on the command line."""
    app.add_typer(actors_app, name="actors")


File = Annotated[Path | None, typer.Option("--actors", help="the project's actors; actors.jsonl by default")]
_SHOWN = 3


@actors_app.command("list")
def list_actors(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="the folder that `claims run --out` wrote")],
    unknown: Annotated[bool, typer.Option("--unknown", help="only people whom the registry does not know")] = False,
) -> None:
    """Who holds claims in a run: id, number of claims, languages, and the words that the articles use."""
    from claims.actors import listed

    for actor in listed(run):
        if unknown and not actor.id.startswith("name:"):
            continue
        words = "; ".join(actor.surfaces[:_SHOWN])
        more = f" (+{len(actor.surfaces) - _SHOWN})" if len(actor.surfaces) > _SHOWN else ""
        typer.echo(f"{actor.claims:5}  {actor.id}  {actor.name}  [{','.join(actor.langs)}]  {words}{more}")


@actors_app.command()
def merge(
    one: Annotated[str, typer.Argument(help="the id that is no actor of its own")],
    into: Annotated[str, typer.Argument(help="the id that it is")],
    actors: File = None,
) -> None:
    """Decide that one actor is another; the next run follows."""
    from claims.actors import merge as decide

    typer.echo(f"{decide(one, into, actors)}: {one} is {into}")


@actors_app.command()
def split(
    actor: Annotated[str, typer.Argument(help="the id that took in somebody else")],
    surface: Annotated[str, typer.Argument(help="the words by which the articles call that other one")],
    to: Annotated[str, typer.Argument(help="the other one's id, known or new (name:…)")],
    file: File = None,
) -> None:
    """Decide that some words mean somebody else; the next run follows."""
    from claims.actors import split as decide

    typer.echo(f"{decide(actor, surface, to, file)}: {surface!r} is {to}, not {actor}")
