# SPDX-License-Identifier: Apache-2.0
"""The servers that are watched: io.highwater.bench.LabMain, driven over its standard input."""

import json
import subprocess

from .processes import Process


class Lab:
    def __init__(self, java, root, major):
        self.process = Process(
            [java, f"-Dhighwater.lab.binaries={root}/drills/lab/target/demo", "-Xmx128m", "-XX:+UseSerialGC",
             "-cp", f"{root}/bench/target/highwater-bench-0.1.0.jar:{root}/bench/target/lib/*",
             "io.highwater.bench.LabMain", str(major)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        where = self.read()
        self.version = where["version"]
        self.password = where["password"]
        self.ports = [where["primary"], where["standby"]]
        self.broken = where["broken"]

    def read(self):
        line = self.process.popen.stdout.readline()
        if not line:
            self.process.popen.wait()
            self.process.check()
        return json.loads(line)

    def order(self, command):
        """One of: pause, resume (the primary), freeze (two of the broken), statements (how many each role ran)."""
        self.process.popen.stdin.write(command + "\n")
        self.process.popen.stdin.flush()
        answer = self.read()
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']}")
        return answer

    def stop(self):
        self.process.popen.stdin.close()
        self.process.popen.wait(60)
        self.process.stop()
