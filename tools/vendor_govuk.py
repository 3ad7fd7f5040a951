"""Write the vendored stylesheet anew from govuk-frontend's package, without what is GOV.UK's own.

    npm pack govuk-frontend
    python tools/vendor_govuk.py govuk-frontend-6.6.0.tgz

Fonts, crest and the font's name are for use on gov.uk only, so they are taken out, and with them
every address: what is left loads nothing from anywhere.
"""

# ruff: noqa: INP001 - a file to run, not a package
from __future__ import annotations

import json
import re
import sys
import tarfile
from pathlib import Path

STYLESHEET = "package/dist/govuk/govuk-frontend.min.css"
WHERE_IT_GOES = Path(__file__).parents[1] / "bot/surfaces/web/static/govuk.css"
CHARSET = re.compile(r'@charset "UTF-8";')
FONT_NOTICE = re.compile(r"/\*! Copyright[^*]*Margaret Calvert[^*]*\*/")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_FAMILY = re.compile(r"font-family:GDS Transport,arial,sans-serif")
MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/")
RULE_WITH_ADDRESS = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
NOTICE = (
    "/*! govuk-frontend {version}, MIT Licence, Copyright (c) Crown copyright (Government Digital "
    "Service). Changed: fonts, crest and addresses taken out by tools/vendor_govuk.py. */\n"
)


def main() -> None:
    """Read the package named on the command line, and write the stylesheet."""
    if len(sys.argv) != 2:
        sys.exit("Name the package: python tools/vendor_govuk.py govuk-frontend-VERSION.tgz")
    with tarfile.open(sys.argv[1]) as package:
        version = json.loads(_read(package, "package/package.json"))["version"]
        stylesheet = stripped(_read(package, STYLESHEET))
    WHERE_IT_GOES.write_text(NOTICE.format(version=version) + stylesheet + "\n")


def stripped(stylesheet: str) -> str:
    """The stylesheet without fonts, crest and addresses."""
    for pattern in (CHARSET, FONT_NOTICE, FONT_FACE, MAP, RULE_WITH_ADDRESS):
        stylesheet = pattern.sub("", stylesheet)
    return FONT_FAMILY.sub("font-family:var(--type,sans-serif)", stylesheet).strip()


def _read(package: tarfile.TarFile, name: str) -> str:
    member = package.extractfile(name)
    if member is None:
        sys.exit(f"{name} is not a file of this package.")
    return member.read().decode()


if __name__ == "__main__":
    main()
