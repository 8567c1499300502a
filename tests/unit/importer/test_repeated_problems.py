"""What is said of a reference that stands on several rows, in bounded memory."""

from importer.rows.match import MOST_NAMED, repeated, repeated_problems


def said(references: list[str]) -> list[tuple[int, str, str, str]]:
    places = [(text, line) for line, text in enumerate(references, 2)]
    return [
        (p.line, p.code, p.value, p.params.get("lines") or p.params["count"])
        for p in repeated_problems(places, repeated(references))
    ]


def test_each_reference_is_named_once_with_its_lines() -> None:
    found = said(["A", "B", "A", "C", "B", "A"])
    assert found == [
        (4, "row_repeated", "A", "2, 4, 7"),
        (6, "row_repeated", "B", "3, 6"),
    ]
    assert all(p.warning for p in repeated_problems([("A", 2)], repeated(["A", "A"])))
    assert said(["A", "B"]) == []


def test_only_the_first_lines_of_a_reference_are_named() -> None:
    [(line, _code, _value, lines)] = said(["A"] * 40)
    assert (line, lines) == (3, "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …")


def test_only_the_first_references_are_named_and_the_others_counted() -> None:
    found = said([f"R{n}" for n in range(MOST_NAMED + 25)] * 2)
    assert len(found) == MOST_NAMED + 1
    assert found[-1] == (0, "row_repeated_more", "", "25")
