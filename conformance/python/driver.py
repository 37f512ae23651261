"""Runs the cases that it reads, one JSON line each, and writes what the official clients saw, one JSON line each.

usage: python driver.py GATEWAY
"""

import concurrent.futures
import json
import sys

from agents_sdk import Agents
from chat import Chat
from messages import Messages
from responses import Responses
from seen import Seen

AT_ONCE = 4


def failure(error):
    """What there is to know about what was raised; `delivered` as the gateway says."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else {}
    return {"class": type(error).__name__, "status": getattr(error, "status_code", None), "message": str(error),
            "type": inner.get("type"), "code": inner.get("code"), "delivered": inner.get("midstream", {}).get("delivered")}


def run(case, clients):
    seen = Seen()
    try:
        getattr(clients[case["client"]], case["way"])(case, seen)
    except Exception as error:  # what is raised is for the suite to judge
        seen.error = failure(error)
    return {"n": case["n"], **vars(seen)}


def main():
    url = sys.argv[1]
    clients = {"chat": Chat(url), "messages": Messages(url), "responses": Responses(url), "agents": Agents(url)}
    cases = [json.loads(line) for line in sys.stdin]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for seen in pool.map(lambda case: run(case, clients), cases):
            print(json.dumps(seen), flush=True)


main()
