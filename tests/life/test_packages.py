"""A wheel of an add-on, installed with pip, is an app that Odoo can install."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from harness.databases import odoobin
from harness.paths import ADDONS
from harness.testing import life


def pip(*words):
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, words)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """A folder with a wheel of each add-on, built without a network."""
    folder = tmp_path_factory.mktemp("wheels")
    addons = sorted(path.parent for path in ADDONS.glob("*/__manifest__.py"))
    pip(
        *("wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"),
        *("-w", folder, *addons),
    )
    return folder


def metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return archive.read(name).decode()


def test_each_addon_is_a_wheel_that_asks_for_what_it_needs(wheels):
    names = {path.name.partition("-")[0] for path in wheels.iterdir()}
    manifests = ADDONS.glob("*/__manifest__.py")
    assert names == {f"odoo_addon_{path.parent.name}" for path in manifests}
    (core,) = wheels.glob("odoo_addon_client_extension-*")
    text = metadata(core)
    assert "Requires-Dist: phonenumbers" in text
    assert "License: LGPL-3" in text
    (queue,) = wheels.glob("odoo_addon_client_extension_queue-*")
    text = metadata(queue)
    assert "Requires-Dist: odoo-addon-client_extension==19.0.*" in text
    assert "Requires-Dist: odoo-addon-queue_job==19.0.*" in text


def test_the_installed_wheel_is_an_app_with_its_commands(wheels, tmp_path):
    site = tmp_path / "site"
    (core,) = wheels.glob("odoo_addon_client_extension-*")
    pip("install", "-q", "--no-deps", "--no-index", "--target", site, core)
    conf = tmp_path / "odoo.conf"
    settings = Path(os.environ["CLIENT_EXTENSION_CONF"]).read_text().splitlines()
    kept = [line for line in settings if not line.startswith("addons_path")]
    conf.write_text("\n".join(kept))
    env = odoobin.environment()
    env["PYTHONPATH"] = os.pathsep.join([str(site), env["PYTHONPATH"]])
    env["ODOO_RC"] = str(conf)
    database = life.clone("base")

    def odoo(*words):
        done = subprocess.run(
            odoobin.command(*words, "-d", database),
            capture_output=True,
            text=True,
            env=env,
            cwd=tmp_path,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done

    try:
        odoo("-i", "client_extension", "--stop-after-init", "--no-http")
        (tmp_path / "clients.csv").write_text("reference;name\nPIP1;Anna Peeters\n")
        done = odoo("client_import", "clients.csv")
        assert done.stdout.startswith("done: 1 rows, 1 created")
    finally:
        life.drop(database)
