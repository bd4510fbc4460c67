"""Lists of numbers of different lengths, kept in one row, so that numpy can work on all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Rows = NDArray[np.float32]


class Lists:
    """Lists of numbers, one after the other."""

    def __init__(self, lists: Iterable[Sequence[int]]) -> None:
        kept = list(lists)
        self.sizes: Numbers = np.array([len(one) for one in kept], np.int64)
        self.starts: Numbers = np.cumsum(self.sizes) - self.sizes
        self.members: Numbers = np.array(list(chain.from_iterable(kept)), np.int64)

    def of(self, chosen: Numbers) -> tuple[Numbers, Numbers]:
        """Return the members of some lists one after the other, and how many each has."""
        sizes = self.sizes[chosen]
        _, places = spans(self.starts[chosen], sizes)
        return self.members[places], sizes

    def steps(self, chosen: Numbers) -> Iterable[tuple[Numbers, Numbers]]:
        """Yield the first members of some lists, then the second ones, and so on, after whose."""
        sizes = self.sizes[chosen]
        for step in range(longest(sizes)):
            longer = np.nonzero(sizes > step)[0]
            yield longer, self.members[self.starts[chosen[longer]] + step]


def longest(sizes: Numbers) -> int:
    return int(sizes.max(initial=0))


def reduced(combine: np.ufunc, rows: Rows, sizes: Numbers) -> Rows:
    """Combine consecutive rows, `sizes[i]` of them (at least one) into row i."""
    return picked(combine, rows, np.arange(len(rows)), sizes)


def picked(combine: np.ufunc, rows: Rows, places: Numbers, sizes: Numbers) -> Rows:
    """Combine rows picked one after the other, `sizes[i]` of them (at least one) into row i.

    As numpy's reduceat, but faster where sizes are small.
    """
    starts = np.cumsum(sizes) - sizes
    total: Rows = rows[places[starts]]
    for step in range(1, longest(sizes)):
        longer = np.nonzero(sizes > step)[0]
        total[longer] = combine(total[longer], rows[places[starts[longer] + step]])
    return total


def spans(begins: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Return the numbers from each begin on, as many as its count, after which begin it is."""
    which = np.repeat(np.arange(len(begins)), counts)
    first = np.cumsum(counts) - counts
    return which, np.arange(len(which)) + (begins - first)[which]
