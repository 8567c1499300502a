"""Reads a whole number from the settings, whatever was written there."""

import logging

_logger = logging.getLogger(__name__)


#: more days than any record is old, and few enough to count back from today
MOST_DAYS = 36_500


def get_number(env, key, default):
    """The whole number of a system parameter.

    Anybody with access to the technical settings can write any text there: that must
    not stop an import or a scheduled action.

    :param env: environment of any user; the caller says why the value is not
        confidential
    :param str key: name of the parameter
    :param int default: used where it is missing, and where it is no whole number, which
        the server log says
    :return: int, 0 or more
    """
    text = env["ir.config_parameter"].sudo().get_param(key)
    if text in (False, None, ""):
        return default
    try:
        return max(int(text), 0)
    except ValueError:
        _logger.warning("%s is %r, not a whole number: %d is used", key, text, default)
        return default


def get_days(env, key, default):
    """The same for a number of days, which is used to count back from today."""
    return min(get_number(env, key, default), MOST_DAYS)
