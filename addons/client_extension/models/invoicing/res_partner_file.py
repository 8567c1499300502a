from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..overview.figure_reader import ClientScope

# Files of one kind that are read at a time.
PAGE = 20
FIELDS = ["name", "mimetype", "type", "url", "checksum", "file_size", "create_date"]


class ResPartner(models.Model):
    """The files of the documents of a client, which stay where they are."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.readonly
    def get_client_files(self, model=None, offset=0):
        """The files attached to the documents of this client, newest first.

        Each kind holds what the user may read; kinds without a file are left out.

        :param model: str, read the files of this kind only
        :param int offset: how many of that kind are known already
        :return: list of dict with ``label``, ``model``, ``more`` and ``files``: dicts
            with the fields of the attachment, ``document`` and ``document_id``
        :raise AccessError: when the user may not read the client, or is no employee
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees see the files of a client."))
        if not isinstance(offset, int) or offset < 0:
            raise UserError(self.env._("Reload the page and try again."))
        kinds = [
            self._read_client_files(*source, offset)
            for source in self._join_client_file_sources()
            if model in (None, source[1])
        ]
        return [kind for kind in kinds if kind["files"]]

    def _get_client_file_sources(self):
        """The kinds of documents of this client whose files are shown.

        Documents on the timeline that people talk about are among them.

        :return: list of tuples (label, model, domain of the documents); overridden to
            show the files of another app
        """
        self.ensure_one()
        scope = ClientScope(self)
        return [
            (
                source.label,
                source.model,
                Domain(list(source.domain or [])) & scope.domain(source.partner_field),
            )
            for source in self._get_client_visible_sources()
            if source.talk
        ]

    def _join_client_file_sources(self):
        """:return: list as of :meth:`_get_client_file_sources`, one for each model"""
        joined = {}
        for label, model, domain in self._get_client_file_sources():
            first_label, _model, other = joined.get(model, (label, model, Domain.FALSE))
            joined[model] = (first_label, model, other | Domain(domain))
        return list(joined.values())

    def _read_client_files(self, label, model, domain, offset):
        """:return: dict, one kind of :meth:`get_client_files`"""
        kind = {"label": label, "model": model, "more": False, "files": []}
        if not self.env[model].has_access("read"):
            return kind
        # Archived documents keep their files. One model at a time: with more than
        # five, Odoo fetches all files and filters them afterwards.
        documents = self.env[model].with_context(active_test=False).search(domain)
        files = self.env["ir.attachment"].search_fetch(
            [("res_model", "=", model), ("res_id", "in", documents.ids)],
            [*FIELDS, "res_id"],
            order="id desc",
            offset=offset,
            limit=PAGE + 1,
        )
        kind["more"] = len(files) > PAGE
        files = files[:PAGE]
        names = self._get_client_document_names(documents, files.mapped("res_id"))
        for values in files.read([*FIELDS, "res_id"]):
            document_id = values.pop("res_id")
            values.update(document_id=document_id, document=names[document_id])
            kind["files"].append(values)
        return kind

    @api.model
    def _get_client_document_names(self, documents, ids):
        """:return: dict from ids of the documents to their names"""
        shown = documents.browse(dict.fromkeys(ids))
        return {document.id: document.display_name for document in shown}
