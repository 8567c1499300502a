"""The bars of the house, held against a made-up checkout."""

import subprocess
from pathlib import PurePosixPath

import pytest

from harness import house
from harness.house import Source

MODELS = "addons/one/models"


def model(name, *methods, key="_inherit"):
    """:return: the text of a file that extends a model, long enough to stand alone"""
    body = "".join(f"    def {method}(self):\n        pass\n\n" for method in methods)
    return f'class A(Model):\n    {key} = "{name}"\n\n{body}' + "\n" * 40


def faults(**files):
    """:return: what is beyond a bar in these files, told by path"""
    return [str(fault) for fault in house.find_faults(tree(files))]


def tree(files):
    return [Source(PurePosixPath(path), text) for path, text in files.items()]


def test_a_house_in_order_is_silent():
    room = f"{MODELS}/clients"
    assert (
        faults(
            **{
                f"{room}/__init__.py": "from . import res_partner",
                f"{room}/res_partner.py": model("res.partner", "create", "_get"),
                f"{room}/res_partner_name.py": model("res.partner", "_split"),
                f"{MODELS}/contacts/res_partner.py": model("res.partner", "create"),
                f"{MODELS}/contacts/helper.py": "def split():\n    return 1\n",
                "addons/two/models/res_partner.py": model("res.partner", "_get"),
            }
        )
        == []
    )


@pytest.mark.parametrize(
    ("folder", "suffix", "count", "full"),
    [
        ("harness", ".py", 20, False),
        ("harness", ".py", 21, True),
        ("addons/one/tests", ".py", 21, True),
        ("addons/one/static", ".js", 21, False),
    ],
)
def test_a_folder_holds_twenty_python_files(folder, suffix, count, full):
    files = {f"{folder}/m{number}{suffix}": "" for number in range(count)}
    files[f"{folder}/__init__.py"] = ""
    said = [f"{folder}: {count} Python files, 20 at most."] if full else []
    assert faults(**files) == said


def test_a_file_is_not_long():
    said = faults(
        **{
            "harness/a.py": "\n" * 401,
            "harness/b.py": "\n" * 400,
            "tests/unit/c.py": "\n" * 500,
            "addons/one/static/src/d.js": "\n" * 401,
        }
    )
    assert said == [
        "harness/a.py: 401 lines, 400 at most: make two of it.",
        "addons/one/static/src/d.js: 401 lines, 400 at most: make two of it.",
    ]


def test_a_file_is_named_after_its_model():
    said = faults(
        **{
            f"{MODELS}/partner_name.py": model("res.partner"),
            f"{MODELS}/res_partners.py": model("res.partner"),
            f"{MODELS}/client_label.py": model("client.label", key="_name"),
            "addons/one/wizards/ask.py": model("client.ask", key="_name"),
        }
    )
    assert said == [
        f"{MODELS}/partner_name.py: is about res_partner: name it after that.",
        f"{MODELS}/res_partners.py: is about res_partner: name it after that.",
        "addons/one/wizards/ask.py: is about client_ask: name it after that.",
    ]


def test_a_file_may_hold_the_lines_of_its_model_too():
    lines = '\nclass B(Model):\n    _name = "client.ask.line"\n    _inherit = ["x"]\n'
    text = model("client.ask", key="_name") + lines
    assert faults(**{"addons/one/wizards/client_ask.py": text}) == []


def test_a_model_is_in_three_files_of_a_room():
    files = {f"{MODELS}/res_partner_{x}.py": model("res.partner") for x in "abc"}
    assert faults(**files) == []
    files[f"{MODELS}/res_partner_d.py"] = model("res.partner")
    assert faults(**files) == [f"{MODELS}: 4 files of res.partner, 3 at most."]


def test_a_short_file_belongs_to_its_neighbour():
    short = 'class A(Model):\n    _inherit = "res.partner"\n'
    files = {f"{MODELS}/clients/res_partner.py": short}
    assert faults(**files) == []
    files[f"{MODELS}/contacts/res_partner.py"] = short
    assert faults(**files) == []
    files[f"{MODELS}/clients/res_partner_name.py"] = model("res.partner")
    assert faults(**files) == [
        f"{MODELS}/clients/res_partner.py: 2 lines of res.partner: "
        "move them to its other file."
    ]


def test_a_method_is_defined_once():
    said = faults(
        **{
            f"{MODELS}/clients/res_partner.py": model("res.partner", "write", "_get"),
            f"{MODELS}/clients/res_partner_a.py": model("res.partner", "write"),
            f"{MODELS}/labels/res_partner.py": model("res.partner", "write", "_get"),
        }
    )
    room = f"{MODELS}/clients"
    other = f"{MODELS}/labels/res_partner.py"
    assert said == [
        f"{room}/res_partner.py: res.partner.write is in {room}/res_partner_a.py, "
        f"{other} too: make one of it.",
        f"{room}/res_partner.py: res.partner._get is in {other} too: make one of it.",
    ]


def test_twice_in_one_file_is_twice():
    text = model("res.partner", "_get") + "\n" + model("res.partner", "_get")
    assert faults(**{f"{MODELS}/res_partner.py": text}) == [
        f"{MODELS}/res_partner.py: res.partner._get is in the same file too: "
        "make one of it."
    ]


def test_functions_are_short():
    long = "def f():\n" + "    x = 1\n" * 29
    assert faults(**{"harness/a.py": long}) == [
        ".: median of the functions is 30 lines, 8 at most.",
        ".: 90th percentile of the functions is 30 lines, 25 at most.",
    ]
    assert faults(**{"tests/unit/a.py": long}) == []


def test_figures_are_said():
    files = tree({f"{MODELS}/res_partner.py": model("res.partner", "a", "b")})
    assert house.figures(files) == [
        "1 Python files without tests: median 49 lines, 100% under 200, longest 49",
        "functions: median 2 lines, 90th percentile 2",
        "most files for a model: res.partner of one 1",
    ]
    assert house.figures([])[1] == "functions: median 0 lines, 90th percentile 0"


def test_what_is_not_there_yet_is_only_counted(tmp_path):
    for name in ("old", "new"):
        path = tmp_path / "addons" / "one" / "models" / name / "wrong.py"
        path.parent.mkdir(parents=True)
        path.write_text(model("res.partner"))
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    said, refused = house.check(tmp_path, [f"{MODELS}/old"])
    assert said[-1] == f"not yet: {MODELS}/old, beyond a bar: 1"
    assert refused == [
        f"{MODELS}/new/wrong.py: is about res_partner: name it after that."
    ]
