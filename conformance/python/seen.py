"""What a client saw of one case."""

import json

from pydantic import BaseModel


class Document(BaseModel):
    """The JSON that is asked for."""
    summary: str
    lines: list[str]
    count: int


class Seen:
    def __init__(self):
        self.text, self.thinking, self.calls, self.finishes, self.usage, self.ids = "", "", [], [], [], []
        self.report, self.encore, self.parsed, self.ran, self.count, self.error, self.oddities = None, None, None, None, None, None, []

    def id(self, id_):
        if id_ not in self.ids:
            self.ids.append(id_)

    def call(self, id_, name, input_):
        self.calls.append([id_, name, input_])

    def arguments(self, id_, name, text):
        """Of a call whose input came as text."""
        try:
            self.call(id_, name, json.loads(text))
        except ValueError:
            self.odd(True, f"invalid JSON: {text}")

    def odd(self, condition, what):
        if condition and what not in self.oddities:
            self.oddities.append(what)
