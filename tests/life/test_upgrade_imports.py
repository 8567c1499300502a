"""Imports in every state survive the upgrade from the add-ons of 19.0.1.0.0.

`addons-19.0.1.0.0.tar.xz` holds `client_extension` and `client_extension_queue` as they
were then, without pictures, tests and translations: a shallow clone has no history.
"""

import json
import tarfile
from pathlib import Path

import pytest

from harness.paths import digest
from harness.testing import life

OLD = Path(__file__).with_name("addons-19.0.1.0.0.tar.xz")
MODULES = ("client_extension", "client_extension_queue")

# Files of 25 rows in chunks of 10, more than five rows in the background; a commit
# says that the time is over, so that one chunk is done and the rest is left.
BEGIN = """
import base64, json
from unittest.mock import patch
from odoo.addons.client_extension.models import client_import_rows as rows
from odoo.addons.client_extension.models import client_import_undo as undo
from odoo.addons.client_extension.models import client_import_wait as wait
rows.CHUNK = undo.CHUNK = 10
wait.PACE = 0
env["ir.config_parameter"].set_param("client_extension.import_limit", 5)
admin = env.ref("base.user_admin")
admin.group_ids += env.ref("client_extension.group_client_manager")
Import = env["client.import"].with_user(admin)

def make(prefix, count=25, **values):
    lines = [f"{prefix}{i:02};Client {prefix}{i};{'' if i % 5 else 'bad'}"
             for i in range(count)]
    text = "reference;name;email\\n" + "\\n".join(lines) + "\\n"
    return Import.create({
        "file": base64.b64encode(text.encode()), "file_name": f"{prefix}.csv", **values
    })

def stop(cron, *args, **kwargs):
    env.cr.commit()
    return 0.0

def work(method):
    "Do one chunk, as a cron whose time is over."
    with patch.object(type(env["ir.cron"]), "_commit_progress", stop):
        method()

made = {}
made["draft"] = make("DR")
made["checked"] = make("CH")
made["checked"].check()
made["checked"]._keep_mapping("Each week")
made["done"] = make("DO", warn_cells=True)
made["done"].run()
made["problems"] = make("PR")
made["problems"].run()
made["failed"] = Import.create({"file": base64.b64encode(b"name\\nA\\n")})
made["failed"].run()
made["undone"] = make("UN", 4)
made["undone"].run()
made["undone"].undo()
made["undo"] = make("UD")
made["undo"].run()
made["undo"].undo()
work(made["undo"]._undo_queued)
made["correct"] = make("CO", 60)
made["correct"].run()
rejected = base64.b64decode(made["correct"].rejects_file).decode("utf-8-sig")
made["correct"].mend(base64.b64encode(rejected.replace("bad", "a@b.be").encode()))
work(made["correct"]._run_queued)
made["queued"] = make("QU")
made["queued"].enqueue()
made["run"] = make("RU")
made["run"].enqueue()
work(made["run"]._run_queued)
made["cancelled"] = make("CA")
made["cancelled"].enqueue()
work(made["cancelled"]._run_queued)
made["cancelled"].cancel()
wait.LONG = 100
made["check"] = make("CK")
made["check"].action_check()
work(made["check"]._check_queued)
family = env.ref("client_extension.client_type_family").id
env["res.partner"].create([
    {"ref": "FAM1", "client_first_name": "Famille", "client_last_name": "Lefèvre Roux",
     "client_type_id": family},
    {"ref": "FAM2", "client_first_name": "Anne", "client_last_name": "Roux"},
])
env.cr.commit()
MADE = {name: record.id for name, record in made.items()}
print(json.dumps(MADE))
"""

STATE = """
import json
Import = env["client.import"]
names = ["state", "rows_done", "row_count", "created_count", "updated_count",
         "rejected_count", "progress", "file_name", "mode", "journal_cleared"]
print(json.dumps({name: {
    **Import.browse(number).read(names)[0],
    "task": TASK,
    "file": len(Import.browse(number).with_context(bin_size=False).file or b""),
    "rejects": len(Import.browse(number).with_context(bin_size=False).rejects_file
                   or b""),
    "user": Import.browse(number).user_id.login,
    "actor": Import.browse(number).actor_id.login,
    "matches": len(Import.browse(number)._get_matches()),
    "problems": len(Import.browse(number).problem_ids),
    "previews": len(Import.browse(number).preview_ids),
    "changes": len(Import.browse(number).change_ids),
    "mapping": Import.browse(number).mapping_id.read(
        ["name", "mode", "is_shared", "column_mapping", "signature"]),
} for name, number in MADE.items()}))
"""
#: the task in words of the old fields
OLD_TASK = """[
    *[t for t, is_it in (
        ("undo", Import.browse(number).is_undoing),
        ("correct", Import.browse(number).is_mending),
        ("check", Import.browse(number).is_checking),
        ("run", Import.browse(number).state in ("queued", "running")),
    ) if is_it], False][0]"""
NEW_TASK = "Import.browse(number).task"

GO_ON = """
import json
Import = env["client.import"]
for _round in range(5):
    Import._cron_check()
    Import._cron_import()
    Import._cron_undo()
env.cr.commit()
def count(prefix):
    return env["res.partner"].with_context(active_test=False).search_count(
        [("ref", "=like", prefix + "__")])
print(json.dumps({name: [
    record.state, record.task, record.row_count, record.created_count,
    record.rejected_count, count(record.file_name[:2]), bool(record.correction_file),
] for name, number in MADE.items() for record in [Import.browse(number)]}))
"""

