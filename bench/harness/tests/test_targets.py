import unittest

from .. import engine
from ..results import Results
from ..targets import TARGETS, Target, judge_all
from .test_figures import window


def results(**lists):
    found = Results({}, "", {})
    for name, rows in lists.items():
        setattr(found, name, rows)
    return found


def row(found, title):
    return next(row for row in judge_all(found) if row[0].startswith(title))


class TargetsTest(unittest.TestCase):
    def test_holds_up_to_its_limit(self):
        for value, verdict in ((1.4, "holds"), (1.41, "**misses**")):
            self.assertEqual(verdict, Target("t", 1.4, "", lambda _: value).judge(None)[3])

    def test_holds_from_its_limit_on_where_more_is_better(self):
        for value, verdict in ((0.8, "holds"), (0.79, "**misses**")):
            self.assertEqual(verdict, Target("t", 0.8, "", lambda _: value, at_least=True).judge(None)[3])

    def test_says_what_was_not_measured(self):
        self.assertEqual({"not measured"}, {row[3] for row in judge_all(results())})
        self.assertEqual(len(TARGETS), len(judge_all(results())))

    def test_compares_cpu_with_the_byte_proxy(self):
        found = results(windows=[window("nginx", 4), window("midstream", 5), window("midstream", 9, pair="chat-messages")])
        self.assertEqual(["≤ 1.4 × nginx", "1.25 × nginx", "holds"], row(found, "CPU per event, 1,000 paced streams, chat→chat")[1:])
        self.assertEqual(["≤ 2 × nginx", "2.25 × nginx", "**misses**"], row(found, "CPU per event, 1,000 paced streams, chat→Messages")[1:])

    def test_compares_latency_by_difference(self):
        found = results(windows=[window("nginx", 4, latency_p99_us=1500), window("midstream", 5, latency_p99_us=2250)])
        self.assertEqual(["≤ 1 ms", "0.75 ms", "holds"], row(found, "latency per token p99")[1:])

    def test_compares_both_ways_of_plain_answers_with_the_other_gateway(self):
        found = results(windows=[window("litellm", 4, "json", requests_s=100), window("midstream", 4, "json", requests_s=400),
                                 window("midstream", 4, "json-plain", requests_s=2500)])
        self.assertEqual(["≥ 20 × LiteLLM", "25 × LiteLLM", "holds"], row(found, "the same")[1:])
        self.assertEqual(["≥ 5 × LiteLLM", "4 × LiteLLM", "**misses**"], row(found, "plain answers a second, by default")[1:])

    def test_tells_first_starts_from_later_ones(self):
        found = results(starts=[{"candidate": "midstream", "cold": cold, "seconds": s} for cold, s in ((True, 1.2), (False, 0.4))])
        self.assertEqual("holds", row(found, "start to first answer, with its")[3])
        self.assertEqual("**misses**", row(found, "start to first answer, without")[3])

    def test_judges_the_engine_by_the_dearest_pair_that_is_listed(self):
        metrics = lambda ns, size: {"primaryMetric": {"score": ns}, "secondaryMetrics": {"gc.alloc.rate.norm": {"score": size}}}
        found = results(engine=engine.rows([{"params": {"pair": "chat-chat"}, **metrics(900.0, 250.0)}, {"params": {"pair": "chat-messages"}, **metrics(1500.0, 180.0)},
                                            {"params": {"pair": "responses-responses"}, **metrics(9000.0, 900.0)}]))
        self.assertEqual(["≤ 2 µs", "1.5 µs", "holds"], row(found, "engine alone")[1:])
        self.assertEqual(["≤ 200 bytes", "250 bytes", "**misses**"], row(found, "the same, allocated")[1:])

    def test_judges_breaks_by_the_slowest_pair(self):
        found = results(breaks=[{"candidate": "midstream", "break_to_request_p99_us": us} for us in (900, 6100)] + [{"candidate": "midstream"}])
        self.assertEqual(["≤ 5 ms", "6.1 ms", "**misses**"], row(found, "break → next request")[1:])
