"""Damaged models: whatever was done to the file, it loads, or says what is wrong with it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from standpipe import dmn
from tests.unit.dmn import dmn_tables as make
from tests.unit.dmn.test_full_dialect import BAND, RENT, xml

MODELS = (
    make.table_xml(**make.BLUE_BADGE).decode(),
    xml(RENT + BAND.replace("{cell}", "-")).decode(),
)
_PIECES = st.sampled_from(
    [
        *("", "<", ">", '"', "&lt;", "&x;", "-", "=", ">= 8", "null", "date(", "[", "]", "..", "é"),
        *("\x00", "<text/>", "</rule>", "typeRef", "string", "COLLECT", "full", "rule", "output"),
        *("1e999", "9e99999999", "?"),
    ]
)


@given(st.sampled_from(MODELS), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), _PIECES)))
@settings(max_examples=600, deadline=None)
def test_a_damaged_model_is_refused_by_name_or_still_decides(model, damages):
    for place, length, piece in damages[:4]:
        start = int(place * len(model))
        model = model[:start] + piece + model[start + length :]

    try:
        loaded = dmn.load(model.encode("utf-8", "replace"), "damaged.dmn")
    except dmn.FaultyModel as refused:
        assert all(fault.message.en and fault.mend.en for fault in refused.faults)
        return
    for decision in loaded.decisions:
        decision.still_matters({})
        dmn.lint(loaded)
    for full in loaded.full_decisions:
        full.decide(dict.fromkeys([one.name for one in full.inputs]))
