"""Gets the source of Odoo 19: the user's own, Debian's package or Odoo's repository."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ..paths import cache, digest, locked, whole
from ..run import has, quiet
from ..say import Fail, step
from . import apt

UNSTABLE = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
)
# Unstable's Font Awesome lacks the old files that the package links to.
STABLE = ("fonts-font-awesome", "fonts-inconsolata")
DIST = Path("usr/lib/python3/dist-packages")
# The package omits this file, and every browser test fails without it.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
REPOSITORY = "https://github.com/odoo/odoo.git"
BRANCH = "19.0"
HELP = (
    "Odoo 19 cannot be had here: name a folder that holds its source in ODOO_PATH, "
    "or run on Debian with a reachable mirror, or where git reaches github.com."
)


@dataclass(frozen=True)
class Odoo:
    """The source tree of an Odoo: the folder to import from and its version."""

    path: Path
    version: str


def release(path: Path) -> tuple[int, int]:
    """Return the series of the Odoo in *path*, or (0, 0) if there is none."""
    try:
        text = (path / "odoo" / "release.py").read_text()
    except OSError:
        return (0, 0)
    found = re.search(r"version_info\s*=\s*\((\d+),\s*(\d+)", text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def check(path: Path) -> Odoo:
    """Return the Odoo in *path*, which must be of the series 19.0."""
    series = release(path)
    if series == (0, 0):
        raise Fail(f"There is no Odoo in {path}: it should hold a folder named odoo.")
    if series != (19, 0):
        raise Fail(f"{path} holds Odoo {series[0]}.{series[1]}: Odoo 19.0 is needed.")
    return Odoo(path, f"19.0-{digest(_fingerprint(path))}")


def _fingerprint(path: Path) -> str:
    """Return a key that changes with the source in *path*."""
    for name in ("VERSION", ".git/refs/heads/19.0", ".git/HEAD", "odoo/release.py"):
        if (path / name).is_file():
            return (path / name).read_text()
    return str(path)


def ensure() -> Odoo:
    """Return an Odoo 19.0, fetched if the machine has none yet."""
    own = os.environ.get("ODOO_PATH")
    if own:
        return check(Path(own).expanduser().absolute())
    target = cache() / "odoo"
    if not target.exists():
        with locked("odoo"):
            if not target.exists():
                _fetch(target)
    return check(target / DIST if (target / DIST).exists() else target)


def _fetch(target: Path) -> None:
    """Create *target* from Debian's package, or else from Odoo's repository."""
    reasons = []
    for usable, fetch in ((apt.usable(), _debian), (has("git"), _git)):
        if usable:
            try:
                return fetch(target)
            except Fail as reason:
                reasons.append(str(reason))
    raise Fail("\n".join([HELP, *reasons]))


def _debian(target: Path) -> None:
    """Unpack Debian's package of Odoo, and what it links to, into *target*."""
    with whole(target) as root:
        private = root / "apt"
        private.mkdir()
        state = apt.PrivateApt(private)
        with step("Reading Debian's package lists"):
            state.update()
        names = [f"{name}/{apt.UNSTABLE}" for name in UNSTABLE]
        names += [f"{name}/{state.codename}" for name in STABLE]
        with step("Downloading Debian's package of Odoo 19"):
            packages = state.download(names, private / "debs")
        with step("Unpacking Odoo"):
            apt.unpack(packages, root)
        left_out = root / DIST / LEFT_OUT
        left_out.parent.mkdir(parents=True, exist_ok=True)
        left_out.touch()
        version = next(p.name for p in packages if p.name.startswith("odoo-19_"))
        (root / DIST / "VERSION").write_text(version)
        quiet(["rm", "-r", private], "The private apt state cannot be removed.")


def _git(target: Path) -> None:
    """Clone the last commit of Odoo's branch into *target*."""
    with whole(target) as root, step("Cloning Odoo 19.0"):
        quiet(
            ["git", "clone", "--quiet", "--depth=1", "-b", BRANCH, REPOSITORY, root],
            "Odoo's repository cannot be cloned.",
            env={"GIT_TERMINAL_PROMPT": "0"},
        )
