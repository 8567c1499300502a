"""Fetches Debian packages with apt's own tools, in a private apt state.

The machine's apt is not changed and no rights are needed: the lists, the cache and the
sources are our own folders. The mirror is the machine's own, and apt checks the
signature with the system's keyring as usual.
"""

import os
import platform
import pwd
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..run import has, quiet, tail
from ..say import Fail, say, step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
UNSTABLE = "unstable"
TARGETS = "$(CREATED_BY)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)"
PRIVATE = """\
Dir::State "{folder}/state";
Dir::State::lists "{folder}/lists";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "{folder}/cache";
Dir::Etc::sourcelist "{folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Acquire::Languages "none";
APT::Sandbox::User "{user}";
"""


def usable() -> bool:
    """Return whether this machine has apt and dpkg."""
    return has("apt-get") and has("dpkg-deb")


def mirror(targets: str, codename: str) -> str:
    """Return the archive of release *codename* named by `apt-get indextargets`."""
    for line in targets.splitlines():
        created_by, release, component, uri = [*line.split("|"), "", "", ""][:4]
        if (created_by, release, component) == ("Packages", codename, "main"):
            return uri
    return ""


def sources(archive: str, suites: Iterable[str]) -> str:
    """Return the text of a private sources.list for *suites* of *archive*."""
    option = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    return "".join(f"deb {option}{archive} {suite} main\n" for suite in suites)


def expired(output: str) -> bool:
    """Return whether apt refused a Release file only because of its age."""
    return "is expired" in output or "Valid-Until" in output


class PrivateApt:
    """A separate apt in *folder*, which sees unstable and the machine's release."""

    def __init__(self, folder: Path) -> None:
        """Write the settings; `update` reads the lists."""
        self.codename = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
        targets = quiet(
            ["apt-get", "indextargets", "--format", TARGETS],
            "apt-get cannot say which mirror this machine uses.",
        )
        archive = mirror(targets, self.codename)
        if not archive:
            raise Fail("This machine's apt names no Debian mirror.")
        for name in ("state", "lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True)
        text = sources(archive, (UNSTABLE, self.codename))
        (folder / "sources.list").write_text(text)
        self.config = folder / "apt.conf"
        user = pwd.getpwuid(os.geteuid()).pw_name
        self.config.write_text(PRIVATE.format(folder=folder, user=user))

    def get(self, *words: str, cwd: Path | None = None) -> tuple[bool, str]:
        """Run apt-get with the private state; return success and its output."""
        done = subprocess.run(
            ["apt-get", "-q", f"-c={self.config}", *words],
            cwd=cwd,
            env={**os.environ, "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
        )
        # A mirror that cannot be reached is only a warning to apt-get update.
        failed = done.returncode or "Failed to fetch" in done.stdout
        return not failed, done.stdout

    def update(self) -> None:
        """Read the package lists; a frozen mirror's old Release file is accepted."""
        done, output = self.get("update")
        if not done and expired(output):
            say(
                "  The mirror is frozen (its Release file is past its date): "
                "read all the same, its signature is checked."
            )
            text = self.config.read_text()
            self.config.write_text(text + 'Acquire::Check-Valid-Until "false";\n')
            done, output = self.get("update")
        if not done:
            raise Fail(f"The package lists could not be read.\n{tail(output)}")

    def download(self, names: Sequence[str], folder: Path) -> list[Path]:
        """Download the packages *names* (`name/suite`) into *folder*."""
        folder.mkdir()
        done, output = self.get("download", *names, cwd=folder)
        if not done:
            raise Fail(f"{shlex.join(names)} cannot be had.\n{tail(output)}")
        return sorted(folder.glob("*.deb"))


def unpack(packages: Iterable[Path], root: Path) -> None:
    """Unpack *packages* into the private *root*."""
    for package in packages:
        quiet(["dpkg-deb", "-x", package, root], f"{package.name} cannot be unpacked.")


def install(names: Sequence[str]) -> None:
    """Install Debian packages on the machine itself; needs root."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    env = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    with step(f"Installing {', '.join(names)}"):
        try:
            quiet(command, "", env=env)
        except Fail:
            quiet(["apt-get", "update"], "apt-get update failed.", env=env)
            quiet(command, f"{', '.join(names)} could not be installed.", env=env)
