"""What the numbers were measured on."""

import os
import platform
import re
import subprocess
import time


def describe():
    return {
        "measured": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "processor": _found("/proc/cpuinfo", r"model name\s*:\s*(.+)") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int(_found("/proc/meminfo", r"MemTotal:\s*(\d+)") or 0) / 1048576),
        "system": _found("/etc/os-release", r'PRETTY_NAME="?([^"\n]+)') or platform.system(),
        "kernel": platform.release(),
        "compiler": _first_line(["cc", "--version"]),
        "python": platform.python_version(),
        "commit": _first_line(["git", "rev-parse", "--short", "HEAD"]),
    }


def _found(path, pattern):
    try:
        with open(path) as file:
            match = re.search(pattern, file.read())
    except OSError:
        return None
    return match.group(1).strip() if match else None


def _first_line(command):
    try:
        lines = subprocess.run(command, capture_output=True, text=True, timeout=10).stdout.splitlines()
    except OSError:
        return ""
    return lines[0].strip() if lines else ""
