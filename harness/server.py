"""`./dev start`: a running Odoo with the add-ons, until Ctrl-C."""

import argparse
import socket
import subprocess
import time
import urllib.error
import urllib.request

from .databases import odoobin
from .databases.session import ready, session
from .databases.templates import Databases
from .paths import dev_folder
from .run import tail
from .say import Fail, say, step
from .setup import browser

HOST = "127.0.0.1"
PATIENCE = 180
GRACE = 15


def port_is_free(port: int) -> bool:
    """Return whether *port* of this machine is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def start(args: argparse.Namespace) -> int:
    """Start everything, print the address, and wait."""
    if not port_is_free(args.port):
        raise Fail(f"Port {args.port} is taken: choose another one with --port.")
    browser.ensure_reports()
    extra = [name for name in args.modules.split(",") if name]
    with session() as databases:
        with step(f"Preparing the database {args.db}"):
            ready(databases, args.db, extra, args.demo)
        return serve(databases, args.db, args.port)


def serve(databases: Databases, name: str, port: int) -> int:
    """Run the server on *name* until it is stopped."""
    process = launch(databases, name, port)
    try:
        with step("Starting Odoo"):
            wait_until_up(process, port)
        print(f"http://localhost:{port}", flush=True)
        print("Login: admin   Password: admin   Stop: Ctrl-C", flush=True)
        code = process.wait()
        raise Fail(f"Odoo stopped by itself (code {code}).\n{_log_end(port)}")
    except KeyboardInterrupt:
        return 0
    finally:
        stop(process)


def launch(databases: Databases, name: str, port: int) -> "subprocess.Popen[bytes]":
    """Start Odoo on the database *name*, in a separate session."""
    log = odoobin.log_file(f"server-{port}")
    words = odoobin.command(
        *("-c", databases.conf, "-d", name, "--db-filter", f"^{name}$"),
        *("--http-interface", HOST, "--http-port", str(port), "--logfile", log),
    )
    return subprocess.Popen(
        words,
        cwd=dev_folder("run"),
        env=odoobin.environment(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_until_up(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until the server answers."""
    url = f"http://{HOST}:{port}/web/health"
    for _ in range(PATIENCE * 5):
        if process.poll() is not None:
            raise Fail(f"Odoo does not start.\n{_log_end(port)}")
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Fail(f"Odoo does not answer on port {port}.\n{_log_end(port)}")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Stop the server; kill it if it does not react."""
    if process.poll() is not None:
        return
    say("  Stopping Odoo.")
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _log_end(port: int) -> str:
    """Return the end of the server's log and its path."""
    log = dev_folder("logs") / f"server-{port}.log"
    return f"{tail(log.read_text())}\n  The whole log: {log}"
