"""The three protocols of the scripted provider: how each reads a conversation, and how it streams an answer.

Each is as strict about a conversation as the real provider: what that would answer with a 400 is one here. Facts: the providers'
API references. An Anthropic signature belongs to its thinking, an `encrypted_content` to the account that it was made for;
a tool call is answered in the turn after it; a thinking budget asks for a thinking block at the head of a tool turn.
"""

import hashlib
import json
import uuid

from script import Part, Turn


class Refused(Exception):
    """A conversation that the provider does not take. `history`: because of reasoning that is not its own."""

    def __init__(self, message, history=False):
        super().__init__(message)
        self.history = history


def seal(text):
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def fresh():
    """What nothing else is named by."""
    return uuid.uuid4().hex[:24]


def plain(content):
    """The text in a message's content, which may be a string or parts."""
    if isinstance(content, str):
        return content
    return "".join(part.get("text") or "" for part in content or [])


def answered(calls, results):
    if sorted(calls) != sorted(results):
        raise Refused(f"the calls {sorted(calls)} are answered by the results {sorted(results)}")


def openai_error(message, status, param):
    kinds = {429: ("tokens", "rate_limit_exceeded"), 500: ("server_error", None), 503: ("server_error", "overloaded")}
    type_, code = kinds.get(status, ("invalid_request_error", None))
    return {"error": {"message": message, "type": type_, "param": param if status == 400 else None, "code": code}}


class Messages:
    path = "/v1/messages"

    def __init__(self, body, credential):
        self.body = body
        self.thinks = body.get("thinking", {}).get("type") in ("enabled", "adaptive")
        self.key = fresh()
        self.schema = (body.get("output_config", {}).get("format") or {}).get("schema")

    def tools(self):
        return {tool["name"]: False for tool in self.body.get("tools", [])}

    def turns(self):
        turns, open_calls, before, previous = [], [], [], []
        for message in self.body["messages"]:
            if message["role"] == "system":
                continue
            content = message["content"]
            blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
            if not blocks:
                raise Refused("a message without content")
            turn = self._turn(message["role"], blocks)
            if turn.role == "user":
                answered(open_calls, turn.results)
            open_calls, before, previous = turn.calls, previous, blocks
            turns.append(turn)
        if turns[-1].role != "user":
            raise Refused("This model does not support assistant message prefill.")
        if turns[-1].results:
            self._began_with_thinking(before)
        return turns

    def _turn(self, role, blocks):
        turn = Turn(role)
        for block in blocks:
            if block["type"] == "text":
                if not block["text"].strip():
                    raise Refused("text content blocks must contain non-whitespace text")
                turn.text += block["text"]
            elif block["type"] == "thinking" and block.get("signature") != seal(block["thinking"]):
                raise Refused("Invalid `signature` in `thinking` block", history=True)
            elif block["type"] == "tool_use":
                turn.calls.append(block["id"])
            elif block["type"] == "tool_result":
                turn.results.append(block["tool_use_id"])
        return turn

    def _began_with_thinking(self, blocks):
        """The tool turn that is going on, given as its blocks; of those that are over the thinking may be left out."""
        budget = self.body.get("thinking", {}).get("type") == "enabled"
        if budget and blocks[0]["type"] not in ("thinking", "redacted_thinking"):
            raise Refused("Expected `thinking` or `redacted_thinking`, but found `text`.", history=True)

    async def begin(self, response):
        self.response, self.index = response, -1
        await self._event("message_start", message=self._message([], None, 1))

    def whole(self, parts):
        content = [self._block(part, part.text, index) for index, part in enumerate(parts)]
        return self._message(content, self._stop_reason(parts), 90)

    def _message(self, content, reason, tokens):
        return {"id": "msg_" + self.key, "type": "message", "role": "assistant", "model": self.body["model"], "content": content,
                "stop_reason": reason, "stop_sequence": None, "usage": {"input_tokens": 40, "output_tokens": tokens}}

    def _block(self, part, text, index):
        if part.kind == "thinking":
            return {"type": "thinking", "thinking": text, "signature": seal(text) if text else ""}
        if part.kind == "text":
            return {"type": "text", "text": text}
        id_ = "toolu_" + seal(self.key + str(index))
        return {"type": "tool_use", "id": id_, "name": part.name, "input": json.loads(text) if text else {}}

    @staticmethod
    def _stop_reason(parts):
        return "tool_use" if parts[-1].kind == "call" else "end_turn"

    async def open(self, part):
        self.index += 1
        await self._event("content_block_start", index=self.index, content_block=self._block(part, "", self.index))

    async def delta(self, part, piece):
        deltas = {"thinking": {"type": "thinking_delta", "thinking": piece}, "text": {"type": "text_delta", "text": piece},
                  "call": {"type": "input_json_delta", "partial_json": piece}}
        await self._event("content_block_delta", index=self.index, delta=deltas[part.kind])

    async def close(self, part):
        if part.kind == "thinking":
            signature = {"type": "signature_delta", "signature": seal(part.text)}
            await self._event("content_block_delta", index=self.index, delta=signature)
        await self._event("content_block_stop", index=self.index)

    async def finish(self, parts):
        delta = {"stop_reason": self._stop_reason(parts), "stop_sequence": None}
        await self._event("message_delta", delta=delta, usage={"output_tokens": 90})
        await self._event("message_stop")

    async def overloaded(self, response):
        self.response = response
        await self._event("error", error={"type": "overloaded_error", "message": "Overloaded"})

    async def _event(self, type_, **members):
        await self.response.event({"type": type_, **members}, type_)

    TYPES = {404: "not_found_error", 429: "rate_limit_error", 500: "api_error", 529: "overloaded_error"}

    @classmethod
    def refusal(cls, message, status=400):
        return {"type": "error", "error": {"type": cls.TYPES.get(status, "invalid_request_error"), "message": message}}


