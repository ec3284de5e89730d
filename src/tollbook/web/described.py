"""What the application says of itself in ``/openapi.json``: parameters of lists, fields of forms, what may be answered.

The views read queries and forms by themselves, since a form that is filled in wrongly gets a page that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from tollbook.web.filters import FACETS, LAST_PAGE, SORTS, TRAYS, Kind
from tollbook.web.security import COOKIE

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}
NUMBER: Schema = {"type": "string", "pattern": "^[0-9]{0,9}$"}
FILES: Schema = {"type": "array", "items": {"type": "string", "format": "binary"}}
ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"description": "A value that cannot be meant; the answer says which."},
    401: {"description": "Sign in first."},
    403: {"description": "The role may not do that, or the request was not meant."},
    404: {"description": "There is nothing of that name."},
}


def one_of(*values: str) -> Schema:
    """One of some words."""
    return {"type": "string", "enum": list(values)}


def asked(kind: Kind) -> dict[str, Any]:
    """The query of a list, as FastAPI's ``openapi_extra``."""
    several = {"type": "array", "items": TEXT}
    schemas: dict[str, Schema] = dict.fromkeys(FACETS[kind], several)
    schemas |= {
        "q": {"type": "string", "maxLength": 300}, "since": DAY, "until": DAY,
        "box": {"type": "string", "description": "west,south,east,north in degrees"},
        "missing": one_of(*TRAYS[kind]), "all": one_of(*FACETS[kind]), "sort": one_of(*SORTS[kind]),
        "page": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
    }  # fmt: skip
    return query(**schemas)


def query(**schemas: Schema) -> dict[str, Any]:
    """Parameters of a query; none has to be given."""
    return {"parameters": [{"name": name, "in": "query", "schema": schema} for name, schema in schemas.items()]}


def fields(**schemas: Schema) -> dict[str, Any]:
    """The fields of a form. A browser sends the session's token with it; a program with an API token need not."""
    kind = "multipart/form-data" if FILES in schemas.values() else "application/x-www-form-urlencoded"
    properties = {"csrf": TEXT, **schemas}
    return {"requestBody": {"content": {kind: {"schema": {"type": "object", "properties": properties}}}}}


def describe(app: FastAPI) -> None:
    """Adds to the description how one signs in."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        made = plain()
        made.setdefault("components", {})["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer"},
            "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
        }
        made["security"] = [{"token": []}, {"session": []}, {}]
        return made

    app.openapi = openapi  # type: ignore[method-assign]
