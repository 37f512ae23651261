"""A scripted OpenAI-compatible provider that breaks off on cue and goes on when asked to.

The model's name says what happens: `cut-20` breaks the connection after 20 words, `end-20` ends cleanly without a finish reason,
`stall-20` falls silent, `error-20` reports an error inside the stream, `tool-cut` breaks inside a tool call, `tool-between`
between two parallel ones, `tool-done` after a complete one, `busy` answers 429; `good` is well. A continuation is recognised by
the user turn that quotes the end of the assistant's turn before it: the model repeats the quoted words and goes on.

Facts: chunk shape, role chunk first, usage chunk last and only when asked for, `[DONE]` at the end (OpenAI's API reference); an
error inside a stream is `data: {"error": {...}}`.
"""

import http.server
import json
import socket
import threading

WORDS = [f"word{i}" for i in range(1, 61)]
ANSWER = " ".join(WORDS) + "."
CALLS = [("call_a", "weather", '{"city": "Paris"}'), ("call_b", "weather", '{"city": "Rome"}')]


def pieces(text):
    """Words with their leading space."""
    out = text.split(" ")
    return [w if i == 0 else " " + w for i, w in enumerate(out)]


def continuation(messages):
    """What is left to say after the part that is quoted back, its last words repeated; None for a first request."""
    if len(messages) < 2 or messages[-2]["role"] != "assistant" or messages[-1]["role"] != "user":
        return None
    delivered, prompt = messages[-2]["content"], messages[-1]["content"]
    if not ANSWER.startswith(delivered):
        return None
    for start in range(len(delivered)):
        if delivered[start:].strip() and delivered[start:].strip() in prompt:
            return delivered[start:].lstrip() + ANSWER[len(delivered):]
    return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.requests.append(body)
        model = body["model"]
        if model == "busy":
            return self.refuse(429, {"message": "Slow down.", "type": "tokens", "param": None, "code": "rate_limit_exceeded"})
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self.wants_usage = body.get("stream_options", {}).get("include_usage", False)
        self.model, self.id = model, "chatcmpl-" + model
        self.delta({"role": "assistant", "content": ""})
        if model.startswith("tool-") or (model == "good" and body.get("tools")):
            return self.tools(model)
        left = continuation(body["messages"])
        self.text(ANSWER if left is None else left, model if left is None else "good")

    def text(self, text, model):
        fault, _, after = model.partition("-")
        for i, piece in enumerate(pieces(text)):
            if after and i == int(after):
                return self.fail(fault)
            self.delta({"content": piece})
        self.done("stop")

    def tools(self, model):
        if model == "tool-text":
            self.delta({"content": "Let me look."})
        for i, (id_, name, arguments) in enumerate(CALLS):
            if model == "tool-between" and i == 1:
                return self.fail("cut")
            self.delta({"tool_calls": [{"index": i, "id": id_, "type": "function", "function": {"name": name, "arguments": ""}}]})
            half = len(arguments) // 2
            self.delta({"tool_calls": [{"index": i, "function": {"arguments": arguments[:half]}}]})
            if model == "tool-cut":
                return self.fail("cut")
            self.delta({"tool_calls": [{"index": i, "function": {"arguments": arguments[half:]}}]})
        if model == "tool-done":
            return self.fail("cut")
        self.done("tool_calls")

    def fail(self, fault):
        if fault == "cut":
            # Without the chunked body's end. A reset would be another way, but takes with it what is still on its way.
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault == "end":
            self.chunk(b"")
        elif fault == "error":
            error = {"message": "The server had an error.", "type": "server_error", "param": None, "code": None}
            self.chunk(b"data: " + json.dumps({"error": error}).encode() + b"\n\n")
            self.chunk(b"")
        elif fault == "stall":
            self.wfile.flush()
            self.connection.recv(1)

    def delta(self, delta, finish=None):
        self.event({"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]})

    def done(self, reason):
        self.delta({}, reason)
        if self.wants_usage:
            self.event({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 61, "total_tokens": 70}})
        self.chunk(b"data: [DONE]\n\n")
        self.chunk(b"")

    def event(self, members):
        chunk = {"id": self.id, "object": "chat.completion.chunk", "created": 1770933892, "model": self.model, **members}
        self.chunk(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def refuse(self, status, error):
        data = json.dumps({"error": error}).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def start():
    """A provider on a free port of the loopback interface."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.requests = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
