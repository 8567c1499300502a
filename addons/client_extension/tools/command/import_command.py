"""The options and the report of `odoo-bin client_import`."""

import shlex
import sys

from .progress_bar import duration

COUNTS = ("created", "updated", "unchanged", "skipped", "rejected")
PROBLEM = ("line", "column", "code", "value", "message")
UNKNOWN = ("column", "word", "count")
QUESTION = ("key", "title", "is_open")
SHOWN = 20


def answers(env, options):
    """The values that the command line gives: the mapping first, then the options.

    :param options: object with ``mapping``, ``mode``, ``delimiter``,
        ``add_labels``, ``overwrite_protected``, ``category``, ``value`` and ``answer``
    :return: dict of values of ``client.import``
    :raise SystemExit: when there is no such mapping, or an answer is not valid
    """
    found = {}
    if options.mapping:
        found = find_mapping(env, options.mapping)._prepare_import()
    if options.mode:
        found["mode"] = options.mode
    if options.delimiter:
        found["delimiter"] = options.delimiter
    if options.add_labels:
        found["add_labels"] = True
    if options.overwrite_protected:
        found["overwrite_protected"] = True
    if options.value:
        found["value_answers"] = value_answers(env, options.value, found)
    if options.answer:
        found["file_answers"] = file_answers(env, options.answer, found)
    if options.category:
        ids = [(4, find_category(env, name)) for name in options.category]
        found["category_ids"] = [*found.get("category_ids", []), *ids]
    return found


def value_answers(env, texts, found):
    """What words mean, as the command line says it.

    :param env: environment of the user who imports
    :param texts: list of str: ``COLUMN:WORD=MEANING``
    :param found: dict of values of ``client.import``, as the mapping gives them
    :return: dict, as ``client.import.value_answers`` has it: the answers of the
        mapping, and these
    :raise SystemExit: when a text has another form
    """
    answers = {
        key: {**words} for key, words in (found.get("value_answers") or {}).items()
    }
    columns, mapping = env["client.import.columns"], found.get("column_mapping")
    for text in texts:
        column, _colon, rest = text.partition(":")
        word, equals, meaning = rest.partition("=")
        name = columns._get_answer_name(column.strip(), mapping) if equals else ""
        if not (name and word.strip()):
            sys.exit(
                f"“{text}” is not an answer. Write COLUMN:WORD=MEANING, for example "
                "status:warm=prospect."
            )
        answers.setdefault(name, {})[word.strip()] = meaning.strip()
    return answers


def file_answers(env, texts, found):
    """The answers to questions about the file, as the command line gives them.

    :param env: environment of the user who imports
    :param texts: list of str: ``QUESTION=ANSWER``
    :param found: dict of values of ``client.import``, as the mapping gives them
    :return: dict, as ``client.import.file_answers`` has it: the answers of the mapping,
        and these
    :raise SystemExit: when a text has another form
    """
    answers = {**(found.get("file_answers") or {})}
    is_answer = env["client.import"]._is_file_answer
    for text in texts:
        # A header can contain the sign too.
        question, _equals, answer = map(str.strip, text.rpartition("="))
        if not is_answer(question, answer):
            sys.exit(
                f"“{text}” is not an answer. Write QUESTION=ANSWER, for example "
                "encoding=cp1253, signs=drop, dates:Since=month or nulls:City=empty."
            )
        answers[question] = answer
    return answers


def find_mapping(env, name):
    """The mapping called `name`, ignoring case if no other has the same name.

    :return: a ``client.import.mapping``
    :raise SystemExit: when there is none, with the names of the existing ones
    """
    mappings = env["client.import.mapping"].search(
        [("company_id", "=", env.company.id)]
    )
    found = mappings.filtered(lambda one: one.name.casefold() == name.casefold())
    if len(found) > 1:
        found = found.filtered(lambda one: one.name == name)
    if not found:
        names = ", ".join(f"“{one.name}”" for one in mappings) or "none"
        sys.exit(f"There is no mapping named “{name}”. Saved mappings: {names}.")
    return found


def find_category(env, name):
    """The category called `name`, created if there is none.

    :return: int, its id
    """
    categories = env["res.partner.category"]
    # Exact or ignoring case: ``=ilike`` would treat % and _ as wildcards.
    alike = categories.search([]).filtered(
        lambda one: one.name.casefold() == name.casefold()
    )
    found = alike.filtered(lambda one: one.name == name)[:1] or alike[:1]
    if not found:
        sys.stderr.write(f"New category: {name}\n")
        found = categories.create({"name": name})
    return found.id


def outcome_of(record, message, seconds):
    """The outcome of an import, as plain data.

    :param record: a ``client.import``
    :param str message: why the file could not be read at all, or empty
    :param float seconds: time it took
    :return: dict with ``state``, ``rows``, the counts, ``problems``,
        ``unknown_values``, ``questions`` and ``seconds``
    """
    outcome = {
        "state": "failed" if message else record.state,
        "rows": record.row_count,
        **{name: record[f"{name}_count"] for name in COUNTS},
        "problems": [
            {key: problem[key] or ("" if key != "line" else 0) for key in PROBLEM}
            for problem in record.problem_ids
        ],
        "unknown_values": [
            {key: noted[key] for key in UNKNOWN}
            for noted in record.unknown_values or []
            if noted["is_unknown"]
        ],
        "questions": [
            {**{key: asked[key] for key in QUESTION}, "answers": dict(asked["choices"])}
            for asked in record.file_questions or []
        ],
        "seconds": seconds,
    }
    if message:
        outcome["problems"].append(
            {"line": 0, "column": "", "code": "file", "value": "", "message": message}
        )
    return outcome


def summary(outcome):
    """:return: str, `outcome` in readable form"""
    counts = ", ".join(f"{outcome[name]} {name}" for name in ("rows", *COUNTS))
    lines = [f"{outcome['state']}: {counts} in {duration(outcome['seconds'])}"]
    for problem in outcome["problems"][:SHOWN]:
        place = f"line {problem['line']}: " if problem["line"] else ""
        lines.append(f"  {place}{problem['message']}")
    more = len(outcome["problems"]) - SHOWN
    if more > 0:
        lines.append(f"  and {more} more")
    for asked in filter(lambda asked: asked["is_open"], outcome["questions"]):
        lines.append("Answer first:")
        for answer, label in asked["answers"].items():
            given = shlex.quote(f"{asked['key']}={answer}")
            lines.append(f"  --answer {given}  {label}")
    return "\n".join(lines)
