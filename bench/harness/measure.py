"""Windows of load, candidate after candidate, round after round."""

import subprocess
import sys
import time

from .candidates import FIRST, PLAIN
from .processes import DISTURBED, wait_until_quiet
from .scenarios import WARM_UP, WARM_UP_IN_BRIEF, WARM_UP_PLAIN, WARM_UP_PLAIN_IN_BRIEF
from .tools import run_load


def say(text):
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def attempt(what, measurement, *arguments):
    """What it found, or None if it could not be measured, which is no reason not to measure the rest."""
    say(what)
    try:
        return measurement(*arguments)
    except (RuntimeError, OSError, subprocess.SubprocessError) as failure:
        say(f"{what} could not be measured: {failure}")
        return None


class Bench:
    """Candidates that run, and the mock behind them."""

    def __init__(self, mock, candidates, brief, asked_for=False):
        """`asked_for`: the scenarios were picked by name, so that all is measured in them."""
        self.mock, self.candidates, self.brief, self.asked_for = mock, candidates, brief, asked_for
        self.patience = 1 if brief else 25
        self.repeats = 1 if brief else 4

    def load(self, candidate, route, options):
        self.mock.check()
        candidate.revive(self.mock)
        arguments = ["-p", candidate.port, "-l", candidate.name, "-P", candidate.pids(self.mock), "-Q", self.mock.pid]
        return run_load([*arguments, *route.arguments(self.mock.port), *options])

    def window(self, candidate, route, options):
        """The least disturbed of a few; the first that was not disturbed ends it."""
        best = None
        for _ in range(self.repeats):
            wait_until_quiet(self.patience)
            figures = self.load(candidate, route, options)
            if best is None or figures["other_cores"] < best["other_cores"]:
                best = figures
            if best["other_cores"] <= DISTURBED:
                break
        return best

    def warm_up(self, pairs):
        for candidate in self.candidates:
            if candidate.is_direct:
                continue
            for route in routes_of(candidate, pairs):
                attempt(f"warming {candidate.name} {route.pair}", self._warm_up, candidate, route)

    def _warm_up(self, candidate, route):
        for options in self._warm_up_of(route):
            self.load(candidate, route, options.split())

    def _warm_up_of(self, route):
        if route.pair.endswith(PLAIN):
            return WARM_UP_PLAIN_IN_BRIEF if self.brief else WARM_UP_PLAIN
        return WARM_UP_IN_BRIEF if self.brief else WARM_UP

    def rounds(self, count, scenarios, pairs, taken):
        """Adds all measurements to `taken`, in an order in which every candidate is first as often as the others."""
        for number in range(count):
            for scenario in scenarios:
                for pair in pairs:
                    for candidate in rotated(self.candidates, number):
                        if number < most_rounds(candidate, scenario, count, self.asked_for):
                            self._measure(number, scenario, pair, candidate, taken)

    def _measure(self, number, scenario, pair, candidate, taken):
        route = route_for(candidate, scenario, pair)
        if not route:
            return
        options = scenario.brief if self.brief else scenario.load
        figures = attempt(f"round {number + 1}: {scenario.name} {pair} {candidate.name}", self.window, candidate, route, options.split())
        if figures:
            taken.append(dict(figures, round=number, scenario=scenario.name, pair=pair, candidate=candidate.name))


def most_rounds(candidate, scenario, count, asked_for):
    """So that a whole run takes an hour and not three: where there is no target two rounds tell enough."""
    if asked_for:
        return count
    other = candidate.name not in FIRST
    if other and scenario.thousands:
        return 0
    return count if scenario.aimed_at and not other else min(count, 2)


def rotated(items, by):
    by %= max(1, len(items))
    return items[by:] + items[:by]


def routes_of(candidate, pairs):
    """Its routes of these pairs, plain ones included."""
    return [candidate.routes[p] for pair in pairs for p in (pair, pair + PLAIN) if p in candidate.routes]


def route_for(candidate, scenario, pair):
    """The route by which a candidate is measured there, or none."""
    return candidate.routes.get(pair + PLAIN if scenario.name == "json-plain" else pair)
