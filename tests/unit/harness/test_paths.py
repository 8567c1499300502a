"""Keys, locks and folders that are whole or absent."""

import pytest

from harness import paths


def test_a_key_tells_parts_apart():
    assert paths.digest("ab", "c") != paths.digest("a", "bc")
    assert paths.digest("a") == paths.digest(b"a")


def names(folder):
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def addon(tmp_path):
    folder = tmp_path / "addon"
    (folder / "tests").mkdir(parents=True)
    (folder / "models.py").write_text("a = 1")
    return folder


def test_the_key_of_files_knows_names_and_contents(addon):
    keys = {paths.files_digest([addon])}
    (addon / "models.py").write_text("a = 2")
    keys.add(paths.files_digest([addon]))
    (addon / "models.py").rename(addon / "other.py")
    keys.add(paths.files_digest([addon]))
    assert len(keys) == 3


def test_the_key_of_files_does_not_know_tests_and_byte_code(addon):
    key = paths.files_digest([addon])
    (addon / "tests" / "test_a.py").write_text("")
    (addon / "__pycache__").mkdir()
    (addon / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert paths.files_digest([addon]) == key


def test_the_cache_is_where_the_user_wants_it(tmp_path, monkeypatch):
    monkeypatch.delenv("CLIENT_EXTENSION_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert paths.cache() == tmp_path / "xdg" / "client-extension-odoo"
    monkeypatch.setenv("CLIENT_EXTENSION_CACHE", str(tmp_path / "my own"))
    assert paths.cache() == tmp_path / "my own"
    assert paths.cache().is_dir()


def test_a_folder_appears_whole(tmp_path):
    target = tmp_path / "odoo"
    with paths.whole(target) as folder:
        (folder / "a").touch()
        assert not target.exists()
    assert names(target) == ["a"]
    assert names(tmp_path) == ["odoo"]


def test_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError), paths.whole(tmp_path / "odoo"):
        raise RuntimeError
    assert names(tmp_path) == []


def test_what_a_killed_setup_left_is_removed(tmp_path):
    (tmp_path / ".odoo.abc").mkdir()
    with paths.whole(tmp_path / "odoo"):
        pass
    assert names(tmp_path) == ["odoo"]


def test_a_second_one_waits_for_the_lock(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CLIENT_EXTENSION_CACHE", str(tmp_path))
    monkeypatch.setattr(paths.fcntl, "flock", fake := FakeLock())
    with paths.locked("odoo"):
        assert fake.calls == 2
    assert "Waiting for another ./dev" in capsys.readouterr().err


class FakeLock:
    """A lock that somebody else holds at first."""

    calls = 0

    def __call__(self, _file, _flags):
        self.calls += 1
        if self.calls == 1:
            raise BlockingIOError
