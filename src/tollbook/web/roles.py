"""Who may do what: five roles, a handful of rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["data", "viewer", "editor", "manager", "owner"]
Right = Literal["open", "read", "words", "names", "judge", "add", "link", "accounts"]
ROLES: tuple[Role, ...] = get_args(Role)

# Each role has the rights of those before it too.
_OWN: Mapping[Role, frozenset[Right]] = {
    "data": frozenset({"open", "read"}),
    "viewer": frozenset({"words", "names"}),
    "editor": frozenset({"judge", "add"}),
    "manager": frozenset({"link"}),
    "owner": frozenset({"accounts"}),
}
MEANINGS: Mapping[Role, str] = {
    "data": "sees figures; the words of articles only on demand, no names of reviewers",
    "viewer": "reads everything, decides nothing",
    "editor": "judges claims and incidents, adds articles",
    "manager": "also reads articles again and groups claims anew",
    "owner": "also gives and takes accounts",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. ``session`` is what the CSRF token is bound to; ``None`` for a program that brings an API token."""

    name: str
    role: Role | None  # None: not signed in
    session: str | None
    how: Literal["loopback", "public", "account", "token", "nobody"]

    def may(self, right: Right) -> bool:
        """Whether the visitor's role has a right.

        >>> Visitor("Ana", "editor", "s", "account").may("judge"), Visitor("", None, "s", "nobody").may("read")
        (True, False)
        """
        if right == "open":
            return True
        if self.role is None:
            return False
        upto = ROLES[: ROLES.index(self.role) + 1]
        return any(right in _OWN[role] for role in upto)
