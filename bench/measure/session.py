# SPDX-License-Identifier: Apache-2.0
"""What a script of the bench does around its measurements: build, start the lab, stop everything, write it all down."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

from . import machine
from .lab import Lab
from .processes import stop_all

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def say(text):
    print(text, file=sys.stderr, flush=True)


def prepare(no_build):
    """The home of the JDK, after everything is built."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    java_home = subprocess.run(
        [os.path.join(ROOT, "scripts", "jdk")], check=True, capture_output=True, text=True).stdout.strip()
    os.environ["JAVA_HOME"] = java_home
    if not no_build:
        say("building …")
        build(java_home)
    return java_home


def build(java_home):
    """Without the network when everything was downloaded before."""
    subprocess.run([os.path.join(ROOT, "scripts", "tools"), "bench"], check=True, stdout=sys.stderr)
    command = ["mvn", "-q", "-B", "-ntp", "-pl", "agent,bench", "-am", "-Dmaven.test.skip=true",
               "-Dcyclonedx.skip", "package"]
    environment = {**os.environ, "JAVA_HOME": java_home}
    offline = subprocess.run([*command, "-o"], cwd=ROOT, env=environment, capture_output=True)
    if offline.returncode != 0:
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    # Its JVM would take a cache made of other classes for the right one when their jars are of the same size.
    subprocess.run(
        [os.path.join(ROOT, "agent", "target", "highwater", "bin", "highwater-aot")], check=True, stdout=sys.stderr)


@contextlib.contextmanager
def lab_and_folder(java_home, *arguments):
    """Both gone afterwards, with every program that was started."""
    lab = None
    with tempfile.TemporaryDirectory(prefix="highwater-bench-") as folder:
        try:
            say(f"starting {arguments[0]} …")
            lab = Lab(os.path.join(java_home, "bin", "java"), ROOT, *arguments)
            yield lab, folder
        finally:
            if lab:
                lab.stop()
            stop_all()


def measured(facts, what):
    """What was measured; the facts say how long that took."""
    begun = time.monotonic()
    results = what()
    facts["load after"] = machine.load()
    facts["took"] = f"{(time.monotonic() - begun) / 60:.0f} min"
    return results


def keep(name, facts, options, results):
    """As bench/target/NAME.json."""
    with open(os.path.join(ROOT, "bench", "target", f"{name}.json"), "w") as out:
        json.dump({"facts": facts, "options": vars(options), "results": results}, out, indent=2)
