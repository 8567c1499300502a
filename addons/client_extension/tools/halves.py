"""Does a batch whose rows may be refused, and finds the ones that are."""

import logging

from .transient_error import is_transient

_logger = logging.getLogger(__name__)


def in_halves(cursor, batch, method):
    """Do a batch in one savepoint; when it fails, do each half, down to one.

    :param cursor: cursor of the database
    :param batch: list or recordset; nothing is done for an empty one
    :param method: function that does a batch, and may raise whatever an add-on raises
    :return: iterator of triples (part of the batch, what the method returned for it,
        None), or (part with one item, None, the exception that refused it)
    :raise Exception: what may succeed when all of it is tried again
    """
    if not batch:
        return
    try:
        with cursor.savepoint():
            result = method(batch)
    except Exception as error:
        if is_transient(error):
            raise
        _logger.debug("%d are tried in halves", len(batch), exc_info=True)
        refusal = error
    else:
        yield batch, result, None
        return
    middle = len(batch) // 2
    if middle:
        yield from in_halves(cursor, batch[:middle], method)
        yield from in_halves(cursor, batch[middle:], method)
    else:
        yield batch, None, refusal
