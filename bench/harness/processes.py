"""Processes: free ports, trees, and how busy the machine is."""

import os
import pathlib
import signal
import socket
import subprocess
import time

# Of a core: how much others may use while something is measured.
DISTURBED = 0.10


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def parents():
    """Parent by process id."""
    found = {}
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    return found


def descendants(pid, parent_of):
    """The process and all below it."""
    tree, level = [pid], [pid]
    while level:
        level = [child for child, parent in parent_of.items() if parent in level]
        tree += level
    return tree


def tree(pid):
    return descendants(pid, parents())


def busy_ticks():
    """Ticks of all cores since the start of the machine: all, and idle."""
    with open("/proc/stat") as file:
        ticks = [int(x) for x in file.readline().split()[1:9]]
    return sum(ticks), ticks[3] + ticks[4]


def wait_until_quiet(seconds):
    """Whether less than `DISTURBED` of a core was used for a moment."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        all_before, idle_before = busy_ticks()
        time.sleep(0.4)
        all_after, idle_after = busy_ticks()
        share = 1 - (idle_after - idle_before) / max(1, all_after - all_before)
        if os.cpu_count() * share < DISTURBED + 0.02:
            return True
    return False


def stop(process, patience=20):
    """Ends a process that was started in a session of its own, with all that it started."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