class Responses:
    path = "/v1/responses"
    ASSISTANTS = ("reasoning", "function_call", "custom_tool_call")

    def __init__(self, body, credential):
        self.body, self.credential = body, credential
        self.thinks = body.get("reasoning") is not None
        self.schema = (body.get("text", {}).get("format") or {}).get("schema")
        self.number, self.output, self.key = -1, [], fresh()

    def tools(self):
        """Each tool's name with whether its input is free text; those of a namespace with that before the name."""
        declared = list(self.body.get("tools", []))
        for item in self._input():
            if item.get("type") == "additional_tools":
                declared += item["tools"]
        tools = {}
        for tool in declared:
            for inner in tool.get("tools", [tool]):
                if "name" in inner:
                    tools[inner["name"]] = inner["type"] == "custom"
                    if inner is not tool:
                        tools[inner["name"] + "@"] = tool["name"]
        return tools

    def _input(self):
        input_ = self.body["input"]
        return [{"type": "message", "role": "user", "content": input_}] if isinstance(input_, str) else input_

    def turns(self):
        turns, calls, results = [], [], []
        for item in self._input():
            turn = self._turn(item)
            if turn is None:
                continue
            calls += turn.calls
            results += turn.results
            if len(set(calls)) != len(calls) or not set(results) <= set(calls):
                raise Refused("No tool call found for function call output, or one twice.")
            turns.append(turn)
        answered(calls, results)
        return turns

    def _turn(self, item):
        kind = item.get("type", "message")
        if kind == "message":
            return Turn(item["role"], plain(item["content"])) if item["role"] in ("user", "assistant") else None
        if kind == "reasoning":
            return self._reasoning(item)
        if kind in ("function_call", "custom_tool_call"):
            return Turn("assistant", calls=[item["call_id"]])
        if kind in ("function_call_output", "custom_tool_call_output"):
            return Turn("user", results=[item["call_id"]])
        return None

    def _reasoning(self, item):
        sealed = item.get("encrypted_content")
        if sealed is None and self.body.get("store") is False:
            raise Refused(f"Item with id '{item.get('id')}' not found. Items are not persisted when `store` is set to false.", history=True)
        if sealed is not None and sealed != self._sealed(plain(item["summary"])):
            raise Refused("The encrypted content could not be verified.", history=True)
        return Turn("assistant")

    def _sealed(self, text):
        return "enc_" + seal(self.credential + text)

    async def begin(self, response):
        self.response = response
        await self._event("response.created", response=self._object("in_progress"))
        await self._event("response.in_progress", response=self._object("in_progress"))

    def whole(self, parts):
        for part in parts:
            self.output.append(self._item(part, part.text, "completed"))
        return self.final()

    def final(self):
        """The complete response, once everything has been said."""
        usage = {"input_tokens": 40, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 90,
                 "output_tokens_details": {"reasoning_tokens": 30}, "total_tokens": 130}
        return self._object("completed", usage=usage)

    def _object(self, status, **more):
        return {"id": "resp_" + self.key, "object": "response", "created_at": 1770933892, "status": status, "error": None,
                "incomplete_details": None, "instructions": None, "model": self.body["model"], "output": self.output,
                "parallel_tool_calls": True, "tools": [], "tool_choice": "auto", "metadata": {}, "temperature": 1, "top_p": 1, **more}

    def _item(self, part, text, status):
        id_ = {"thinking": "rs_", "text": "msg_", "call": "ctc_" if part.custom else "fc_"}[part.kind] + self.key + str(len(self.output))
        if part.kind == "thinking":
            summary = [{"type": "summary_text", "text": text}] if text else []
            return {"id": id_, "type": "reasoning", "summary": summary, "encrypted_content": self._sealed(text) if text else None}
        if part.kind == "text":
            content = [{"type": "output_text", "text": text, "annotations": [], "logprobs": []}] if text else []
            return {"id": id_, "type": "message", "role": "assistant", "status": status, "content": content}
        call = {"id": id_, "call_id": "call_" + self.key + str(len(self.output)), "name": part.name, "status": status}
        call |= {"namespace": part.namespace} if part.namespace else {}
        return call | ({"type": "custom_tool_call", "input": text} if part.custom else {"type": "function_call", "arguments": text})

    async def open(self, part):
        item = self._item(part, "", "in_progress")
        self.at = {"item_id": item["id"], "output_index": len(self.output)}
        await self._event("response.output_item.added", output_index=len(self.output), item=item)
        if part.kind == "thinking":
            await self._event("response.reasoning_summary_part.added", **self.at, summary_index=0, part={"type": "summary_text", "text": ""})
        elif part.kind == "text":
            await self._event("response.content_part.added", **self.at, content_index=0,
                              part={"type": "output_text", "text": "", "annotations": [], "logprobs": []})

    async def delta(self, part, piece):
        if part.kind == "thinking":
            await self._event("response.reasoning_summary_text.delta", **self.at, summary_index=0, delta=piece)
        elif part.kind == "text":
            await self._event("response.output_text.delta", **self.at, content_index=0, delta=piece, logprobs=[])
        else:
            await self._event(f"response.{self._call_input(part)}.delta", **self.at, delta=piece)

    @staticmethod
    def _call_input(part):
        return "custom_tool_call_input" if part.custom else "function_call_arguments"

    async def close(self, part):
        item = self._item(part, part.text, "completed")
        if part.kind == "thinking":
            await self._event("response.reasoning_summary_text.done", **self.at, summary_index=0, text=part.text)
            await self._event("response.reasoning_summary_part.done", **self.at, summary_index=0, part=item["summary"][0])
        elif part.kind == "text":
            await self._event("response.output_text.done", **self.at, content_index=0, text=part.text, logprobs=[])
            await self._event("response.content_part.done", **self.at, content_index=0, part=item["content"][0])
        else:
            whole = {"input": part.text} if part.custom else {"name": part.name, "arguments": part.text}
            await self._event(f"response.{self._call_input(part)}.done", **self.at, **whole)
        await self._event("response.output_item.done", output_index=len(self.output), item=item)
        self.output.append(item)

    async def finish(self, parts):
        await self._event("response.completed", response=self.final())

    async def overloaded(self, response):
        self.response = response
        error = {"type": "service_unavailable_error", "code": "server_is_overloaded", "message": "Overloaded", "param": None}
        await self._event("error", error=error)
        failed = {"code": error["code"], "message": error["message"]}
        await self._event("response.failed", response=self._object("failed") | {"error": failed})

    async def _event(self, type_, **members):
        self.number += 1
        await self.response.event({"type": type_, "sequence_number": self.number, **members}, type_)

    @staticmethod
    def refusal(message, status=400):
        return openai_error(message, status, "input")


