"""Hours of mixed load with faults against Midstream: does it stay flat, and is every answer right?"""

import argparse
import json
import os
import threading
import time
from dataclasses import dataclass, field

from . import machine, tools
from .candidates import Candidate
from .flatness import flatness, returned
from .measure import say
from .paths import RESULTS
from .sampling import Sampler
from .tables import number, table

SLICE = 20  # seconds for which clients stay; then all of them hang up, and new ones come
LONGEST_IDLE = 40  # seconds for which the provider keeps a connection open
# All of the heap is resident from the start, so that what grows is a leak: on it, live objects; beside it, resident memory.
HEAP = "-Xms256m -Xmx256m -XX:+AlwaysPreTouch"
SETTLING = 100  # seconds in which it has to become idle


@dataclass
class Clients:
    """One kind of client, all through the soak. `refused`: the right answer is a refusal."""

    title: str
    pair: str
    options: str
    refused: bool = False
    seen: dict = field(default_factory=lambda: dict.fromkeys(
        ["requests", "events", "errors", "refused", "incomplete", "out_of_order", "hung_up", "told_to_break", "whole"], 0))
    message: str = ""

    def add(self, figures):
        for name in self.seen:
            self.seen[name] += figures[name]
        self.message = self.message or ("" if self.refused else figures["message"])

    def faults(self):
        """How many answers were not what they had to be."""
        s = self.seen
        refusals = s["requests"] - s["refused"] if self.refused else s["refused"]
        return s["errors"] + s["incomplete"] + s["out_of_order"] + refusals + s["told_to_break"] - s["whole"]


def mixed():
    return [
        Clients("streams", "chat-chat", "-c 100 -n 100 -d 20000 -f 20000"),
        Clients("streams", "messages-messages", "-c 50 -n 100 -d 20000"),
        Clients("as fast as they go", "chat-messages", "-c 4 -n 500 -f 50000"),
        Clients("as fast as they go", "responses-chat", "-c 4 -n 300 -f 50000"),
        Clients("not streamed", "chat-chat", "-m json -c 8 -n 50 -f 50000"),
        Clients("not streamed", "responses-chat", "-m json -c 8 -n 50 -f 50000"),
        Clients("not streamed, plainly", "messages-messages-plain", "-m json -c 8 -f 50000"),
        Clients("hang up", "chat-messages", "-c 30 -n 200 -d 5000 -K 20"),
        Clients("hang up at once", "responses-chat", "-c 10 -n 500 -f 20000 -K 1"),
        Clients("reset upstream", "breaking-chat-chat", "-c 30 -n 60 -d 10000 -x 30 -B 3"),
        Clients("reset upstream", "breaking-chat-messages", "-c 20 -n 60 -d 10000 -x 30 -B 2"),
        Clients("reset, not streamed", "breaking-chat-chat", "-m json -c 5 -n 50 -d 2000 -x 20"),
        Clients("error in the stream", "breaking-messages-messages", "-c 20 -n 60 -d 10000 -e 20 -B 2"),
        Clients("error in the stream", "breaking-responses-chat", "-c 20 -n 60 -d 10000 -e 5 -B 2"),
        Clients("503 first", "breaking-chat-chat", "-c 10 -n 20 -d 5000 -f 20000 -s 503"),
        Clients("429 first", "breaking-messages-messages", "-c 10 -n 20 -d 5000 -f 20000 -s 429"),
        Clients("429 from all", "chat-chat", "-c 5 -n 20 -f 50000 -s 429", refused=True),
    ]


