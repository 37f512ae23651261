"""Chat Completions with the official OpenAI client."""

import json

import openai
from seen import Document

TOOLS = [{"type": "function", "function": {"name": "append_line", "parameters": {
    "type": "object", "properties": {"line": {"type": "string"}}, "required": ["line"]}}}]
USAGE = {"stream_options": {"include_usage": True}}


class Chat:
    def __init__(self, url):
        self.client = openai.OpenAI(base_url=url + "/v1", api_key="none", max_retries=0, timeout=30)

    def arguments(self, case):
        return {"model": case["model"], "messages": [{"role": "user", "content": case["say"]}],
                **({"tools": TOOLS} if case["tool"] else {}), **({"reasoning_effort": "low"} if case["think"] else {})}

    def raw(self, case, seen):
        calls = {}
        for chunk in self.client.chat.completions.create(**self.arguments(case), **USAGE, stream=True):
            seen.id(chunk.id)
            if chunk.usage:
                seen.usage.append(chunk.usage.completion_tokens)
            for choice in chunk.choices:
                seen.text += choice.delta.content or ""
                seen.thinking += getattr(choice.delta, "reasoning_content", None) or ""
                for call in choice.delta.tool_calls or []:
                    known = calls.setdefault(call.index, ["", "", ""])
                    for i, piece in enumerate([call.id, call.function.name, call.function.arguments]):
                        known[i] += piece or ""
                if choice.finish_reason:
                    seen.finishes.append(choice.finish_reason)
        for _, (id_, name, arguments) in sorted(calls.items()):
            seen.call(id_, name, json.loads(arguments))

    def helper(self, case, seen):
        self._read(self._helped(self.arguments(case)), seen)

    def plain(self, case, seen):
        self._read(self.client.chat.completions.create(**self.arguments(case)), seen)

    def parsed(self, case, seen):
        completion = self._helped(self.arguments(case) | {"response_format": Document})
        seen.parsed = completion.choices[0].message.parsed.model_dump()

    def turns(self, case, seen):
        arguments = self.arguments(case)
        first = self._helped(arguments)
        self._read(first, seen)
        message = first.choices[0].message
        answers = [{"role": "tool", "tool_call_id": call.id, "content": "done"} for call in message.tool_calls]
        history = [*arguments["messages"], message.model_dump(exclude_none=True, exclude={"parsed"}), *answers]
        seen.report = self._helped(arguments | {"messages": history}).choices[0].message.content

    def _helped(self, arguments):
        with self.client.chat.completions.stream(**arguments, **USAGE) as stream:
            for _ in stream:
                pass
            return stream.get_final_completion()

    @staticmethod
    def _read(completion, seen):
        choice = completion.choices[0]
        seen.id(completion.id)
        seen.usage.append(completion.usage.completion_tokens)
        seen.text = choice.message.content or ""
        seen.thinking = getattr(choice.message, "reasoning_content", None) or ""
        seen.finishes.append(choice.finish_reason)
        for call in choice.message.tool_calls or []:
            seen.call(call.id, call.function.name, json.loads(call.function.arguments))
