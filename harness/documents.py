"""Generated texts: `./dev readme` and `./dev changelog`.

The fragments in an add-on's `readme` folder (DESCRIPTION, INSTALL, CONFIGURE, USAGE,
DEVELOP, CREDITS, as in the OCA) become its README.rst and the page of the Apps store,
static/description/index.html. Pictures that they use come from docs/images.
"""

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from docutils.core import publish_parts

from .paths import ADDONS, ROOT
from .say import Fail, say

FRAGMENTS = {
    "DESCRIPTION": "",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "DEVELOP": "Development",
    "CREDITS": "Credits",
}
NEEDED = ("DESCRIPTION", "CONFIGURE", "USAGE", "DEVELOP", "CREDITS")
PICTURES = ROOT / "docs" / "images"
DESCRIPTION = "static/description"
ICON = ADDONS / "client_extension" / DESCRIPTION / "icon.png"
GENERATED = ".. Made by ``./dev readme`` from the fragments in ``readme``.\n"
PAGE = """\
<section class="oe_container">
<div class="oe_row oe_spaced">
{body}
</div>
</section>
"""
SETTINGS = {
    "_disable_config": True,
    "doctitle_xform": False,
    "halt_level": 2,
    "initial_header_level": 2,
    "input_encoding": "unicode",
    "report_level": 2,
}


def readme(_args: argparse.Namespace) -> int:
    """Write the generated texts of every add-on that are out of date."""
    for path, content in stale():
        say(f"  {path.relative_to(ROOT)}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return 0


def changelog(args: argparse.Namespace) -> int:
    """Move the news fragments into a new section of CHANGELOG.md."""
    words = ("-m", "towncrier", "build", "--yes", f"--version={args.version}")
    return subprocess.run([sys.executable, *words], cwd=ROOT).returncode


def stale() -> Iterator[tuple[Path, bytes]]:
    """Yield the files that `./dev readme` would write, with their new content."""
    for manifest in sorted(ADDONS.glob("*/__manifest__.py")):
        for path, content in made(manifest.parent):
            if not path.exists() or path.read_bytes() != content:
                yield path, content


def made(addon: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every generated file of the folder *addon* with its content."""
    title = ast.literal_eval((addon / "__manifest__.py").read_text())["name"]
    text = compose(title, addon / "readme")
    yield addon / "README.rst", text.encode()
    folder = addon / DESCRIPTION
    yield folder / "index.html", page(text).encode()
    # An icon of its own comes with its drawing.
    if not (folder / "icon.svg").exists():
        yield folder / "icon.png", ICON.read_bytes()
    for name in re.findall(rf"{DESCRIPTION}/([\w-]+\.png)", text):
        yield folder / name, (PICTURES / name).read_bytes()


def compose(title: str, folder: Path) -> str:
    """Return the README of an add-on with *title*, from the fragments in *folder*."""
    bar = "=" * len(title)
    parts = [f"{bar}\n{title}\n{bar}\n", GENERATED]
    for name, heading in FRAGMENTS.items():
        path = folder / f"{name}.rst"
        if path.exists():
            if heading:
                parts.append(f"{heading}\n{'=' * len(heading)}\n")
            parts.append(path.read_text().strip() + "\n")
        elif name in NEEDED:
            raise Fail(f"{path.relative_to(ROOT)} is missing: write it.")
    return "\n".join(parts)


def page(text: str) -> str:
    """Return the page of the Apps store for the README *text*."""
    parts = publish_parts(text, writer="html5", settings_overrides=SETTINGS)
    body = re.sub(r"<!--.*?-->\n?", "", parts["html_body"], flags=re.S)
    # The store expects pictures next to the page.
    body = body.replace(f'="{DESCRIPTION}/', '="')
    return PAGE.format(body=body.strip())
