"""Which records have the same values."""

import importlib.util
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

ADDON = Path(__file__).parents[2] / "addons" / "client_extension_bulk"
spec = importlib.util.spec_from_file_location(
    "value_table", ADDON / "tools" / "value_table.py"
)
assert spec and spec.loader
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
NOTHING, ValueTable = module.NOTHING, module.ValueTable

values = st.one_of(st.none(), st.integers(0, 2), st.just([(6, 0, [1])]), st.text("ab"))
rows = st.lists(st.dictionaries(st.sampled_from("abcd"), values), min_size=1)


@given(rows, st.sets(st.sampled_from("abcde")))
def test_records_of_one_group_have_the_same_values_and_others_have_not(
    vals_list, names
):
    groups = ValueTable(vals_list).get_groups(names)
    assert sorted(n for group in groups for n in group) == list(range(len(vals_list)))
    chosen = [
        [vals_list[n].get(name, NOTHING) for name in sorted(names)]
        for n, *_others in groups
    ]
    for seen, group in zip(chosen, groups, strict=True):
        for n in group:
            assert [vals_list[n].get(name, NOTHING) for name in sorted(names)] == seen
    for n, seen in enumerate(chosen):
        assert seen not in chosen[:n]


def test_a_column_varies_where_a_record_lacks_it():
    table = ValueTable([{"a": 1, "b": 1}, {"a": 1}])
    assert table.varying == {"b"}
    assert table.columns["b"] == [1, NOTHING]
