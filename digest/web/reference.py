"""The API's reference as a page, from the same document that programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from digest.web.site import Here

router = APIRouter()


class Field(NamedTuple):
    name: str
    is_required: bool
    text: str
    example: str
    default: str


class Operation(NamedTuple):
    summary: str
    request: str
    paragraphs: list[str]
    fields: list[Field]
    errors: list[tuple[str, str]]


@router.get("/api", response_class=HTMLResponse)
def reference(request: Request, site: Here) -> HTMLResponse:
    """List what the JSON API can do."""
    return site.page("reference", operations=list(_operations(request.app.openapi())))


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield Operation(
                summary=told["summary"],
                request=f"{method.upper()} {path}",
                paragraphs=told["description"].split("\n\n"),
                fields=[*_parameters(told), *_members(document, told)],
                errors=[(c, r["description"]) for c, r in told["responses"].items() if c >= "400"],
            )


def _parameters(operation: dict[str, Any]) -> Iterator[Field]:
    for told in operation.get("parameters", []):
        schema = told["schema"] | {"description": told.get("description", "")}
        yield _field(told["name"], schema, is_required=told["required"])


def _members(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[Field]:
    """Yield the members of the JSON object that an operation takes."""
    if "requestBody" not in operation:
        return
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    for name, told in schema["properties"].items():
        yield _field(name, told, is_required=name in schema["required"])


def _field(name: str, schema: dict[str, Any], *, is_required: bool) -> Field:
    example = json.dumps(schema["examples"][0]) if "examples" in schema else ""
    default = json.dumps(schema["default"]) if schema.get("default") else ""
    return Field(name, is_required, schema.get("description", ""), example, default)
