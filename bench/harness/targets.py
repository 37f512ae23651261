"""What was aimed at, beside what was measured."""

from dataclasses import dataclass
from typing import Callable

from .figures import median_of, ratio
from .scenarios import PAIRS

US = "midstream"
CHAT = "chat-chat"
OTHER = "litellm"


@dataclass(frozen=True)
class Target:
    title: str
    limit: float
    unit: str
    figure: Callable
    at_least: bool = False

    def judge(self, results):
        """Its row: title, target, figure, verdict."""
        value = self.figure(results)
        if value is None:
            return [self.title, self._bound(), "–", "not measured"]
        holds = value >= self.limit if self.at_least else value <= self.limit
        return [self.title, self._bound(), f"{_number(value)}{self.unit}", "holds" if holds else "**misses**"]

    def _bound(self):
        return f"{'≥' if self.at_least else '≤'} {_number(self.limit)}{self.unit}"


def _number(value):
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")


def to_nginx(scenario, pair, name):
    return lambda results: results.figures.to_base(scenario, pair, US, name)


def to_other(scenario, name):
    """How often the gateway that people would otherwise use goes into it, whose plain answers are always plain."""
    def figure(results):
        return ratio(results.figures.median(scenario, CHAT, US, name), results.figures.median("json", CHAT, OTHER, name))
    return figure


def added_latency(results):
    """Milliseconds."""
    ours = results.figures.median("p1000", CHAT, US, "latency_p99_us")
    base = results.figures.base("p1000", CHAT, "latency_p99_us")
    return None if ours is None or base is None else (ours - base) / 1000


def memory(streams):
    return lambda results: median_of([m for m in results.memory if m["candidate"] == US and m["streams"] == streams], "rss_mb")


def start(cold):
    return lambda results: median_of([s for s in results.starts if s["candidate"] == US and s["cold"] == cold], "seconds")


def worst_break(name):
    """Milliseconds, of the pair that takes longest."""
    def figure(results):
        values = [b[name] for b in results.breaks if b["candidate"] == US and b.get(name) is not None]
        return max(values) / 1000 if values else None
    return figure


def engine(name, scale=1):
    """Of the pair that costs most, among those that are measured over the network too."""
    def figure(results):
        values = [row[name] for row in results.engine if row["pair"] in PAIRS]
        return max(values) / scale if values else None
    return figure


TARGETS = [
    Target("CPU per event, 1,000 paced streams, chat→chat", 1.4, " × nginx", to_nginx("p1000", CHAT, "cpu_us_per_event")),
    Target("CPU per event, 1,000 paced streams, chat→Messages", 2, " × nginx", to_nginx("p1000", "chat-messages", "cpu_us_per_event")),
    Target("latency per token p99, 1,000 paced streams, over nginx's", 1, " ms", added_latency),
    Target("unpaced events a second, 64 streams", 0.8, " × nginx", to_nginx("max", CHAT, "events_s"), at_least=True),
    Target("plain answers a second, `non_streaming: plain`", 0.5, " × nginx", to_nginx("json-plain", CHAT, "requests_s"), at_least=True),
    Target("the same", 20, " × LiteLLM", to_other("json-plain", "requests_s"), at_least=True),
    Target("plain answers a second, by default", 5, " × LiteLLM", to_other("json", "requests_s"), at_least=True),
    Target("resident memory, 1,000 streams", 250, " MB", memory(1000)),
    Target("resident memory, 5,000 streams", 500, " MB", memory(5000)),
    Target("start to first answer, with its archive of classes", 0.5, " s", start(cold=False)),
    Target("start to first answer, without", 1, " s", start(cold=True)),
    Target("break → next request sent, p99", 5, " ms", worst_break("break_to_request_p99_us")),
    Target("seam proven → first continued byte, p99", 5, " ms", worst_break("seam_release_p99_us")),
    Target("engine alone, a text event decoded, relayed and encoded", 2, " µs", engine("ns", 1000)),
    Target("the same, allocated", 200, " bytes", engine("bytes")),
]


def judge_all(results):
    return [target.judge(results) for target in TARGETS]
