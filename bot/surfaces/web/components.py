"""The design system's components, for our own templates to call.

They need an environment of their own: they read many names that may be undefined, which ours
refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader

FOLDERS = {
    "govukButton": "button",
    "govukCheckboxes": "checkboxes",
    "govukDetails": "details",
    "govukErrorSummary": "error-summary",
    "govukInput": "input",
    "govukInsetText": "inset-text",
    "govukNotificationBanner": "notification-banner",
    "govukRadios": "radios",
    "govukSelect": "select",
    "govukTag": "tag",
    "govukTextarea": "textarea",
    "govukWarningText": "warning-text",
}

Component = Callable[..., str]


def components() -> Mapping[str, Component]:
    """The components by the name of their macro."""
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return {name: _macro(environment, folder, name) for name, folder in FOLDERS.items()}


def _macro(environment: Environment, folder: str, name: str) -> Component:
    template = environment.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html")
    macro: Any = getattr(template.module, name)
    return macro  # type: ignore[no-any-return]
