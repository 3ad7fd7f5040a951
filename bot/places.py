"""Where the bot keeps its things: all that most commands need to know of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.stopping import BadSettings

WEB_ADDRESS = r"^https?://[^\s/]+"
WORDS = {
    "int_parsing": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "string_pattern_mismatch": "is not written as .env.example shows it",
}
"""What is wrong with a value, by pydantic's name for it. The value itself may be a secret."""


class Places(BaseSettings):
    """VAR_DIR, from the environment or `.env`."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_file=".env",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    var_dir: Path = Path("var")

    @field_validator("var_dir")
    @classmethod
    def _is_a_folder(cls, place: Path) -> Path:
        if place.exists() and not place.is_dir():
            raise ValueError(f"{place} is not a folder")
        return place

    @classmethod
    def read(cls) -> Self:
        """The settings as the environment and `.env` give them; raises `BadSettings`."""
        try:
            return cls()
        except ValidationError as error:
            raise BadSettings(" ".join(_lines(error))) from None

    @property
    def folder(self) -> Path:
        """VAR_DIR as an absolute path: a child process may start elsewhere."""
        return self.var_dir.resolve()

    @property
    def packs(self) -> Path:
        """Where an owner files packs of their own."""
        return self.folder / "packs"


def _lines(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors(include_url=False, include_input=False):
        name = ".".join(map(str, problem["loc"])).upper()
        message = _words(problem)
        lines.append(f"{name}: {message}." if name else message)
    return lines


def _words(problem: ErrorDetails) -> str:
    ctx = problem.get("ctx", {})
    if ctx.get("pattern") == WEB_ADDRESS:
        return "must be an address that begins with https://"
    if words := WORDS.get(problem["type"]):
        return words.format(**ctx)
    return problem["msg"].removeprefix("Value error, ")