UNDO = """
import json
Import = env["client.import"]
env["ir.config_parameter"].set_param("client_extension.import_limit", 500)
for name in ("done", "problems", "correct", "run", "cancelled"):
    Import.browse(MADE[name]).undo()
print(json.dumps([
    sorted(set(Import.browse(list(MADE.values())).mapped("task"))),
    env["res.partner"].with_context(active_test=False).search_count([
        "|", "|", "|", "|", ("ref", "=like", "DO__"), ("ref", "=like", "PR__"),
        ("ref", "=like", "CO__"), ("ref", "=like", "RU__"), ("ref", "=like", "CA__")]),
]))
"""
#: a family that was split as a person, and a person
NAMES = """
import json
found = env["res.partner"].search([("ref", "in", ["FAM1", "FAM2"])], order="ref")
types = env["client.type"].search([])
family = env.ref("client_extension.client_type_family")
print(json.dumps([
    [[p.name, p.client_first_name, p.client_name_parts] for p in found],
    sorted(set(types.mapped("kind"))), family.kind, family.salutation,
]))
"""
#: what is left of names that went
LEFT = """
import json
env.cr.execute(\"\"\"
    SELECT 'model ' || model FROM ir_model
     WHERE model IN ('client.import.asked', 'client.import.messages',
                     'client.import.readable', 'client.import.use',
                     'client.import.mend.wizard', 'client.import.mapping.keep')
     UNION ALL
    SELECT 'table ' || table_name FROM information_schema.tables
     WHERE table_name IN ('client_import_mend_wizard', 'client_import_mapping_keep')
     UNION ALL
    SELECT 'column ' || column_name FROM information_schema.columns
     WHERE table_name = 'client_type' AND column_name = 'company_type'
     UNION ALL
    SELECT 'column ' || column_name FROM information_schema.columns
     WHERE table_name = 'client_import'
       AND (column_name LIKE 'mend_%' OR column_name LIKE 'undo_%'
            OR column_name IN ('is_checking', 'is_mending', 'is_undoing'))
\"\"\")
print(json.dumps(sorted(row[0] for row in env.cr.fetchall())))
"""


@pytest.fixture
def old(tmp_path):
    """The folder of the add-ons as they were."""
    with tarfile.open(OLD) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "addons"


@pytest.fixture
def database(old):
    """A database with Odoo's apps, demo data and the add-ons as they were."""
    name = life.clone_with(MODULES, old, digest(OLD.read_bytes()))
    yield name
    life.drop(name)


def ask(database, *scripts, made=None, words=()):
    """:return: list: what each script printed last, as JSON, run one after the other in
    one Odoo shell, which reads the database anew for each; the scripts know the
    imports that were made as MADE
    """
    between = "env.invalidate_all()\nprint('--')\n"
    out = life.shell(database, f"MADE = {made!r}\n" + between.join(scripts), words)
    return [json.loads(said.strip().splitlines()[-1]) for said in out.split("--\n")]


def test_imports_in_every_state_go_on_after_the_upgrade(database, old):
    addons = f"--addons-path={old}"
    state = STATE.replace("TASK", OLD_TASK)
    made, before = ask(database, BEGIN, state, words=[addons])
    going = {name: found["task"] for name, found in before.items()}
    assert going == {
        **dict.fromkeys(made, False),
        **dict.fromkeys(("queued", "run"), "run"),
        **{name: name for name in ("check", "correct", "undo")},
    }

    log = life.run_odoo(database, "-u", "client_extension")
    assert not life.dirty(log)
    state = STATE.replace("TASK", NEW_TASK)
    after, left, names, gone_on, undone = ask(
        database, state, LEFT, NAMES, GO_ON, UNDO, made=made
    )
    assert after == before
    assert left == []
    assert names == [
        [["Famille Lefèvre Roux", False, False], ["Anne Roux", "Anne", "Anne|Roux"]],
        ["group", "individual", "organisation"],
        *("group", "Dear {name} family,"),
    ]
    done = {name: found["progress"] for name, found in after.items()}
    assert [done[name] for name in ("undo", "correct", "run", "check")] == [
        pytest.approx(100 * rows / total)
        for rows, total in ((10, 20), (10, 12), (10, 25), (10, 25))
    ]

    assert gone_on == {
        "draft": ["draft", False, 0, 0, 0, 0, False],
        "checked": ["checked", False, 25, 20, 5, 0, False],
        "done": ["done_with_problems", False, 25, 25, 0, 25, False],
        "problems": ["done_with_problems", False, 25, 20, 5, 20, False],
        "failed": ["failed", False, 0, 0, 0, 0, False],
        "undone": ["undone", False, 4, 3, 1, 0, False],
        "undo": ["undone", False, 25, 20, 5, 0, False],
        "correct": ["done", False, 60, 60, 0, 60, False],
        "queued": ["done_with_problems", False, 25, 20, 5, 20, False],
        "run": ["done_with_problems", False, 25, 20, 5, 20, False],
        "cancelled": ["cancelled", False, 25, 8, 2, 8, False],
        "check": ["checked", False, 25, 20, 5, 0, False],
    }
    assert undone == [[False], 0]
