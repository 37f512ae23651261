import unittest

from ..flatness import flatness, returned, third
from ..sampling import total_megabytes
from ..soak import Clients, mixed


def samples(*values, name="rss_mb"):
    return [{name: value} for value in values]


def verdicts(found):
    return {title: flat for title, _, _, flat in flatness(found)}


class FlatnessTest(unittest.TestCase):
    def test_compares_the_last_third_with_the_second(self):
        found = samples(10, 11, 12, 200, 210, 205, 220, 215, 500)
        self.assertEqual([205, 220], [third(found, n, "rss_mb") for n in (1, 2)])

    def test_does_not_mind_how_much_it_took_to_begin(self):
        self.assertEqual({"resident memory, MB": True}, verdicts(samples(10, 10, 300, 300, 305, 310)))

    def test_sees_what_grows(self):
        self.assertEqual({"resident memory, MB": False}, verdicts(samples(100, 200, 300, 400, 500, 600)))
        self.assertEqual({"open files": False}, verdicts(samples(10, 20, 30, 40, 50, 60, name="files")))
        self.assertEqual({"threads": False}, verdicts(samples(10, 11, 12, 14, 16, 18, name="threads")))
        self.assertEqual({"live objects, MB": False}, verdicts(samples(20, 25, 30, 35, 40, 45, name="heap_mb")))

    def test_lets_it_become_less(self):
        self.assertEqual({"open files": True}, verdicts(samples(500, 400, 300, 200, 100, 50, name="files")))

    def test_leaves_out_what_was_not_sampled(self):
        found = [{"files": 5, "heap_mb": 7}, {"files": 5}, {"files": 5}]
        self.assertEqual({"open files": True}, verdicts(found))
        self.assertEqual([], flatness([]))

    def test_waits_for_files_and_threads_to_come_back(self):
        before = {"files": 60, "threads": 30, "rss_mb": 100}
        self.assertEqual([True, True], [row[3] for row in returned(before, {"files": 70, "threads": 35, "rss_mb": 900})])
        self.assertEqual([False, False], [row[3] for row in returned(before, {"files": 160, "threads": 60, "rss_mb": 100})])


class ClientsTest(unittest.TestCase):
    FIGURES = dict(requests=10, events=100, errors=0, refused=0, incomplete=0, out_of_order=0, hung_up=0, told_to_break=0, whole=0, message="")

    def faults(self, **figures):
        clients = Clients("", "", "")
        clients.add({**self.FIGURES, **figures})
        return clients.faults()

    def test_finds_every_answer_that_is_not_what_it_had_to_be(self):
        self.assertEqual(0, self.faults(hung_up=3))
        for what in ("errors", "refused", "incomplete", "out_of_order"):
            self.assertEqual(2, self.faults(**{what: 2}), what)
        self.assertEqual(1, self.faults(told_to_break=5, whole=4))

    def test_wants_a_refusal_where_everybody_refuses(self):
        clients = Clients("", "", "", refused=True)
        clients.add({**self.FIGURES, "refused": 9})
        self.assertEqual(1, clients.faults())
        clients.seen["refused"] = 10
        self.assertEqual(0, clients.faults())

    def test_is_mixed(self):
        self.assertEqual({"chat-chat", "chat-messages", "messages-messages", "responses-chat"},
                         {c.pair.replace("breaking-", "").replace("-plain", "") for c in mixed()})


class HeapTest(unittest.TestCase):
    def test_reads_the_sum_behind_the_histogram(self):
        said = "1:\n num     #instances         #bytes  class name\n   1:  5  2097152  [B\nTotal             5        2097152\n"
        self.assertEqual(2.0, total_megabytes(said))
        self.assertIsNone(total_megabytes(""))
