"""`odoo-bin client_import`: imports a file of clients without a browser.

Odoo runs this file by its path, outside the add-on: code of the add-on can be imported
only after Odoo's settings are read.
"""

import base64
import json
import sys
import time
from pathlib import Path

from odoo.cli import Command
from odoo.exceptions import UserError
from odoo.tools import config

MODES = ("create", "create_skip", "update", "update_skip", "create_update")


class ClientImport(Command):
    """Import a file of clients"""

    name = "client_import"
    description = """
        Import a file of clients (CSV, XLSX or ODS) into a database.

        The whole file is imported at once, with the rights of the user: all of it is
        stored at the end, or nothing.
    """
    epilog = """
        Odoo's own options follow FILE: --addons-path, --db_host, --log-level...

        Exit codes: 0 when the file was imported (rejected rows are in the answer),
        1 when nothing could be imported, 2 when the options are wrong.
    """

    def run(self, cmdargs):
        """Run the command.

        :param list cmdargs: the arguments after its name
        :raise SystemExit: always, with the exit code
        """
        self._add_options()
        options, odoo_options = self.parser.parse_known_args(cmdargs)
        words = ["--no-http", "--log-level=warn", *options.odoo, *odoo_options]
        config.parse_config(words, setup_logging=True)

        from odoo.addons.client_extension.tools.command import (
            command_line,
            import_command,
        )

        content = command_line.read(options.file)
        with command_line.environment(options) as env:
            outcome = self._import(env, options, content)
            if options.check:
                env.cr.rollback()
        if options.json:
            # JSON is UTF-8, whatever the language of the terminal.
            sys.stdout.reconfigure(encoding="utf-8")
            text = json.dumps(outcome, ensure_ascii=False)
        else:
            sys.stdout.reconfigure(errors="replace")
            text = import_command.summary(outcome)
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
        sys.exit(1 if outcome["state"] == "failed" else 0)

    def _add_options(self):
        add = self.parser.add_argument
        add("file", type=Path, metavar="FILE", help="CSV, XLSX or ODS")
        # Two of Odoo's own options can also precede FILE; they are passed on to Odoo.
        odoo = {"action": "append", "dest": "odoo", "default": []}
        add("-c", "--config", type="--config={}".format, **odoo, help="Odoo settings")
        add("-d", "--database", type="--database={}".format, **odoo, help="its name")
        add(
            "--mode",
            choices=MODES,
            help="what happens to known and unknown references (default: the mode of "
            "the mapping, else create_update)",
        )
        add(
            "--mapping",
            default="",
            metavar="NAME",
            help="the saved mapping that says what the columns are, with its options",
        )
        add(
            "--delimiter",
            default="",
            metavar="C",
            help="detected automatically if left out",
        )
        add(
            "--category",
            action="append",
            default=[],
            metavar="NAME",
            help="add this category to every client of the file (can be repeated)",
        )
        add(
            "--add-labels",
            action="store_true",
            help="add all new labels, also more than the settings allow without asking",
        )
        add(
            "--overwrite-protected",
            action="store_true",
            help="overwrite tax IDs, company IDs, receivable accounts and invoice "
            "addresses, also of clients with posted invoices",
        )
        add(
            "--value",
            action="append",
            default=[],
            metavar="COLUMN:WORD=MEANING",
            help="what a word means that the list of its column does not have: a word "
            "of the list, + to create it, or nothing to leave it empty (can be "
            "repeated)",
        )
        add(
            "--answer",
            action="append",
            default=[],
            metavar="QUESTION=ANSWER",
            help="the answer to a question about the file: encoding=cp1253, "
            "signs=drop, dates:HEADER=month, nulls:HEADER=empty... (can be repeated)",
        )
        add(
            "--check",
            action="store_true",
            help="only say what would happen: nothing is stored",
        )
        add("--json", action="store_true", help="print one JSON object, and no bar")
        add("--user", metavar="LOGIN", help="who imports (default: the administrator)")
        add("--company", metavar="NAME", help="default: the company of the user")

    def _import(self, env, options, content):
        """Import `content`, or check it.

        :param env: environment of the user who imports
        :param options: options of the command line
        :param bytes content: content of the file
        :return: dict, see ``import_command.outcome_of``
        """
        from odoo.addons.client_extension.tools.command import (
            import_command,
            progress_bar,
        )

        start = time.monotonic()
        values = {"file": base64.b64encode(content), "file_name": options.file.name}
        values.update(import_command.answers(env, options))
        record = env["client.import"].create(values)
        message = ""
        title = f"{'Checking' if options.check else 'Importing'} {options.file.name}"
        with progress_bar.progress(title, not options.json) as bar:
            if bar:
                record = record.with_context(client_import_tell=bar.tell)
            try:
                with env.cr.savepoint():
                    record.check() if options.check else record.run()
            except UserError as error:
                message = str(error)
        seconds = round(time.monotonic() - start, 3)
        return import_command.outcome_of(record, message, seconds)