class Soak:
    def __init__(self, mock, candidate):
        self.mock, self.candidate, self.clients, self.broken = mock, candidate, mixed(), []

    def load_for(self, seconds):
        """All clients at once."""
        threads = [threading.Thread(target=self._drive, args=(clients, time.monotonic() + seconds)) for clients in self.clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _drive(self, clients, end):
        route = self.candidate.routes[clients.pair]
        while (left := end - time.monotonic()) > 0.5 and not self.broken:
            options = [*route.arguments(self.mock.port), *clients.options.split(), "-w", "0", "-R", "500", "-t", f"{min(SLICE, left):.1f}"]
            try:
                clients.add(tools.run_load(["-p", self.candidate.port, *options], patience=SLICE + 60))
            except Exception as failure:  # a thread's own end would go unnoticed
                self.broken.append(f"{clients.title} {clients.pair}: {failure}")

    def forget(self):
        self.clients = mixed()

    def total(self, name):
        return sum(c.seen[name] for c in self.clients)


def settled(sampler, before):
    """What it holds once files and threads are back, or at the end of all patience."""
    end = time.monotonic() + SETTLING
    while True:
        sample = sampler.sample()
        if all(flat for *_, flat in returned(before, sample)) or time.monotonic() > end:
            return sample
        time.sleep(1)


def run(mock, candidate, minutes):
    """The report, and whether all is well."""
    soak = Soak(mock, candidate)
    sampler = Sampler(candidate.process.pid)
    before = sampler.sample()
    say("warming up")
    soak.load_for(10)
    soak.forget()
    say(f"{minutes:g} minutes of mixed load")
    with sampler.every(max(1, min(10, minutes * 60 / 30)), lambda s: say(describe(s, soak))):
        soak.load_for(minutes * 60)
    say("waiting until it is idle")
    after = settled(sampler, before)
    rows = flatness(sampler.samples) + returned(before, after)
    alive = candidate.process.poll() is None
    well = alive and all(flat for *_, flat in rows) and not any(c.faults() for c in soak.clients) and not soak.broken
    return report(soak, rows, minutes, alive), well, sampler.samples


def describe(sample, soak):
    return ", ".join(f"{name} {number(value, 0)}" for name, value in sample.items() if name != "at")


def report(soak, rows, minutes, alive):
    verdicts = [[title, number(before), number(after), "flat" if flat else "**not flat**"] for title, before, after, flat in rows]
    answers = [[c.title, c.pair, *(f"{c.seen[n]:,}" for n in ("requests", "events", "hung_up", "told_to_break")), c.faults() or "", c.message[:120]]
               for c in soak.clients]
    parts = [f"# {minutes:g} minutes of mixed load\n", f"Midstream: {soak.candidate.version}. Processor: {machine.describe()['processor']}. Heap: `{HEAP}`.\n",
             table(["figure", "second third, or before", "last third, or after", "verdict"], verdicts),
             table(["what", "pair", "answers", "events", "hung up", "broken", "faults", "figure"], answers)]
    if not alive:
        parts.append("**The process is gone.**\n")
    return "\n".join(parts + [f"**{b}**\n" for b in soak.broken])


def save(text, samples):
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / time.strftime("soak-%Y%m%dT%H%M%SZ", time.gmtime())
    path.with_suffix(".md").write_text(text)
    path.with_suffix(".json").write_text(json.dumps(samples, indent=1) + "\n")
    return path.with_suffix(".md")


def main(arguments):
    parser = argparse.ArgumentParser(prog="bench/run soak", description="Mixed load with faults; fails if memory, files or threads grow, "
                                     "or if an answer is wrong.")
    parser.add_argument("--minutes", type=float, default=60)
    chosen = parser.parse_args(arguments)
    if chosen.minutes <= 0:
        parser.error(f"--minutes: {chosen.minutes:g} is not above 0")
    tools.build()
    candidate = Candidate("midstream")
    candidate.install()
    if candidate.missing:
        raise SystemExit(f"midstream is missing: {candidate.missing}")
    os.environ["MIDSTREAM_JAVA_OPTS"] = f"{os.environ.get('MIDSTREAM_JAVA_OPTS', '')} {HEAP}".strip()
    with tools.Mock(LONGEST_IDLE) as mock:
        try:
            candidate.start(mock)
            text, well, samples = run(mock, candidate, chosen.minutes)
        finally:
            candidate.stop()
    print(text)
    say(f"{'flat' if well else 'NOT FLAT, or wrong answers'}; saved as {save(text, samples)}")
    return 0 if well else 1
