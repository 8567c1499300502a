"""Processes a batch whose rows may be refused, and finds those that are."""

import logging

from .transient_error import is_transient

_logger = logging.getLogger(__name__)


def in_halves(cursor, batch, method):
    """Process a batch in one savepoint; if it fails, try each half, down to one item.

    :param cursor: database cursor
    :param batch: list or recordset; nothing is done for an empty one
    :param method: function that processes a batch, and may raise any exception
    :return: iterator of triples (part of the batch, what the method returned for it,
        None), or (part with one item, None, the exception that refused it)
    :raise Exception: an error that may not occur when the whole batch is tried again
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
