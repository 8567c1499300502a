"""What `odoo-bin client_import` makes of its options, and how it tells the outcome."""

from types import SimpleNamespace

import pytest
from tools.command import import_command


class Categories(list):
    """As much of the categories of a database as is asked of them."""

    def search(self, domain, **_options):
        return self if not domain else Categories()

    def filtered(self, test):
        return Categories(filter(test, self))

    def __getitem__(self, place):
        return Categories(super().__getitem__(place))

    def create(self, values):
        return SimpleNamespace(id=len(self) + 1, **values)

    @property
    def id(self):
        (one,) = self
        return one.id


@pytest.mark.parametrize(
    ("name", "found"),
    [("A_B", 3), ("a_b", 3), ("AxB", 2), ("axb", 1), ("100%", 5), ("A%", 6)],
)
def test_a_category_is_found_by_its_whole_name_but_for_case(name, found):
    names = ["axb", "AxB", "A_B", "100 euro", "100%"]
    known = Categories(
        SimpleNamespace(id=number, name=text) for number, text in enumerate(names, 1)
    )
    assert import_command.find_category({"res.partner.category": known}, name) == found


class Mappings(Categories):
    def search(self, _domain):
        return self


def kept(*names):
    """:return: an environment with mappings of these names"""
    mappings = Mappings(
        SimpleNamespace(
            name=name, _prepare_import=lambda name=name: {"mode": "update", "of": name}
        )
        for name in names
    )

    class Found(Mappings):
        def _prepare_import(self):
            (one,) = self
            return one._prepare_import()

    mappings.filtered = lambda test: Found(filter(test, mappings))
    return {"client.import.mapping": mappings}


class Env(dict):
    company = SimpleNamespace(id=1)


def options(**given):
    asked = {"mapping": "", "mode": None, "delimiter": "", "category": []}
    asked |= {"add_labels": False, "overwrite_protected": False, "value": []}
    asked["answer"] = []
    return SimpleNamespace(**(asked | given))


def test_options_go_before_what_the_mapping_says():
    env = Env(kept("Old system"))
    assert import_command.answers(env, options()) == {}
    found = import_command.answers(env, options(mapping="old SYSTEM"))
    assert found == {"mode": "update", "of": "Old system"}
    found = import_command.answers(
        env, options(mapping="Old system", mode="create", delimiter="|")
    )
    assert (found["mode"], found["delimiter"]) == ("create", "|")
    for name in ("add_labels", "overwrite_protected"):
        assert import_command.answers(env, options(**{name: True})) == {name: True}


def columns(header, mapping=None):
    """Name the column of a header, as the import does."""
    return (mapping or {}).get(header, header if header.islower() else "")


def test_answers_about_words_are_added_to_those_of_the_mapping():
    env = Env({"client.import.columns": SimpleNamespace(_get_answer_name=columns)})
    found = {
        "value_answers": {"status": {"cold": "", "warm": ""}},
        "column_mapping": {"Phase": "status"},
    }
    texts = ["Phase: warm = client", "status:lost=", "client_type:A:B=+"]
    assert import_command.value_answers(env, texts, found) == {
        "status": {"cold": "", "warm": "client", "lost": ""},
        "client_type": {"A:B": "+"},
    }
    assert found["value_answers"]["status"]["warm"] == ""


@pytest.mark.parametrize(
    "text", ["status", "status:warm", "status:=client", "Phase:a=b"]
)
def test_an_answer_of_another_form_is_one_sentence(text):
    env = Env({"client.import.columns": SimpleNamespace(_get_answer_name=columns)})
    with pytest.raises(SystemExit) as ended:
        import_command.value_answers(env, [text], {})
    assert ended.value.code.startswith(f"“{text}” is not an answer.")


class Questions:
    """As much of an import as is asked of it."""

    @staticmethod
    def _is_file_answer(question, answer):
        return bool(question) and answer != "perhaps"


