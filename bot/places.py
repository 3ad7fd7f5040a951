"""Where the bot keeps its things: all that most commands need to know of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.stopping import BadSettings


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
        message = problem["msg"].removeprefix("Value error, ")
        lines.append(f"{name}: {message}." if name else message)
    return lines
