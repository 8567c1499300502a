"""What the new records of one ``create()`` have in common."""


class CreateCache:
    """Lives for one ``create()`` of an import, in its context.

    An answer is kept by everything that was asked with, the environment included.
    """

    def __init__(self):
        self._answers = {}

    def once(self, key, ask, *args):
        """:return: what ``ask(*args)`` said when this key was first asked for"""
        if key not in self._answers:
            self._answers[key] = ask(*args)
        return self._answers[key]

    def clear(self):
        """Free what it keeps: environments that keep this cache in turn."""
        self._answers.clear()


def copied(values):
    """A copy that is as deep as the ORM reaches: commands and lists of properties.

    :param dict values: values of a record
    :return: dict
    """
    return {name: _copy(value) for name, value in values.items()}


def _copy(value):
    if type(value) is dict:
        return dict(value)
    if type(value) is list:
        return [dict(item) if type(item) is dict else item for item in value]
    return value
