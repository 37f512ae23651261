"""The responses that a provider of the Responses API keeps, unless it is asked with `store: false`."""

from dialects import Refused


class Kept:
    def __init__(self):
        self.responses = {}

    def keep(self, body, response):
        """`body` is expanded, so that its input is the whole conversation."""
        if response.get("object") == "response" and body.get("store", True):
            self.responses[response["id"]] = (listed(body["input"]), response)

    def expanded(self, body):
        """With the conversation that `previous_response_id` stands for in its input."""
        previous = body.get("previous_response_id")
        if previous is None:
            return body
        if previous not in self.responses:
            raise Refused(f"Previous response with id '{previous}' not found.")
        input_, response = self.responses[previous]
        return body | {"input": [*input_, *response["output"], *listed(body["input"])]}

    def serve(self, method, path):
        """Status and body for GET and DELETE of a response, GET of its input items."""
        id_, _, what = path.partition("/")
        if id_ not in self.responses:
            return 404, {"error": {"message": f"Response with id '{id_}' not found.", "type": "invalid_request_error", "param": "id", "code": None}}
        if method == "DELETE":
            del self.responses[id_]
            return 200, {"id": id_, "object": "response", "deleted": True}
        input_, response = self.responses[id_]
        if what == "input_items":
            items = [{"id": f"item_{i}", "type": "message"} | item for i, item in enumerate(input_)]
            return 200, {"object": "list", "data": items, "first_id": items[0]["id"], "last_id": items[-1]["id"], "has_more": False}
        return 200, response


def listed(input_):
    if isinstance(input_, str):
        return [{"type": "message", "role": "user", "content": [{"type": "input_text", "text": input_}]}]
    return input_
