"""Terms of demo data stay out of the files to translate."""

from harness import po

POT = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"POT-Creation-Date: 2026-01-01\\n"

#. module: repair
#: model:product.template,name:repair.tyre_product_template
msgid "Tyre"
msgstr ""

#. module: repair
#: code:addons/repair/models/order.py:0
#: model:event.event,name:repair.open_day
msgid "Open"
msgstr ""

#. module: repair
#: model:event.event,name:repair.other_day
msgid "Other"
msgstr ""

#. module: repair
#: model:ir.model.fields,help:repair.field_project_task__display_name
msgid "Write #tags into the title"
msgstr ""
"""
DEMO = '<odoo><record id="tyre" model="p"/><record id="open_day" model="e"/></odoo>'


def test_terms_of_demo_data_are_left_out_and_those_used_elsewhere_stay(tmp_path):
    demo = tmp_path / "repair" / "demo"
    demo.mkdir(parents=True)
    (demo / "demo.xml").write_text(DEMO)
    pot = tmp_path / "repair.pot"
    pot.write_text(POT)
    po.tidy(pot, tmp_path)
    assert list(po.terms(pot)) == ["Open", "Other"]
    assert "event.event,name:repair.open_day" not in pot.read_text()
    assert "POT-Creation-Date" not in pot.read_text()
