"""Where the window of an envelope stands on a folded A4 sheet, in millimetres."""

from dataclasses import dataclass, replace

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
#: margin above and below every page; a window cannot begin higher
MARGIN_TOP, MARGIN_BOTTOM = 15.0, 20.0
#: height of a line of the address: 12 points
LINE_HEIGHT = 4.233


@dataclass(frozen=True, kw_only=True)
class Window:
    """The part of a sheet that is seen through an envelope, from its upper left corner.

    :param left: distance from the left edge of the sheet
    :param top: distance from its upper edge
    :param width: width of the window
    :param height: height of the window
    :param header: what is kept free above the address, for the line of the sender
    :param inset: distance of the address from the left side of the window
    """

    left: float
    top: float
    width: float
    height: float
    header: float = 4.0
    inset: float = 5.0

    @property
    def text_left(self) -> float:
        """Distance of the address from the left edge of the sheet."""
        return self.left + self.inset

    @property
    def text_top(self) -> float:
        """Distance of the first line of the address from the upper edge."""
        return self.top + self.header

    @property
    def text_width(self) -> float:
        """How wide a line of the address can be."""
        return self.width - self.inset

    @property
    def bottom(self) -> float:
        """Distance of the lower side of the window from the upper edge."""
        return self.top + self.height

    @property
    def has_sender(self) -> bool:
        """Whether there is room for a line of the sender above the address."""
        return self.header >= 10

    @property
    def is_on_page(self) -> bool:
        """Whether the whole window is on the sheet, and something can be in it."""
        return (
            self.left >= 0
            and self.top >= MARGIN_TOP
            and self.width > self.inset
            and self.height >= self.header + LINE_HEIGHT
            and self.left + self.width <= PAGE_WIDTH
            and self.bottom <= PAGE_HEIGHT - MARGIN_BOTTOM
        )


#: DIN 5008 keeps 17.7 mm above the address. The window of France and Belgium is what
#: every position of the sheet in a DL envelope with a window of 45 x 100 mm shows.
#: The Swiss envelopes of SN 010130 have a window of 90 x 40 mm: C6/5 (229 x 114) 30 mm
#: from the lower and 15 from the right edge, C5 (229 x 162) 77 and 17. It begins 44 and
#: 45 mm below the upper edge. A sheet of 210 mm moves 19 mm sideways in them: from 124
#: to 195 mm of its width are seen wherever it lies.
WINDOWS = {
    "left_b": Window(left=20, top=45, width=85, height=45, header=17.7),
    "left_a": Window(left=20, top=27, width=85, height=45, header=17.7),
    "right": Window(left=100, top=45, width=90, height=35),
    "right_swiss": Window(left=119, top=45, width=76, height=40, header=1),
}
#: countries whose envelopes have another window than the left one
COUNTRIES = {
    **dict.fromkeys(("FR", "BE", "LU", "MC"), "right"),
    **dict.fromkeys(("CH", "LI"), "right_swiss"),
}


def default_window(code: str) -> str:
    """:return: the key in ``WINDOWS`` that is usual in a country

    :param code: ISO code of the country, in capitals, or empty
    """
    return COUNTRIES.get(code, "left_b")


def moved(window: Window, right: float, down: float) -> Window:
    """Correct what a printer shifts.

    :param window: where the window is
    :param right: how far everything is moved to the right
    :param down: how far everything is moved down
    :return: the window at its new place
    """
    return replace(window, left=window.left + right, top=window.top + down)
