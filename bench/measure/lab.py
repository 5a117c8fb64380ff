# SPDX-License-Identifier: Apache-2.0
"""The servers that are watched: io.highwater.bench.LabMain, driven over its standard input."""

import json
import subprocess

from .processes import Process, tree_cpu


class Lab:
    """What it says of its servers are attributes: version, ports, pids and others."""

    def __init__(self, java, root, *arguments):
        self.process = Process(
            [java, f"-Dhighwater.lab.binaries={root}/drills/lab/target/demo", f"-Dhighwater.lab.tools={root}/.tools/bin",
             "-Xmx128m", "-XX:+UseSerialGC",
             "-cp", f"{root}/bench/target/highwater-bench-0.1.0.jar:{root}/bench/target/lib/*",
             "io.highwater.bench.LabMain", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.__dict__.update(self.read())

    def read(self):
        line = self.process.popen.stdout.readline()
        if not line:
            self.process.popen.wait()
            self.process.check()
        return json.loads(line)

    def order(self, command):
        """What orders there are is said by PostgresLab, RedisLab and NatsLab."""
        self.process.popen.stdin.write(command + "\n")
        self.process.popen.stdin.flush()
        answer = self.read()
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']}")
        return answer

    def cpu(self):
        """CPU seconds that the servers used so far, with all their sessions."""
        return sum(tree_cpu(pid) for pid in self.pids)

    def stop(self):
        self.process.popen.stdin.close()
        self.process.popen.wait(60)
        self.process.stop()