def test_answers_about_the_file_are_added_to_those_of_the_mapping():
    env = Env({"client.import": Questions})
    found = {"file_answers": {"signs": "keep", "encoding": "cp850"}}
    texts = [" encoding = cp1253", "dates:A=B=month"]
    assert import_command.file_answers(env, texts, found) == {
        "signs": "keep",
        "encoding": "cp1253",
        "dates:A=B": "month",
    }
    assert found["file_answers"]["encoding"] == "cp850"
    answers = import_command.answers(env, options(answer=["signs=drop"]))
    assert answers == {"file_answers": {"signs": "drop"}}


@pytest.mark.parametrize("text", ["drop", "=drop", "signs=perhaps"])
def test_an_answer_about_the_file_of_another_form_is_one_sentence(text):
    env = Env({"client.import": Questions})
    with pytest.raises(SystemExit) as ended:
        import_command.file_answers(env, [text], {})
    assert ended.value.code.startswith(f"“{text}” is not an answer.")


@pytest.mark.parametrize(("names", "told"), [((), "none"), (("A", "B"), "“A”, “B”")])
def test_an_unknown_mapping_is_one_sentence(names, told):
    with pytest.raises(SystemExit) as ended:
        import_command.answers(Env(kept(*names)), options(mapping="C"))
    assert ended.value.code == (
        f"There is no mapping named “C”. Saved mappings: {told}."
    )


class Import(SimpleNamespace):
    def __getitem__(self, name):
        return getattr(self, name)


class Problem(dict):
    """A record of a problem: what is empty is False, as in Odoo."""


def test_the_outcome_is_plain_data_and_a_few_lines_for_a_person():
    problem = Problem(line=3, column=False, code="x", value=False, message="Bad.")
    record = Import(
        state="done_with_problems",
        row_count=30,
        problem_ids=[problem, *([problem] * 21)],
        unknown_values=[
            {"column": "status", "word": "warm", "count": 2, "is_unknown": True},
            {"column": "status", "word": "cold", "count": 1, "is_unknown": False},
        ],
        file_questions=[
            {
                "key": f"dates:It's {place}",
                "title": "Which?",
                "choices": [["day", "Day first"], ["month", "Month first"]],
                "found": "day",
                "is_open": is_open,
            }
            for place, is_open in enumerate((True, False))
        ],
        **{f"{name}_count": 0 for name in import_command.COUNTS},
    )
    outcome = import_command.outcome_of(record, "", 0.5)
    assert list(outcome) == [
        *("state", "rows", "created", "updated", "unchanged", "skipped", "rejected"),
        *("problems", "unknown_values", "questions", "seconds"),
    ]
    assert outcome["unknown_values"] == [
        {"column": "status", "word": "warm", "count": 2}
    ]
    assert outcome["problems"][0] == {
        "line": 3,
        "column": "",
        "code": "x",
        "value": "",
        "message": "Bad.",
    }
    told = import_command.summary(outcome).splitlines()
    assert told[0] == (
        "done_with_problems: 30 rows, 0 created, 0 updated, 0 unchanged, 0 skipped, "
        "0 rejected in 0.5 s"
    )
    assert told[1] == "  line 3: Bad."
    assert told[-4:] == [
        "  and 2 more",
        "Answer first:",
        """  --answer 'dates:It'"'"'s 0=day'  Day first""",
        """  --answer 'dates:It'"'"'s 0=month'  Month first""",
    ]
    assert outcome["questions"][1] == {
        "key": "dates:It's 1",
        "title": "Which?",
        "is_open": False,
        "answers": {"day": "Day first", "month": "Month first"},
    }


def test_a_file_that_could_not_be_read_is_a_problem_of_no_line():
    record = Import(
        state="draft",
        row_count=0,
        problem_ids=[],
        unknown_values=False,
        file_questions=False,
        **{f"{name}_count": 0 for name in import_command.COUNTS},
    )
    outcome = import_command.outcome_of(record, "This is no table.", 0.1)
    assert outcome["state"] == "failed"
    assert import_command.summary(outcome).endswith("  This is no table.")
