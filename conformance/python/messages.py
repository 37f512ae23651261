"""Messages with the official Anthropic client."""

import anthropic
from seen import Document, Seen

TOOLS = [{"name": "append_line", "input_schema": {"type": "object", "properties": {"line": {"type": "string"}}, "required": ["line"]}}]


class Messages:
    def __init__(self, url):
        self.client = anthropic.Anthropic(base_url=url, api_key="none", max_retries=0, timeout=30)

    def arguments(self, case):
        return {"model": case["model"], "max_tokens": 4096, "messages": [{"role": "user", "content": case["say"]}],
                **({"tools": TOOLS} if case["tool"] else {}),
                **({"thinking": {"type": "enabled", "budget_tokens": 1024}} if case["think"] else {})}

    def raw(self, case, seen):
        blocks, ended = [], False
        for event in self.client.messages.create(**self.arguments(case), stream=True):
            if event.type == "message_start":
                seen.id(event.message.id)
            elif event.type == "content_block_start":
                seen.odd(event.index != len(blocks), "index")
                blocks.append((event.content_block, []))
            elif event.type == "content_block_delta":
                self._delta(event.delta, blocks[event.index][1], seen)
            elif event.type == "message_delta":
                seen.finishes.append(event.delta.stop_reason)
                seen.usage = [event.usage.output_tokens]
            elif event.type == "message_stop":
                ended = True
        seen.odd(not ended, "no message_stop")
        for block, pieces in blocks:
            if block.type == "tool_use":
                seen.arguments(block.id, block.name, "".join(pieces))

    @staticmethod
    def _delta(delta, pieces, seen):
        if delta.type == "text_delta":
            seen.text += delta.text
        elif delta.type == "thinking_delta":
            seen.thinking += delta.thinking
        elif delta.type == "input_json_delta":
            pieces.append(delta.partial_json)

    def helper(self, case, seen):
        self._read(self._helped(self.arguments(case), seen), seen)

    def plain(self, case, seen):
        self._read(self.client.messages.create(**self.arguments(case)), seen)

    def parsed(self, case, seen):
        message = self._helped(self.arguments(case) | {"output_format": Document}, seen)
        seen.parsed = message.parsed_output.model_dump()

    def turns(self, case, seen):
        arguments = self.arguments(case)
        first = self._helped(arguments, seen)
        self._read(first, seen)
        results = [{"type": "tool_result", "tool_use_id": block.id, "content": "done"} for block in first.content if block.type == "tool_use"]
        history = [*arguments["messages"], {"role": "assistant", "content": first.to_dict()["content"]}, {"role": "user", "content": results}]
        second = self._helped(arguments | {"messages": history}, Seen())
        seen.report = "".join(block.text for block in second.content if block.type == "text")

    def runner(self, case, seen):
        """The client's own loop of tool calls."""
        ran = []

        @anthropic.beta_tool
        def append_line(line: str) -> str:
            """Appends a line.

            Args:
                line: what to append
            """
            ran.append(line)
            return "done"

        runner = self.client.beta.messages.tool_runner(**(self.arguments(case) | {"tools": [append_line]}), stream=True)
        for stream in runner:
            message = stream.get_final_message()
        seen.ran = ran
        seen.report = "".join(block.text for block in message.content if block.type == "text")

    def count(self, case, seen):
        arguments = self.arguments(case)
        del arguments["max_tokens"]
        seen.count = self.client.messages.count_tokens(**arguments).input_tokens

    def _helped(self, arguments, seen):
        with self.client.messages.stream(**arguments) as stream:
            for text in stream.text_stream:
                seen.text += text
            return stream.get_final_message()

    @staticmethod
    def _read(message, seen):
        seen.id(message.id)
        seen.usage.append(message.usage.output_tokens)
        seen.finishes.append(message.stop_reason)
        seen.text = "".join(block.text for block in message.content if block.type == "text")
        seen.thinking = "".join(block.thinking for block in message.content if block.type == "thinking")
        for block in message.content:
            if block.type == "tool_use":
                seen.call(block.id, block.name, block.input)
