import unittest

from ..documentation import BEGIN, END, inserted
from ..results import Results
from ..tables import everything, milliseconds, number, pair_name, share, table
from .test_figures import window


class TablesTest(unittest.TestCase):
    def test_aligns_what_it_shows(self):
        self.assertEqual("| candidate | p50 |\n|-----------|----:|\n| x         | 1,5 |\n", table(["candidate", "p50"], [["x", "1,5"]]))

    def test_shows_three_digits_that_count(self):
        self.assertEqual(["0.08", "1.25", "35.0", "1,240", "–"], [milliseconds(us) for us in (80, 1250, 35000, 1240000, None)])
        self.assertEqual(["1.3", "12,346", "–"], [number(n) for n in (1.26, 12345.6, None)])

    def test_never_rounds_up_to_all(self):
        self.assertEqual(["100 %", "99.9 %", "50.0 %", "–"], [share(s) for s in (1.0, 0.99999, 0.5, None)])

    def test_names_pairs_as_people_do(self):
        self.assertEqual("chat→Messages", pair_name("chat-messages"))

    def test_shows_one_table_a_scenario_with_its_faults(self):
        figures = dict(events_s=10000.0, **{f"{kind}_{q}_us": 100.0 for kind in ("latency", "first_text") for q in ("p50", "p90", "p99", "p999")})
        results = Results({"cores": 2}, "bench/run", {"nginx": "nginx/1", "other": "missing: no pip"})
        results.windows = [window("nginx", 4, **figures), window("midstream", 5, errors=3, **figures)]
        text = everything(results)
        self.assertEqual(1, text.count("## 1,000 streams"))
        self.assertIn("1.25 × |  50.0 %", text)
        self.assertIn("3 errors", text)
        self.assertIn("missing: no pip", text)
        self.assertNotIn("## 200 streams", text)


class DocumentationTest(unittest.TestCase):
    def test_replaces_what_stands_between_the_marks(self):
        page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
        self.assertEqual(f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n", inserted(page, "new\n"))
        self.assertEqual(inserted(page, "new"), inserted(inserted(page, "older"), "new"))

    def test_says_which_marks_it_misses(self):
        for page in ("", BEGIN, END):
            with self.assertRaisesRegex(SystemExit, "bench: end"):
                inserted(page, "new")
