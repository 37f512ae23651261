"""A drill under a stock Prometheus: the exposition is clean, and every panel of the board has data after it."""

import json
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "shared"))

from gateway import free_port  # noqa: E402

BOARD = ROOT / "deploy" / "grafana" / "midstream.json"
TARGET = HERE / "target"
PATIENCE = 90

# What Grafana puts in the place of its variables.
VARIABLES = {
    "$__rate_interval": "15s",
    "$__range": "60s",
    "$group": ".*",
    "$job": ".*",
}


def get(url, timeout=5):
    with urllib.request.urlopen(url, timeout=timeout) as response:
        return response.read().decode()


class Program:
    """A process that is up when it answers at a URL."""

    def __init__(self, name, command, url):
        self.url = url
        self.log = open(TARGET / f"{name}.log", "w")
        self.process = subprocess.Popen(command, cwd=TARGET, stdout=self.log, stderr=subprocess.STDOUT)

    def __enter__(self):
        end = time.monotonic() + 300  # the first start builds the program
        while time.monotonic() < end and self.process.poll() is None:
            try:
                get(self.url, 1)
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"it did not start: see {self.log.name}")

    def __exit__(self, *exc):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def expressions():
    for panel in json.loads(BOARD.read_text())["panels"]:
        for target in panel.get("targets", []):
            expression = target["expr"]
            for name, value in VARIABLES.items():
                expression = expression.replace(name, value)
            yield panel["title"], expression


def answer(prometheus, expression, began):
    """What stands in the way of a panel that shows the time since then; nothing if it has data."""
    query = urllib.parse.urlencode({"query": expression, "start": began, "end": time.time(), "step": 1})
    try:
        told = json.loads(get(f"{prometheus}/api/v1/query_range?{query}"))
    except urllib.error.HTTPError as wrong:
        return f"{wrong.code}: {wrong.read().decode()[:300]}"
    if told["status"] != "success" or told.get("warnings"):
        return json.dumps(told)[:300]
    return "" if told["data"]["result"] else "no data"


def lint(base):
    """What promtool says against the exposition; hints about names that LiteLLM chose are none of ours."""
    checked = subprocess.run(
        ["promtool", "check", "metrics"], input=get(base + "/metrics"), capture_output=True, text=True, check=False
    )
    return [line for line in (checked.stdout + checked.stderr).splitlines() if line.strip()]


def main():
    TARGET.mkdir(exist_ok=True)
    port, prometheus_port = free_port(), free_port()
    base, prometheus = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{prometheus_port}"
    config = TARGET / "prometheus.json"
    config.write_text(
        json.dumps(
            {
                "global": {"scrape_interval": "1s"},
                "scrape_configs": [{"job_name": "midstream", "static_configs": [{"targets": [f"127.0.0.1:{port}"]}]}],
            }
        )
    )
    store = TARGET / f"data-{prometheus_port}"
    drill = [str(ROOT / "midstream"), "drill", "--metrics", str(port)]
    server = [
        "prometheus",
        f"--config.file={config}",
        f"--storage.tsdb.path={store}",
        f"--web.listen-address=127.0.0.1:{prometheus_port}",
    ]
    with Program("drill", drill, base + "/metrics"):
        with Program("prometheus", server, prometheus + "/-/ready"):
            failed = judge(base, prometheus)
    for what, why in failed.items():
        print(f"{what}: {why}", file=sys.stderr)
    if failed:
        raise SystemExit(1)
    print(f"{len(list(expressions()))} expressions of the board have data")


def judge(base, prometheus):
    failed = {}
    began = time.time()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        time.sleep(2)
        failed = {}
        for title, expression in expressions():
            why = answer(prometheus, expression, began)
            if why:
                failed[f"{title}: {expression}"] = why
        if not failed:
            break
    wrong = lint(base)
    if wrong:
        failed["promtool check metrics"] = "; ".join(wrong)
    targets = json.loads(get(prometheus + "/api/v1/targets"))["data"]["activeTargets"]
    for target in targets:
        if target["health"] != "up" or target["lastError"]:
            failed["the scrape"] = target["lastError"] or target["health"]
    return failed


if __name__ == "__main__":
    main()
