class NamesMissing(Exception):
    """A chunk needs labels or names that do not exist yet."""

    def __init__(self, labels, names):
        super().__init__(labels, names)
        self.labels, self.names = labels, names

    @property
    def key(self):
        """What is missing, in comparable form."""
        return (tuple(sorted(self.labels)), tuple(sorted(self.names)))
