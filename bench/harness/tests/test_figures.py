import unittest

from ..figures import Figures, median_of, ratio


def window(candidate, cpu, scenario="p1000", pair="chat-chat", **more):
    quiet = dict(errors=0, refused=0, incomplete=0, out_of_order=0, other_cores=0.0, latency_p99_us=100.0)
    return {**quiet, "scenario": scenario, "pair": pair, "candidate": candidate, "cpu_us_per_event": cpu, **more}


class FiguresTest(unittest.TestCase):
    def test_takes_the_median_of_the_rounds(self):
        figures = Figures([window("nginx", cpu) for cpu in (9, 4, 5)])
        self.assertEqual(5, figures.median("p1000", "chat-chat", "nginx", "cpu_us_per_event"))

    def test_leaves_out_rounds_that_say_nothing(self):
        self.assertEqual(4, Figures([window("nginx", cpu) for cpu in (4, None)]).median("p1000", "chat-chat", "nginx", "cpu_us_per_event"))
        self.assertIsNone(Figures([window("nginx", None)]).median("p1000", "chat-chat", "nginx", "cpu_us_per_event"))

    def test_has_nothing_for_what_was_not_measured(self):
        figures = Figures([window("nginx", 4)])
        self.assertIsNone(figures.median("max", "chat-chat", "nginx", "cpu_us_per_event"))
        self.assertIsNone(figures.to_base("p1000", "chat-chat", "midstream", "cpu_us_per_event"))
        self.assertIsNone(Figures([window("midstream", 4)]).to_base("p1000", "chat-chat", "midstream", "cpu_us_per_event"))

    def test_compares_with_the_same_pair_of_the_byte_proxy(self):
        figures = Figures([window("nginx", 4), window("nginx", 5, pair="messages-messages"), window("midstream", 10, pair="messages-messages")])
        self.assertEqual(2, figures.to_base("p1000", "messages-messages", "midstream", "cpu_us_per_event"))

    def test_compares_what_is_translated_with_what_is_not(self):
        figures = Figures([window("nginx", 4), window("midstream", 10, pair="chat-messages")])
        self.assertEqual(2.5, figures.to_base("p1000", "chat-messages", "midstream", "cpu_us_per_event"))

    def test_compares_plain_upstreams_with_the_byte_proxys_plain_answers(self):
        figures = Figures([window("nginx", 4, "json"), window("midstream", 6, "json-plain")])
        self.assertEqual(1.5, figures.to_base("json-plain", "chat-chat", "midstream", "cpu_us_per_event"))

    def test_adds_up_what_went_wrong(self):
        figures = Figures([window("x", 1, errors=2), window("x", 1, errors=1, out_of_order=4)])
        self.assertEqual("3 errors, 4 out of order", figures.faults("p1000", "chat-chat", "x"))
        self.assertEqual("", Figures([window("x", 1)]).faults("p1000", "chat-chat", "x"))

    def test_counts_disturbed_windows(self):
        figures = Figures([window("x", 1, other_cores=0.3), window("x", 1, other_cores=0.05)])
        self.assertEqual(1, figures.disturbed("p1000", "chat-chat", "x"))


class RatioTest(unittest.TestCase):
    def test_divides_by_nothing_but_numbers(self):
        self.assertEqual(0.5, ratio(1, 2))
        self.assertEqual(0, ratio(0, 2))
        self.assertIsNone(ratio(None, 2))
        self.assertIsNone(ratio(1, None))
        self.assertIsNone(ratio(1, 0))

    def test_leaves_out_what_is_not_known(self):
        self.assertEqual(2, median_of([{"a": 1}, {"a": 3}, {"a": None}, {}], "a"))
        self.assertIsNone(median_of([], "a"))
