# SPDX-License-Identifier: Apache-2.0
"""What every queue program in Python does: it is the twin of program.mjs, which says more. Workers are processes of their own."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

HANGING = pathlib.Path(__file__).parent / "hanging"

# What libraries print must not get between the lines of JSON: it goes where the errors go.
if "LAB_OUTPUT" not in os.environ:
    os.environ["LAB_OUTPUT"] = str(os.dup(1))
    os.dup2(2, 1)
OUTPUT = int(os.environ["LAB_OUTPUT"])
workers = []


def say(line):
    # One write, which the kernel keeps whole among those of other processes as long as it is below 4 kB.
    os.write(OUTPUT, (json.dumps(line) + "\n").encode())


def note(event, queue, *jobs):
    for start in range(0, len(jobs), 50):
        some = [str(job) for job in jobs[start : start + 50]]
        say({"event": event, "queue": queue, "jobs": some, "at": time.time_ns() // 1_000_000})


def perform(queue, job, data):
    """Does what the data of a job say: ms, hang, fail."""
    note("started", queue, job)
    time.sleep(data.get("ms", 0) / 1000)
    if data.get("hang"):
        hang(job)
    if "fail" in data:
        note("failed", queue, job)
        raise RuntimeError(data["fail"])
    note("completed", queue, job)


def hang(job):
    """As long as there is a file, which works for whichever process the library gives a job to."""
    HANGING.mkdir(exist_ok=True)
    file = HANGING / str(job)
    file.touch()
    parent = os.getppid()
    while file.exists():
        if os.getppid() != parent:
            os._exit(1)  # the worker is dead, and nobody can end this one
        time.sleep(0.02)


def release(job=None):
    for file in HANGING.glob("*"):
        if job is None or file.name == job:
            file.unlink()


def start_worker(queue, name, options):
    """This script as another process, which is told what to do by its arguments."""
    command = [sys.executable, *sys.argv, json.dumps({"queue": queue, "name": name, "options": options})]
    worker = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[OUTPUT], start_new_session=True)
    workers.append(worker)
    return worker


def await_until(what, worker, done):
    """Up to half a minute."""
    for _ in range(300):
        if done():
            return
        if worker.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"waited in vain for {what}")


def close_worker(number):
    """As service managers do: it takes no more, and ends when it has done what it took."""
    workers[number].terminate()
    workers[number].wait()


def call_worker(worker, method, args):
    if method != "close":
        raise RuntimeError(f"the library has no {method} here")
    close_worker(int(worker))


def close():
    for number in range(len(workers)):
        close_worker(number)


def call(methods, method, /, *arguments, **named):
    """Calls what Java names; methods of queues and jobs have BullMQ's names."""
    if method not in methods:
        raise RuntimeError(f"the library has no {method} here")
    return methods[method](*arguments, **named)


def answer(operations, request):
    number, operation = request.pop("id"), request.pop("do")
    try:
        say({"id": number, "value": call(operations, operation, **request)})
    except Exception as error:
        say({"id": number, "error": str(error) or repr(error)})


def serve(**operations):
    """Answers requests until there is nobody left who could ask."""
    operations = {"release": release, "worker": call_worker, "close": close, **operations}
    for line in sys.stdin:
        threading.Thread(target=answer, args=(operations, json.loads(line)), daemon=True).start()
    for worker in workers:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
    os._exit(0)
