"""What the new records of one ``create()`` have in common."""


class CreateCache:
    """Lives for one ``create()`` of an import, in its context.

    The key of a result is all that it depends on, including the environment.
    """

    def __init__(self):
        self._answers = {}

    def once(self, key, ask, *args):
        """:return: what ``ask(*args)`` returned the first time this key was used"""
        if key not in self._answers:
            self._answers[key] = ask(*args)
        return self._answers[key]

    def clear(self):
        """Release the environments in it, which themselves refer to this cache."""
        self._answers.clear()


def copied(values):
    """A copy as deep as the ORM modifies it: commands and lists of properties.

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
