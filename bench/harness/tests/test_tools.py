import http.client
import json
import re
import socket
import unittest
import urllib.request

from .. import tools

PATHS = {"chat": "/v1/chat/completions", "messages": "/v1/messages", "responses": "/v1/responses"}
ENDS = {"chat": "data: [DONE]", "messages": "event: message_stop", "responses": "event: response.completed"}
STAMP = re.compile(r" w(\d+)@\d{19}")


class ToolsTest(unittest.TestCase):
    """The load tool against the mock, with nothing between."""

    @classmethod
    def setUpClass(cls):
        tools.build()
        cls.mock = tools.Mock().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.mock.__exit__()

    def load(self, client, options):
        return tools.run_load(["-p", self.mock.port, "-A", client, "-U", PATHS[client], "-c", "4", "-R", "0", *options.split()])

    def ask(self, path, **body):
        request = urllib.request.Request(f"http://127.0.0.1:{self.mock.port}{path}", json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def test_a_healthy_answer_is_whole_in_every_protocol(self):
        for client in PATHS:
            for options in ("-n 20 -N 40", "-n 5 -d 1000 -N 8", "-m json -N 40"):
                with self.subTest(client=client, options=options):
                    found = self.load(client, options)
                    self.assertEqual([0] * 4, [found[f] for f in ("errors", "refused", "incomplete", "out_of_order")], found["message"])
                    self.assertEqual(int(options.split()[-1]), found["requests"])

    def test_a_broken_answer_is_not(self):
        for client in PATHS:
            for how in ("-x 5", "-e 5", "-x 20", "-e 20"):
                with self.subTest(client=client, how=how):
                    found = self.load(client, f"-n 20 -N 30 -B 3 {how}")
                    self.assertEqual([10, 0, 0, 0], [found[f] for f in ("told_to_break", "whole", "errors", "incomplete")], found["message"])

    def test_a_refusal_is_counted(self):
        self.assertEqual(8, self.load("chat", "-N 8 -s 429")["refused"])

    def test_counts_the_events_of_both_sides_alike(self):
        self.mock.wait_until_idle()
        self.mock.counts(anew=True)
        delivered = self.load("messages", "-n 30 -N 20")["events"]
        self.assertEqual([600, 600, 20], [delivered, self.mock.counts()["events"], self.mock.counts()["requests"]])

    def test_goes_on_behind_the_last_stamp_of_the_request(self):
        for client in PATHS:
            with self.subTest(client=client):
                said = self.ask("/second" + PATHS[client], stream=True, text="mock n=9 x=2 s=500", turn=stamps(0, 5))
                if client == "responses":
                    said = said.partition("output_text.done")[0] + ENDS[client]
                self.assertEqual(list(range(5, 9)), [int(i) for i in STAMP.findall(said)])
                self.assertIn(ENDS[client], said)

    def test_repeats_what_it_is_asked_to_event_by_event(self):
        quoted = stamps(3, 5)
        said = self.ask("/second/v1/chat/completions", stream=True, text="mock n=7", turn=stamps(0, 5),
                        more=f"The end:\n\n-----\n{quoted}\n-----\n\nPlease repeat it.")
        texts = re.findall(r'"content":"([^"]+)"', said)
        self.assertEqual([stamps(3, 4), stamps(4, 5)], texts[:2])
        self.assertEqual([3, 4, 5, 6], [int(i) for i in STAMP.findall("".join(texts))])

    def test_closes_connections_on_which_nothing_is_asked(self):
        with tools.Mock(longest_idle=1) as mock, socket.create_connection(("127.0.0.1", mock.port), timeout=10) as silent:
            self.assertEqual(b"", silent.recv(1))

    def test_tells_how_long_the_next_request_took(self):
        self.mock.counts(anew=True)
        with self.assertRaises((OSError, http.client.HTTPException)):
            self.ask("/first/v1/messages", stream=True, text="mock n=9 x=0 id=00000000000000aa")
        self.ask("/second/v1/messages", stream=True, text="mock n=9 x=0 id=00000000000000aa")
        self.ask("/second/v1/messages", stream=True, text="mock n=9 id=00000000000000bb")
        counts = self.mock.counts()
        self.assertEqual([1, 1], [counts["breaks"], counts["asked_again"]])
        self.assertGreater(counts["break_to_request_max_us"], 0)


def stamps(begin, end):
    return "".join(f" w{index}@{10**18 + index}" for index in range(begin, end))
