import unittest

from ..breaks import seam_figures
from ..candidates import read_routes
from ..measure import most_rounds, rotated, route_for
from ..processes import descendants
from ..scenarios import ALL


class RoutesTest(unittest.TestCase):
    TEXT = "chat-chat\t/v1/chat/completions\tm\tA: b\tC: http://h:MOCK_PORT/\nchat-chat-plain\t/p\tplain\n\nbreaking-messages-messages\t/v1/messages\tm\n"

    def test_reads_what_a_candidate_says(self):
        routes = read_routes(self.TEXT)
        self.assertEqual(["-A", "chat", "-U", "/v1/chat/completions", "-M", "m", "-H", "A: b", "-H", "C: http://h:7/"], routes["chat-chat"].arguments(7))
        self.assertEqual("messages", routes["breaking-messages-messages"].client)
        self.assertEqual("chat", routes["chat-chat-plain"].client)

    def test_measures_plain_upstreams_only_of_those_that_have_a_choice(self):
        candidate = type("Candidate", (), {"routes": read_routes(self.TEXT)})
        self.assertEqual("plain", route_for(candidate, ALL["json-plain"], "chat-chat").model)
        self.assertEqual("m", route_for(candidate, ALL["json"], "chat-chat").model)
        candidate.routes.pop("chat-chat-plain")
        self.assertIsNone(route_for(candidate, ALL["json-plain"], "chat-chat"))


class OrderTest(unittest.TestCase):
    def test_lets_everybody_be_first_once(self):
        self.assertEqual(["a", "b", "c"], [rotated(["a", "b", "c"], n)[0] for n in range(3)])
        self.assertEqual([], rotated([], 2))

    def test_measures_most_often_where_there_is_a_target(self):
        ours, other = (type("Candidate", (), {"name": name}) for name in ("midstream", "litellm"))
        rounds = {name: [most_rounds(c, ALL[name], 5, False) for c in (ours, other)] for name in ("p200", "p1000", "p5000", "json")}
        self.assertEqual({"p200": [2, 2], "p1000": [5, 0], "p5000": [2, 0], "json": [5, 2]}, rounds)
        self.assertEqual(5, most_rounds(other, ALL["p5000"], 5, True))
        self.assertEqual(1, most_rounds(ours, ALL["p200"], 1, False))

    def test_knows_the_pace_that_is_due(self):
        self.assertEqual({"p50": 1000, "p200": 10000, "p1000": 20000, "p5000": 12500, "max": 0, "json": 0},
                         {name: ALL[name].pace() for name in ("p50", "p200", "p1000", "p5000", "max", "json")})


class ProcessesTest(unittest.TestCase):
    def test_finds_the_children_of_children(self):
        self.assertEqual([2, 3, 5, 4], descendants(2, {1: 0, 2: 1, 3: 2, 4: 3, 5: 2, 6: 1}))


class SeamsTest(unittest.TestCase):
    LOAD = dict(told_to_break=10, whole=9, events=600, **{f"{n}_{q}": 5.0 for n in ("seam_release", "seam_gap", "seam_beyond")
                                                        for q in ("p50_us", "p99_us", "count")})
    MOCK = dict(breaks=10, asked_again=10, events=640, break_to_request_p50_us=1.0, break_to_request_p99_us=2.0)

    def test_counts_what_was_written_and_not_delivered(self):
        found = seam_figures(self.LOAD, self.MOCK)
        self.assertEqual([0.9, 4, 40 / 600, 2.0], [found[n] for n in ("whole", "twice_per_break", "twice_share", "break_to_request_p99_us")])

    def test_has_no_times_of_seams_that_nobody_made(self):
        load = {**self.LOAD, "whole": 0, "seam_release_count": 0, "seam_gap_count": 0, "seam_beyond_count": 0}
        found = seam_figures(load, {**self.MOCK, "asked_again": 0})
        self.assertEqual(0, found["whole"])
        self.assertFalse([name for name in found if name.endswith("_us")])
