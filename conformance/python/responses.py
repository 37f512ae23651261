"""The Responses API with the official OpenAI client."""

import json

import openai
from seen import Document, Seen

TOOLS = [{"type": "function", "name": "append_line", "strict": False, "parameters": {
    "type": "object", "properties": {"line": {"type": "string"}}, "required": ["line"]}}]
MINE = {"reasoning": {"effort": "low", "summary": "auto"}}


class Responses:
    def __init__(self, url):
        self.client = openai.OpenAI(base_url=url + "/v1", api_key="none", max_retries=0, timeout=30)

    def arguments(self, case):
        return {"model": case["model"], "input": case["say"], **({"tools": TOOLS} if case["tool"] else {}), **(MINE if case["think"] else {})}

    def raw(self, case, seen):
        number, items, texts, final = -1, {}, {}, None
        for event in self.client.responses.create(**self.arguments(case), stream=True):
            number += 1
            seen.odd(event.sequence_number != number, "sequence_number")
            seen.odd((event.type == "response.created") != (number == 0), "created")
            seen.odd(final is not None, "event behind the terminal one")
            if event.type == "response.output_item.added":
                seen.odd(event.output_index != len(items), "output_index")
                items[event.output_index] = event.item.id
            elif event.type == "response.output_item.done":
                seen.odd(event.item.id != items.get(event.output_index), "item id")
                if event.item.type == "function_call":
                    seen.arguments(event.item.call_id, event.item.name, event.item.arguments)
            elif event.type == "response.output_text.delta":
                seen.text += event.delta
                texts[event.output_index] = texts.get(event.output_index, "") + event.delta
            elif event.type == "response.output_text.done":
                seen.odd(event.text != texts.get(event.output_index), "text of done")
            elif event.type in ("response.reasoning_summary_text.delta", "response.reasoning_text.delta"):
                seen.thinking += event.delta
            elif event.type in ("response.completed", "response.incomplete", "response.failed"):
                final = event.response
        if final is None:
            return seen.odd(True, "no terminal event")
        whole = Seen()
        self._read(final, whole)
        seen.odd([item.id for item in final.output] != list(items.values()), "items of the final response")
        seen.odd(whole.text != seen.text or whole.calls != seen.calls, "the final response says something else")
        seen.ids, seen.usage, seen.finishes = whole.ids, whole.usage, whole.finishes

    def helper(self, case, seen):
        self._read(self._helped(self.arguments(case), seen), seen)

    def plain(self, case, seen):
        self._read(self.client.responses.create(**self.arguments(case)), seen)

    def parsed(self, case, seen):
        response = self._helped(self.arguments(case) | {"text_format": Document}, seen)
        seen.parsed = response.output_parsed.model_dump()

    def turns(self, case, seen):
        """The history is sent along, nothing is kept by the provider."""
        arguments = self.arguments(case) | {"store": False, "include": ["reasoning.encrypted_content"]}
        first = self._helped(arguments, seen)
        self._read(first, seen)
        history = [{"role": "user", "content": case["say"]}, *(item.to_dict() for item in first.output)]
        seen.report = self._helped(arguments | {"input": history + self._results(first)}, Seen()).output_text

    def chain(self, case, seen):
        """The history is kept for us."""
        arguments = self.arguments(case)
        first = self._helped(arguments, seen)
        self._read(first, seen)
        second = self._helped(arguments | {"input": self._results(first), "previous_response_id": first.id}, Seen())
        seen.report = second.output_text
        third = self.client.responses.create(**(arguments | {"input": case["again"], "previous_response_id": second.id}))
        seen.encore = third.output_text

    @staticmethod
    def _results(response):
        return [{"type": "function_call_output", "call_id": item.call_id, "output": "done"} for item in response.output if item.type == "function_call"]

    def kept(self, case, seen):
        first = self._helped(self.arguments(case), seen)
        again = self.client.responses.retrieve(first.id)
        self._read(again, seen)
        seen.odd(again.output_text != first.output_text or again.id != first.id, "another response")
        items = list(self.client.responses.input_items.list(first.id))
        seen.odd(case["say"] not in json.dumps([item.to_dict() for item in items]), "input items")
        self.client.responses.delete(first.id)
        self.client.responses.retrieve(first.id)

    def unknown(self, case, seen):
        self.client.responses.create(**self.arguments(case), previous_response_id="resp_unknown")

    def _helped(self, arguments, seen):
        with self.client.responses.stream(**arguments) as stream:
            for event in stream:
                if event.type == "response.output_text.delta":
                    seen.text += event.delta
            return stream.get_final_response()

    @staticmethod
    def _read(response, seen):
        seen.id(response.id)
        if response.usage:
            seen.usage.append(response.usage.output_tokens)
        seen.finishes.append(response.status)
        seen.text = response.output_text
        seen.thinking = ""
        for item in response.output:
            if item.type == "reasoning":
                seen.thinking += "".join(part.text for part in [*item.summary, *(item.content or [])])
            if item.type == "function_call":
                seen.call(item.call_id, item.name, json.loads(item.arguments))
