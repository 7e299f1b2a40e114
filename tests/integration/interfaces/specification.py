"""The published Swagger files, and whether an answer is one that they describe."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

FOLDER = Path(__file__).parents[4] / "shared" / "specs" / "blue-badge"
_PARAMETER = re.compile(r"\{[A-Za-z]+\}")


@dataclass(frozen=True)
class Specification:
    """One Swagger 2.0 file."""

    document: dict[str, Any]

    @property
    def base(self) -> str:
        """The address below which its paths are."""
        return str(self.document["basePath"])

    def faults(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """Return how an answer differs from what is published for it; a refusal from its shape."""
        operation = self._operation(method, path)
        if operation is None:
            return []
        described = operation["responses"].get(str(status)) or operation["responses"].get(
            "default", {}
        )
        schema = described.get("schema", {"$ref": "#/definitions/CommonResponse"})
        if status >= 400:
            schema = {"$ref": "#/definitions/CommonResponse"}
        whole = {**schema, "definitions": self.document["definitions"]}
        if "$ref" in schema:
            whole = {"allOf": [schema], "definitions": self.document["definitions"]}
        checker = Draft4Validator(whole, format_checker=Draft4Validator.FORMAT_CHECKER)
        return [f"{list(one.path)}: {one.message[:200]}" for one in checker.iter_errors(body)]

    def operations(self) -> Iterator[tuple[str, str]]:
        """Yield every method and path that is published."""
        for path, methods in self.document["paths"].items():
            for method in methods:
                if method != "parameters":
                    yield method.upper(), path

    def _operation(self, method: str, path: str) -> Any:
        for published, methods in self.document["paths"].items():
            pattern = "[^/]+".join(map(re.escape, _PARAMETER.split(published)))
            if re.fullmatch(pattern, path) and method.lower() in methods:
                return methods[method.lower()]
        return None


@cache
def specification(name: str) -> Specification:
    """Return a published file; the test is skipped where the specifications are not at hand."""
    file = FOLDER / f"{name}.json"
    if not file.exists():
        pytest.skip(f"{file.name} is not at hand: put the specifications beside this checkout")
    return Specification(json.loads(file.read_text(encoding="utf-8")))
