"""The ways to deploy Midstream: what deploy/ and the Dockerfile say, tried on this machine."""

import configparser
import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "shared"))
from gateway import ROOT, free_port  # noqa: E402

import kubernetes_validate  # noqa: E402
import yaml  # noqa: E402

WORDS = [f"word{i} " for i in range(40)]
CONFIG = """
model_list:
  - model_name: {group}
    litellm_params: {{model: openai/m, api_base: 'http://127.0.0.1:{port}/v1', api_key: k}}
general_settings: {{drain_timeout: 20}}
"""
failures = []


def check(name, passed, seen=""):
    print(("ok      " if passed else "FAILED  ") + name + ("" if passed else f": {seen}"))
    if not passed:
        failures.append(name)


class SlowProvider(http.server.BaseHTTPRequestHandler):
    """Chat Completions, a word every 50 ms: slow enough to be in the middle when a signal comes."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        for word in WORDS:
            self.chunk({"content": word}, None)
            time.sleep(0.05)
        self.chunk({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def chunk(self, delta, finish):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(body)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *args):
        pass


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()
    except OSError as e:
        return 0, str(e)


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        seen = condition()
        if seen:
            return seen
        time.sleep(0.05)
    return None


def post(port, group):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = {"model": group, "stream": True, "messages": [{"role": "user", "content": "x"}]}
    connection.request("POST", "/v1/chat/completions", json.dumps(body), {"content-type": "application/json"})
    return connection.getresponse()


class Installed:
    """The launcher, the jar and its options in a folder of their own, as the image and the unit have them."""

    def __init__(self, folder, copied=False):
        self.folder = folder
        for source in () if copied else ("midstream", "gateway/target/midstream.jar", "deploy/jvm.options"):
            shutil.copy(ROOT / source, folder)

    def run(self, *arguments, **more):
        command = [str(self.folder / "midstream"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, **more)

    def serve(self, config, log):
        port = free_port()
        command = [str(self.folder / "midstream"), "serve", "--config", str(config), "--port", str(port)]
        process = subprocess.Popen(command, stdout=open(log, "w"), stderr=subprocess.STDOUT, cwd="/")
        ready = until(lambda: get(f"http://127.0.0.1:{port}/health/readiness")[0] == 200, 60)
        check("starts from a folder of its own", bool(ready), pathlib.Path(log).read_text())
        return process, port


def mounted(folder, text):
    """A file as Kubernetes mounts a ConfigMap: through a link that is swapped."""
    version = folder / f"..{time.monotonic_ns()}"
    version.mkdir(parents=True)
    (version / "config.yaml").write_text(text)
    link = folder / "..data.new"
    link.symlink_to(version.name)
    os.replace(link, folder / "..data")
    if not (folder / "config.yaml").is_symlink():
        (folder / "config.yaml").symlink_to("..data/config.yaml")


def signals_and_changes(installed, work):
    provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SlowProvider)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    port = provider.server_address[1]
    folder = work / "etc"
    mounted(folder, CONFIG.format(group="first", port=port))
    process, own = installed.serve(folder / "config.yaml", work / "gateway.log")
    base = f"http://127.0.0.1:{own}"

    mounted(folder, CONFIG.format(group="second", port=port))
    changed = until(lambda: '"second"' in get(base + "/v1/models")[1])
    check("a mounted configuration that changes is taken over", bool(changed), get(base + "/v1/models"))
    mounted(folder, "model_list: [{model_name: third}]\n")
    told = until(lambda: "error" in get(base + "/health/readiness")[1])
    check("one that cannot be used is told in the readiness", bool(told), get(base + "/health/readiness"))
    check("and the last good one goes on", '"second"' in get(base + "/v1/models")[1])

    stream = post(own, "second")
    stream.readline()
    process.send_signal(signal.SIGTERM)
    failing = until(lambda: get(base + "/health/readiness")[0] == 503, 5)
    check("readiness fails at once on SIGTERM", bool(failing), get(base + "/health/readiness"))
    refused = post(own, "second")
    check("a new request is refused properly", refused.status == 503 and b'"error"' in refused.read(), refused.status)
    rest = stream.read().decode()
    check("a running stream ends whole", WORDS[-1] in rest and rest.rstrip().endswith("data: [DONE]"), rest[-200:])
    code = process.wait(timeout=30)
    check("the process ends by itself, and well", code == 0, code)
    provider.shutdown()


def manifests(installed, work):
    documents = list(yaml.safe_load_all((ROOT / "deploy/kubernetes/midstream.yaml").read_text()))
    for document in documents:
        name = f"{document['kind']} is valid"
        try:
            kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)
            check(name, True)
        except Exception as e:  # the library raises several kinds
            check(name, False, e)
    by_kind = {document["kind"]: document for document in documents}
    config = work / "from-configmap.yaml"
    config.write_text(by_kind["ConfigMap"]["data"]["config.yaml"])
    keys = {**os.environ, "OPENAI_API_KEY": "k", "LITELLM_MASTER_KEY": "sk-k"}
    checked = installed.run("check", "--config", str(config), env=keys)
    check("the manifest's configuration passes the check", checked.returncode == 0, checked.stdout + checked.stderr)
    drain = yaml.safe_load(config.read_text())["general_settings"]["drain_timeout"]
    pod = by_kind["Deployment"]["spec"]["template"]["spec"]
    grace = pod["terminationGracePeriodSeconds"]
    check("the grace period is longer than the drain", grace > drain, (grace, drain))


def unit():
    reader = configparser.RawConfigParser(strict=False, delimiters=("=",))
    reader.optionxform = str
    reader.read(ROOT / "deploy/systemd/midstream.service")
    service = reader["Service"]
    check("the unit waits longer than the drain", int(service["TimeoutStopSec"]) > 25)
    check("the unit starts the launcher", service["ExecStart"].startswith("/opt/midstream/midstream serve --config"))


def image(installed):
    text = (ROOT / "Dockerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.M):
        for source in line.split()[:-1]:
            check(f"the image's {source} is there", (ROOT / source).exists())
    for line in re.findall(r"^RUN (\./midstream .+?)(?: > .*)?$", text, re.M):
        made = installed.run(*re.findall(r"'[^']*'|\S+", line.replace("'", ""))[1:])
        check(f"the image's step runs: {line}", made.returncode == 0, made.stdout[-500:] + made.stderr[-500:])
    check("a cache is left behind", (installed.folder / "midstream.aot").exists())


def uses_cache(installed, **environment):
    """Whether the JVM says that it begins with the cache; and that nothing else was said."""
    more = {"MIDSTREAM_JAVA_OPTS": "-Xlog:aot=info:stdout", **environment}
    started = installed.run("--version", env={**os.environ, **more})
    whole = started.returncode == 0 and started.stderr == "" and "Java 25" in started.stdout
    check(f"starts, saying no more than asked {environment or ''}", whole, started.stdout[-300:] + started.stderr)
    return "Using AOT-linked classes: true" in started.stdout


def cache(installed, work):
    check("the cache is used", uses_cache(installed))
    check("unless it is switched off", not uses_cache(installed, MIDSTREAM_AOT="off"))
    check("or the JVM is told of another", not uses_cache(installed, MIDSTREAM_JAVA_OPTS="-Xshare:off"))
    blanks = work / "with a blank"
    shutil.copytree(installed.folder, blanks)
    moved = Installed(blanks, copied=True)
    blanks.chmod(0o555)
    check("in a folder with a blank, where nothing can be written", uses_cache(moved))
    blanks.chmod(0o755)
    retrained = moved.run("train")
    names = sorted(path.name for path in blanks.iterdir())
    check("it can be made anew", retrained.returncode == 0 and uses_cache(moved), retrained.stderr)
    check("without leftovers", names == sorted(p.name for p in installed.folder.iterdir()), names)
    os.utime(blanks / "midstream.jar")
    check("one of another jar is passed over", not uses_cache(moved))
    (blanks / "midstream.aot").write_bytes(b"torn")
    check("and a torn one", not uses_cache(moved))


def main():
    subprocess.run([str(ROOT / "midstream"), "--version"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "opt").mkdir()
        installed = Installed(work / "opt")
        version = installed.run("--version")
        check("--version", version.returncode == 0 and "midstream" in version.stdout.lower(), version)
        image(installed)
        cache(installed, work)
        manifests(installed, work)
        unit()
        signals_and_changes(installed, work)
    print(f"{len(failures)} failed" if failures else "all passed")
    sys.exit(1 if failures else 0)


main()
