# SPDX-License-Identifier: Apache-2.0
"""What the numbers depend on."""

import datetime
import os
import platform
import re
import subprocess


def load():
    return " ".join(f"{average:.1f}" for average in os.getloadavg())


def found(pattern, text, otherwise="unknown"):
    match = re.search(pattern, text, re.MULTILINE)
    return match.group(1) if match else otherwise


def content(path):
    with open(path) as file:
        return file.read()


def output(*command, cwd=None):
    """What a command prints, on either stream; empty when it fails."""
    try:
        run = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout + run.stderr if run.returncode == 0 else ""


def revision(root):
    commit = output("git", "rev-parse", "--short=10", "HEAD", cwd=root).strip() or "unknown"
    changed = output("git", "status", "--porcelain", "--untracked-files=no", cwd=root).strip()
    return commit + (" and changes" if changed else "")


def exporter(root, name):
    """Of one of the others: its version and its Go."""
    about = output(os.path.join(root, ".tools", "bin", f"prometheus-{name.replace('_', '-')}"), "--version")
    return found(r"(?:version|Exporter) (\S+)", about) + ", " + found(r"(?i)\bgo(?: version)?:\s+(\S+)", about)


def facts(root, java_home):
    java = output(os.path.join(java_home, "bin", "java"), "-version")
    processor = found(r"^model name\s*: (.*)", content("/proc/cpuinfo"))
    memory = int(found(r"^MemTotal:\s+(\d+)", content("/proc/meminfo"), "0")) / (1 << 20)
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} × {processor}, {memory:.0f} GiB,"
                   f" Linux {platform.release()}",
        "java": found(r"Runtime Environment (.*)", java),
        "highwater": revision(root),
        "load before": load(),
    }
