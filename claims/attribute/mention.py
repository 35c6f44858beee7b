"""One mention of an actor in a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """Word indices ``[first, last]`` into the sentence's words, and what they may stand for.

    ``kind`` is person, role, descriptor, country, demonym, name (a person whom the registry does not know) or the
    kind of an institution. ``ids`` are the actors that the words may mean. For a role, ``role`` is its code, ``of``
    the actor it serves, and ``inner`` the mentions that it is made of. A descriptor's ``role`` is ``same`` for "the
    same source", ``body`` for "the ministry".
    """

    first: int
    last: int
    kind: str
    ids: tuple[str, ...] = ()
    role: str | None = None
    of: str | None = None
    inner: tuple[Mention, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether the words name a person."""
        return self.kind in ("person", "name")

    @property
    def is_body(self) -> bool:
        """Whether the words mean a state, an institution or a part of one, and no person."""
        return self.is_office_body or self.kind not in ("person", "name", "role", "descriptor", "demonym")

    @property
    def is_office_body(self) -> bool:
        """Whether the role is a body without a name of its own in the registry ("the Omani foreign ministry")."""
        return self.kind == "role" and (self.role or "").startswith("body:")

    @property
    def is_trade(self) -> bool:
        """Whether the role is what somebody does and no office ("the coach", "the economist")."""
        return self.kind == "role" and (self.role or "").startswith("trade:")
