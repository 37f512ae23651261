"""Many windows made one figure: medians over the rounds, sums of what went wrong, ratios."""

import statistics
from collections import defaultdict

from .processes import DISTURBED

FAULTS = ["errors", "refused", "incomplete", "out_of_order"]
BASE, BASE_PAIR = "nginx", "chat-chat"
# A byte proxy's answers are plain always.
BASE_SCENARIO = {"json-plain": "json"}


class Figures:
    """Measurements by scenario, pair and candidate."""

    def __init__(self, measurements):
        self._windows = defaultdict(list)
        for window in measurements:
            self._windows[window["scenario"], window["pair"], window["candidate"]].append(window)

    def __contains__(self, key):
        return key in self._windows

    def rows(self, scenario):
        """Pair and candidate, as they were measured."""
        return [(pair, candidate) for s, pair, candidate in self._windows if s == scenario]

    def median(self, scenario, pair, candidate, name):
        """Over the rounds, or None; a round in which there was nothing to measure says nothing."""
        return median_of(self._windows.get((scenario, pair, candidate), []), name)

    def faults(self, scenario, pair, candidate):
        """What went wrong, in words; empty if nothing did."""
        windows = self._windows.get((scenario, pair, candidate), [])
        counts = [(name, sum(w[name] for w in windows)) for name in FAULTS]
        return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts if count)

    def disturbed(self, scenario, pair, candidate):
        """How many of its windows others disturbed."""
        return sum(w["other_cores"] > DISTURBED for w in self._windows.get((scenario, pair, candidate), []))

    def base(self, scenario, pair, name):
        """The byte proxy's figure: in the same pair, else between two ends of Chat Completions."""
        scenario = BASE_SCENARIO.get(scenario, scenario)
        same = self.median(scenario, pair, BASE, name)
        return self.median(scenario, BASE_PAIR, BASE, name) if same is None else same

    def to_base(self, scenario, pair, candidate, name):
        return ratio(self.median(scenario, pair, candidate, name), self.base(scenario, pair, name))


def ratio(figure, base):
    """None where there is nothing to divide, or by."""
    return figure / base if figure is not None and base else None


def median_of(rows, name):
    values = [row[name] for row in rows if row.get(name) is not None]
    return statistics.median(values) if values else None
