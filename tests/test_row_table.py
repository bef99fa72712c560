"""Rows of many numbers at once: the same as asking a dictionary for one after the other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geomap.recognise.rows import NOTHING, RowTable

# A few that lie side by side, some far away, and what no combination has.
NUMBERS = st.integers(0, 40) | st.integers(0, 2**62) | st.just(-1)


@given(st.lists(NUMBERS, unique=True, max_size=60), st.lists(NUMBERS, max_size=60))
def test_a_number_has_its_row_or_none(held, asked):
    """Whatever shares a slot with it."""
    obvious = {number: row for row, number in enumerate(held, start=1)}
    asked += held

    rows = RowTable(np.array(held, dtype=np.int64)).rows(np.array(asked, dtype=np.int64))

    assert rows.tolist() == [obvious.get(number, NOTHING) for number in asked]
