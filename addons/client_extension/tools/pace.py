"""How much to do at a time, so that work ends well before a server stops it."""


def get_next_size(size, seconds, target, most):
    """The number of items that take about as long as they should.

    :param size: int, number of items that were just done
    :param seconds: float, time they took
    :param target: float, seconds that the next items should take at most
    :param most: int, number of items that are never exceeded
    :return: int, from 1 to ``most``
    """
    if seconds * most <= target * size:
        return most
    return max(int(size * target / seconds), 1)
