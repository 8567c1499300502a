"""Where the labels of a sheet stand, and the address on an envelope, in millimetres."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

#: a point in mm
POINT = 25.4 / 72
#: height of a line, as a part of the height of the letters
LINE = 1.2
#: points of the letters: usually, the least without a line break, the least at all
LARGE, SMALL, LEAST = 10.0, 7.0, 5.0


def font_size(
    lines: Sequence[str], width: float, height: float, large: float = LARGE
) -> float:
    """:return: points of the letters, so that lines fit a block: smaller ones first,
    then some lines are broken

    :param lines: the text
    :param width: width of the block in mm
    :param height: its height in mm
    :param large: points of the letters where there is enough room
    """
    steps = [large - step / 2 for step in range(int(2 * (large - LEAST)) + 1)]
    for breaks in (False, True):
        for size in steps:
            rows = [max(ceil(_width(line) * size / width), 1) for line in lines]
            fits = sum(rows) * size * LINE * POINT <= height
            if fits and (breaks or (size >= SMALL and max(rows, default=1) == 1)):
                return size
    return LEAST


def _width(line: str) -> float:
    """:return: about how wide a line is with letters of one point, in mm"""
    wide = sum(letter.isupper() or letter in "mwMW@%" for letter in line)
    return (0.5 * len(line) + 0.22 * wide) * POINT


@dataclass(frozen=True, kw_only=True)
class LabelSheet:
    """A sheet of labels, all of the same size.

    :param columns: labels beside each other
    :param rows: labels one below the other
    :param width: width of a label
    :param height: height of a label
    :param left: distance of the first label from the left edge of the sheet
    :param top: distance of the first label from the upper edge
    :param pitch_x: from the left side of a label to that of the next one
    :param pitch_y: from the upper side of a label to that of the one below
    :param page_width: width of the sheet
    :param page_height: height of the sheet
    """

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    page_width: float = 210.0
    page_height: float = 297.0

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    @property
    def is_on_page(self) -> bool:
        """Whether all labels are on the sheet, beside each other and not one on top of
        the other."""
        right = self.left + (self.columns - 1) * self.pitch_x + self.width
        bottom = self.top + (self.rows - 1) * self.pitch_y + self.height
        return (
            self.columns >= 1
            and self.rows >= 1
            and self.width > 0
            and self.height > 0
            and self.left >= 0
            and self.top >= 0
            and (self.columns == 1 or self.pitch_x >= self.width)
            and (self.rows == 1 or self.pitch_y >= self.height)
            # A tenth for makers who round.
            and right <= self.page_width + 0.1
            and bottom <= self.page_height + 0.1
        )

    def place(self, index: int) -> tuple[float, float]:
        """:return: distance of a label from the left and the upper edge of its sheet

        :param index: from 0, line by line
        """
        row, column = divmod(index % self.count, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y

    def places(
        self, number: int, first: int = 1
    ) -> Iterator[list[tuple[float, float]]]:
        """Yield the places of the labels of each sheet.

        :param number: how many labels are printed
        :param first: the first free label of the first sheet, from 1, line by line
        """
        start, end = first - 1, first - 1 + number
        for sheet in range(start // self.count, -(-end // self.count)):
            low = max(start, sheet * self.count)
            high = min(end, (sheet + 1) * self.count)
            yield [self.place(index) for index in range(low, high)]

    def font_size(self, lines: Sequence[str]) -> float:
        """:return: points of the letters, so that these lines fit a label"""
        width, height = self.width - 2 * self.padding, self.height - 2 * self.padding
        return font_size(lines, width, height)

    @property
    def padding(self) -> float:
        """What is kept free on each side of a label."""
        return 3.0 if self.height > 30 else 2.0


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """An envelope that lies on its long side.

    :param width: width of the envelope
    :param height: height of the envelope
    :param left: distance of the address from the left edge
    :param top: distance of the address from the upper edge
    """

    width: float
    height: float
    left: float
    top: float


#: The address begins right of the middle, at least 40 mm below the upper edge, where
#: the stamps are, and six lines of it end at least 15 mm above the lower edge, where
#: the sorting machines print their code.
ENVELOPES = {
    "c5": Envelope(width=229, height=162, left=120, top=85),
    "dl": Envelope(width=220, height=110, left=115, top=55),
    "c6_5": Envelope(width=229, height=114, left=120, top=58),
}
#: where the sender stands on every envelope, from the left and the upper edge
SENDER = 15.0, 12.0


def _sheet(
    columns: int, rows: int, width: float, height: float, **gaps: float
) -> LabelSheet:
    """:return: a sheet with its labels in the middle

    :param gaps: ``x`` and ``y``: what is between two labels
    """
    pitch_x, pitch_y = width + gaps.get("x", 0), height + gaps.get("y", 0)
    return LabelSheet(
        columns=columns,
        rows=rows,
        width=width,
        height=height,
        left=round((210 - (columns - 1) * pitch_x - width) / 2, 2),
        top=round((297 - (rows - 1) * pitch_y - height) / 2, 2),
        pitch_x=pitch_x,
        pitch_y=pitch_y,
    )


#: sheets of the common makers by their numbers: size and gaps are the makers', and all
#: of them have the labels in the middle of the sheet
SHEETS = {
    "avery_l7159": _sheet(3, 8, 63.5, 33.9, x=2.54),
    "avery_l7160": _sheet(3, 7, 63.5, 38.1, x=2.54),
    "avery_l7161": _sheet(3, 6, 63.5, 46.6, x=2.54),
    "avery_l7162": _sheet(2, 8, 99.1, 33.9, x=2.5),
    "avery_l7163": _sheet(2, 7, 99.1, 38.1, x=2.5),
    "avery_l7165": _sheet(2, 4, 99.1, 67.7, x=2.5),
    "avery_l7651": _sheet(5, 13, 38.1, 21.2, x=2.5),
    "zweckform_3474": _sheet(3, 8, 70, 37),
    "zweckform_3475": _sheet(3, 8, 70, 36),
    "zweckform_3477": _sheet(2, 7, 105, 41),
    "zweckform_3659": _sheet(2, 6, 97, 42.3),
    "zweckform_3669": _sheet(3, 5, 70, 50.8),
    "herma_4464": _sheet(3, 8, 70, 37),
    "herma_4614": _sheet(3, 8, 66, 33.8),
    "herma_4620": _sheet(2, 8, 105, 37),
    "herma_4625": _sheet(2, 7, 105, 42.3),
}
