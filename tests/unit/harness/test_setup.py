"""What is fetched from where: Debian's mirror, Odoo's source, PostgreSQL."""

import pytest

from harness.databases import odoobin, postgres
from harness.databases import templates as databases
from harness.say import Fail, duration
from harness.setup import apt, source

TARGETS = """\
Packages|bookworm-security|main|http://mirror.test/debian-security/
Translations|bookworm|main|http://wrong.test/debian/
Packages|bookworm|main|http://mirror.test/debian/
"""


def test_the_mirror_is_the_machines_own():
    assert apt.mirror(TARGETS, "bookworm") == "http://mirror.test/debian/"
    assert apt.mirror(TARGETS, "trixie") == ""
    assert apt.mirror("", "bookworm") == ""


def test_sources_are_signed(monkeypatch, tmp_path):
    monkeypatch.setattr(apt, "KEYRING", tmp_path)
    text = apt.sources("http://mirror.test/debian/", ["unstable", "bookworm"])
    assert text == (
        f"deb [signed-by={tmp_path}] http://mirror.test/debian/ unstable main\n"
        f"deb [signed-by={tmp_path}] http://mirror.test/debian/ bookworm main\n"
    )


def test_only_an_old_release_file_is_forgiven():
    refusal = "E: Release file for http://m.test/ is expired (invalid since 3d)."
    assert apt.expired(refusal)
    assert not apt.expired("W: GPG error: the signature is not valid")


def odoo(path, version):
    (path / "odoo").mkdir(parents=True)
    (path / "odoo" / "release.py").write_text(f"version_info = {version}\n")
    return path


def test_an_odoo_is_known_by_its_release(tmp_path):
    found = source.check(odoo(tmp_path / "a", "(19, 0, 0, FINAL, 0, '')"))
    assert found.path == tmp_path / "a"
    assert found.version.startswith("19.0-")


def test_another_commit_is_another_version(tmp_path):
    path = odoo(tmp_path, "(19, 0, 0)")
    head = path / ".git" / "refs" / "heads" / "19.0"
    head.parent.mkdir(parents=True)
    head.write_text("1")
    before = source.check(path).version
    head.write_text("2")
    assert source.check(path).version != before


def test_another_series_is_refused(tmp_path):
    with pytest.raises(Fail, match=r"holds Odoo 18\.0: Odoo 19\.0 is needed"):
        source.check(odoo(tmp_path, "(18, 0, 0)"))


def test_ones_own_postgresql():
    url = "postgresql://me:p%40ss@db.test:5433/postgres"
    given = postgres.own({"DATABASE_URL": url})
    assert given == postgres.Server("db.test", "5433", "me", "p@ss")
    assert postgres.own({"PGHOST": "/run/pg", "PGUSER": "me"}) == postgres.Server(
        "/run/pg", "", "me", ""
    )
    assert postgres.own({}) is None


def test_the_cluster_lies_in_a_path_without_space(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv("CLIENT_EXTENSION_CACHE", str(tmp_path / "a b"))
    assert " " not in str(postgres.cluster_folder())


def test_killed_processes_do_not_keep_the_cluster_up(tmp_path):
    handles = tmp_path / "pids.json"
    handles.write_text("[1, 999999999]")
    postgres.forget_dead(handles)
    assert handles.read_text() == "[1]"


def test_modules_of_others_make_the_base_template():
    known = {"ours": ["crm", "project"], "ours_too": ["ours"]}
    needed = databases.outside(known)
    assert needed == sorted({*databases.BASE_MODULES, "crm", "project"})


def test_settings_name_the_server(tmp_path, monkeypatch):
    monkeypatch.setattr(odoobin, "dev_folder", lambda name: tmp_path)
    monkeypatch.setattr(odoobin, "ADDONS", tmp_path / "my add-ons")
    path = odoobin.write_conf(postgres.Server("/run/pg", "", "odoo"))
    text = path.read_text()
    assert f"addons_path = {tmp_path}/my add-ons\n" in text
    assert "db_host = /run/pg\ndb_user = odoo\n" in text
    assert "db_port" not in text
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_comma_in_the_path_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(odoobin, "ADDONS", tmp_path / "a,b")
    with pytest.raises(Fail, match="with a comma"):
        odoobin.write_conf(postgres.Server())


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.04, "0.0 s"), (59.96, "60.0 s"), (187, "3 min 07 s")]
)
def test_times_as_a_person_says_them(seconds, words):
    assert duration(seconds) == words
