# SPDX-License-Identifier: Apache-2.0
"""RQ as a queue program: python3 rq_program.py FOLDER STORE [WORK], with the library's folder and where the jobs are."""

import datetime
import json
import os
import sys
import uuid

from program import await_until, call, note, perform, serve, start_worker, workers

folder, store = sys.argv[1], json.loads(sys.argv[2])
sys.path.insert(1, folder)
os.environ["PYTHONPATH"] = folder
os.environ["RQ_KEY_PREFIX"] = prefix = store.pop("prefix", "rq")
import redis  # noqa: E402
import rq  # noqa: E402
import rq.suspension  # noqa: E402

if rq.Queue.redis_queue_namespace_prefix != prefix + ":queue:":
    sys.exit("RQ has another prefix than its own only from 3.0 on")
connection = redis.Redis(**store)


def run(data):
    """What is called for every job, in a process that RQ makes for it."""
    job = rq.get_current_job()
    perform(job.origin, job.id, data)


def queue_of(name):
    return rq.Queue(name, connection=connection)


def add(queue, name, data, options):
    """Options are those of enqueue_call; retry is a number, and delay one of seconds."""
    delay = options.pop("delay", None)
    if "retry" in options:
        options["retry"] = rq.Retry(max=options["retry"])
    arguments = {"args": (data,), "description": name, **options}
    if delay is None:
        job = queue_of(queue).enqueue_call("rq_program.run", **arguments)
    else:
        job = queue_of(queue).enqueue_in(datetime.timedelta(seconds=delay), "rq_program.run", **arguments)
    note("added", queue, job.id)
    return job.id


def fill(queues, count, name, data, options):
    for queue in queues:
        for start in range(0, count, 5000):
            one = rq.Queue.prepare_data("rq_program.run", args=(data,), description=name, **options)
            jobs = queue_of(queue).enqueue_many([one] * min(5000, count - start))
            note("added", queue, *[job.id for job in jobs])


def counts(name):
    queue = queue_of(name)
    return {
        "queued": queue.count,
        "started": len(queue.started_job_registry),
        "deferred": len(queue.deferred_job_registry),
        "scheduled": len(queue.scheduled_job_registry),
        "finished": len(queue.finished_job_registry),
        "failed": len(queue.failed_job_registry),
    }


def call_queue(queue, method, args):
    """What pauses is all of RQ's queues in this Redis."""
    methods = {
        "getJobCounts": lambda: counts(queue),
        "getWorkers": lambda: [worker.name for worker in rq.Worker.all(queue=queue_of(queue))],
        "pause": lambda: rq.suspension.suspend(connection),
        "resume": lambda: rq.suspension.resume(connection),
        "isPaused": lambda: bool(rq.suspension.is_suspended(connection)),
        "drain": lambda delayed: queue_of(queue).empty(),
        "obliterate": lambda options: queue_of(queue).delete(),
    }
    return call(methods, method, *args)


def call_job(queue, job, method, args):
    found = rq.job.Job.fetch(job, connection=connection)
    methods = {"getState": lambda: found.get_status().value, "retry": found.requeue, "remove": found.delete}
    return call(methods, method, *args)


def work(queue, options):
    name = options.pop("name", uuid.uuid4().hex)
    process = start_worker(queue, name, options)
    await_until("the worker", process, lambda: name in [one.name for one in rq.Worker.all(connection=connection)])
    return workers.index(process)


def be_worker(queue, name, options):
    """Options are those of rq.Worker, and with_scheduler."""
    scheduler = options.pop("with_scheduler", False)
    worker = rq.Worker([queue], name=name, connection=connection, **options)
    worker.work(logging_level="WARNING", with_scheduler=scheduler)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        be_worker(**json.loads(sys.argv[3]))
    else:
        serve(add=add, fill=fill, queue=call_queue, job=call_job, work=work)
