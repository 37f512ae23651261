"""What is asked of each candidate. `-n -d` are events a stream and microseconds between them, see tools/load.c."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    load: str
    brief: str  # the same in the short form
    kind: str = "paced"
    aimed_at: bool = False  # there is a target for it: all rounds, else two at most
    thousands: bool = False  # of streams at once: gateways that fall far short of that only when asked to

    @property
    def streams(self):
        return int(self._option("-c"))

    def pace(self):
        """Events a second that are due; 0 where there is no pace."""
        micros = int(self._option("-d") or 0)
        return self.streams * 1e6 / micros if micros else 0

    def _option(self, name):
        words = self.load.split()
        return words[words.index(name) + 1] if name in words else None


PACED = [
    Scenario("p50", "50 streams, 20 events a second each",
             "-c 50 -n 400 -d 50000 -w 2 -W 30 -t 5 -R 500", "-c 50 -n 400 -d 50000 -w 1 -t 3 -R 300"),
    Scenario("p200", "200 streams, 50 events a second each",
             "-c 200 -n 2000 -d 20000 -w 2 -W 30 -t 5 -R 500", "-c 200 -n 2000 -d 20000 -w 1 -t 2 -R 300"),
    Scenario("p1000", "1,000 streams, 20 events a second each",
             "-c 1000 -n 1000 -d 50000 -w 2.5 -W 30 -t 5 -R 1000", "-c 1000 -n 1000 -d 50000 -w 1 -t 2.5 -R 800", aimed_at=True, thousands=True),
    Scenario("p5000", "5,000 streams, 2.5 events a second each",
             "-c 5000 -n 400 -d 400000 -w 4 -W 60 -t 6 -R 2500", "-c 5000 -n 400 -d 400000 -w 3 -t 4 -R 2500", thousands=True),
    Scenario("begun", "200 streams of 10 events, begun one after the other",
             "-c 200 -n 10 -d 20000 -w 1.5 -W 15 -t 4 -R 200", "-c 200 -n 10 -d 20000 -w 1 -t 2 -R 200", "begun"),
]
UNPACED = [
    Scenario("max", "64 streams of 500 events, as fast as they go",
             "-c 64 -n 500 -w 1.5 -t 4 -R 100", "-c 64 -n 500 -w 0.5 -t 1.5 -R 100", "max", aimed_at=True),
]
PLAIN = [
    Scenario("json", "Answers that are not streamed, 64 connections",
             "-m json -c 64 -n 50 -w 1.5 -t 4 -R 100", "-m json -c 64 -n 50 -w 0.5 -t 1.5 -R 100", "json", aimed_at=True),
    Scenario("json-plain", "The same, asked for upstream as the client asks",
             "-m json -c 64 -n 50 -w 1.5 -t 4 -R 100", "-m json -c 64 -n 50 -w 0.5 -t 1.5 -R 100", "json", aimed_at=True),
]
ALL = {s.name: s for s in PACED + UNPACED + PLAIN}
IN_BRIEF = ["p1000", "max", "json", "json-plain"]

# What a candidate is warmed by, pair by pair: what a JVM takes to compile what it runs, on two busy cores.
WARM_UP = ["-c 64 -n 300 -w 0 -t 6", "-m json -c 64 -n 50 -w 0 -t 6", "-c 200 -n 100 -d 20000 -w 0 -t 5 -R 300"]
WARM_UP_IN_BRIEF = ["-c 64 -n 300 -w 0 -t 2", "-m json -c 64 -n 50 -w 0 -t 1"]
# And by plain answers asked for plainly.
WARM_UP_PLAIN = ["-m json -c 64 -n 50 -w 0 -t 8"]
WARM_UP_PLAIN_IN_BRIEF = ["-m json -c 64 -n 50 -w 0 -t 1"]

PAIRS = ["chat-chat", "chat-messages", "messages-messages", "responses-chat"]
