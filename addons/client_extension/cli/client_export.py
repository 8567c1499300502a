"""`odoo-bin client_export`: exports the clients of a database to a file.

Odoo runs this file by its path, outside the add-on: code of the add-on can be imported
only after Odoo's settings are read.
"""

import os
import sys
from pathlib import Path

from odoo.cli import Command
from odoo.tools import config


class ClientExport(Command):
    """Export clients to a file"""

    name = "client_export"
    description = """
        Export clients to a CSV or XLSX file that can be imported again.

        The file holds the clients that the user is allowed to see. An existing file
        is replaced once the new one is complete.
    """
    epilog = """
        Odoo's own options follow FILE: --addons-path, --db_host, --log-level...

        Exit codes: 0 when the file was written, 1 when it could not be, 2 when the
        options are wrong.
    """

    def run(self, cmdargs):
        """Run the command.

        :param list cmdargs: the arguments after its name
        :raise SystemExit: when the file could not be written
        """
        self._add_options()
        options, odoo_options = self.parser.parse_known_args(cmdargs)
        words = ["--no-http", "--log-level=warn", *options.odoo, *odoo_options]
        config.parse_config(words, setup_logging=True)

        from odoo.addons.client_extension.tools.command import command_line

        with command_line.environment(options) as env:
            if str(options.file) == "-":
                self._write_output(env["client.export"], options)
            else:
                self._write_file(env["client.export"], options)

    def _add_options(self):
        add = self.parser.add_argument
        add(
            "file",
            type=Path,
            metavar="FILE",
            help="XLSX if its name ends in .xlsx, else CSV; `-`: CSV on the standard "
            "output",
        )
        # Two of Odoo's own options can also precede FILE; they are passed on to Odoo.
        odoo = {"action": "append", "dest": "odoo", "default": []}
        add("-c", "--config", type="--config={}".format, **odoo, help="Odoo settings")
        add("-d", "--database", type="--database={}".format, **odoo, help="its name")
        add(
            "--domain",
            default="[]",
            help="which clients, as an Odoo domain (default: all but archived ones)",
        )
        add("--delimiter", default=";", metavar="C", help="default: ;")
        add(
            "--columns",
            metavar="A,B",
            help="headers, figures too (default: every column that the import knows)",
        )
        add("--user", metavar="LOGIN", help="who exports (default: the administrator)")
        add("--company", metavar="NAME", help="default: the company of the user")

    def _write_output(self, exporter, options):
        from odoo.addons.client_extension.tools.command.command_line import (
            split_headers,
        )

        columns = split_headers(options.columns)
        output = sys.stdout.buffer
        try:
            exporter.write_csv(
                output, options.domain, options.delimiter, columns=columns
            )
            output.flush()
        except BrokenPipeError:
            # The reader closed our output: avoid Python's complaint at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)

    def _write_file(self, exporter, options):
        """Write the file, which replaces an existing one once it is complete."""
        from odoo.addons.client_extension.tools.command.command_line import (
            split_headers,
        )
        from odoo.addons.client_extension.tools.command.replaced_file import replaced

        path, domain = options.file, options.domain
        columns = split_headers(options.columns)
        try:
            with replaced(path) as file:
                if path.suffix.lower() == ".xlsx":
                    exporter.write_xlsx(file, domain, columns)
                else:
                    exporter.write_csv(file, domain, options.delimiter, columns=columns)
        except OSError as error:
            sys.exit(f"{path} cannot be written: {error.strerror}.")