class Chat:
    path = "/v1/chat/completions"
    USAGE = {"prompt_tokens": 40, "completion_tokens": 90, "total_tokens": 130}

    def __init__(self, body, credential):
        self.body = body
        self.thinks = True
        self.schema = (body.get("response_format", {}).get("json_schema") or {}).get("schema")
        self.id = "chatcmpl-" + fresh()

    def tools(self):
        """Each tool's name with whether its input is free text."""
        return {tool[tool["type"]]["name"]: tool["type"] == "custom" for tool in self.body.get("tools", [])}

    def turns(self):
        turns, calls, results = [], [], []
        for message in self.body["messages"]:
            if message["role"] == "tool":
                results.append(message["tool_call_id"])
                turns.append(Turn("user", results=[message["tool_call_id"]]))
                continue
            answered(calls, results)
            calls = [call["id"] for call in message.get("tool_calls") or []]
            results = []
            if message["role"] in ("user", "assistant"):
                turns.append(Turn(message["role"], plain(message.get("content")), calls))
        answered(calls, results)
        return turns

    def whole(self, parts):
        said = {kind: "".join(part.text for part in parts if part.kind == kind) for kind in ("thinking", "text")}
        calls = [self._opened(part, i, part.text) for i, part in enumerate(part for part in parts if part.kind == "call")]
        message = {"role": "assistant", "content": said["text"], "reasoning_content": said["thinking"], "refusal": None}
        choice = {"index": 0, "message": message | ({"tool_calls": calls} if calls else {}), "logprobs": None,
                  "finish_reason": self._finish_reason(parts)}
        return {"id": self.id, "object": "chat.completion", "created": 1770933892, "model": self.body["model"],
                "choices": [choice], "usage": self.USAGE}

    def _opened(self, part, index, text):
        id_ = "call_" + seal(self.id + str(index))
        if part.custom:
            return {"id": id_, "type": "custom", "custom": {"name": part.name, "input": text}}
        return {"id": id_, "type": "function", "function": {"name": part.name, "arguments": text}}

    @staticmethod
    def _finish_reason(parts):
        return "tool_calls" if parts[-1].kind == "call" else "stop"

    async def begin(self, response):
        self.response, self.calls = response, 0
        await self._chunk({"role": "assistant", "content": ""})

    async def open(self, part):
        if part.kind == "call":
            await self._call(self._opened(part, self.calls, ""))

    async def delta(self, part, piece):
        if part.kind == "call":
            await self._call({"custom": {"input": piece}} if part.custom else {"function": {"arguments": piece}})
        else:
            await self._chunk({"reasoning_content" if part.kind == "thinking" else "content": piece})

    async def close(self, part):
        self.calls += part.kind == "call"

    async def finish(self, parts):
        await self._chunk({}, self._finish_reason(parts))
        if (self.body.get("stream_options") or {}).get("include_usage"):
            await self._event({"choices": [], "usage": self.USAGE})
        await self.response.event("[DONE]")

    async def overloaded(self, response):
        self.response = response
        await self.response.event({"error": {"message": "Overloaded", "type": "server_error", "param": None, "code": "overloaded"}})

    async def _call(self, call):
        await self._chunk({"tool_calls": [{"index": self.calls, **call}]})

    async def _chunk(self, delta, finish=None):
        await self._event({"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]})

    async def _event(self, members):
        await self.response.event({"id": self.id, "object": "chat.completion.chunk", "created": 1770933892, "model": self.body["model"], **members})

    @staticmethod
    def refusal(message, status=400):
        return openai_error(message, status, "messages")
