# SPDX-License-Identifier: Apache-2.0
"""Celery over Redis as a queue program: python3 celery_program.py FOLDER STORE [WORK], as rq_program.py."""

import json
import os
import sys
import uuid

from program import await_until, call, note, perform, serve, start_worker, workers

folder, store = sys.argv[1], json.loads(sys.argv[2])
sys.path.insert(1, folder)
os.environ["PYTHONPATH"] = folder
import celery  # noqa: E402
import redis  # noqa: E402

prefix = store.pop("prefix", "")
connection = redis.Redis(**store)
app = celery.Celery("lab", broker=f"redis://{store['host']}:{store['port']}/0")
app.conf.update(broker_transport_options={"global_keyprefix": prefix}, broker_connection_retry_on_startup=True)
# Where Celery's Redis transport keeps a queue's jobs of each priority: a list each.
PRIORITIES = ["", "\x06\x163", "\x06\x166", "\x06\x169"]


@app.task(name="lab", bind=True)
def run(self, data):
    """What is called for every job, in a process of the worker's pool."""
    perform(self.request.delivery_info["routing_key"], self.request.id, data)


def add(queue, name, data, options):
    """Options are those of apply_async, such as countdown and priority. All jobs are of one task."""
    job = run.apply_async((data,), queue=queue, **options)
    note("added", queue, job.id)
    return job.id


def fill(queues, count, name, data, options):
    with app.producer_pool.acquire(block=True) as producer:
        for queue in queues:
            jobs = [run.apply_async((data,), queue=queue, producer=producer, **options).id for _ in range(count)]
            note("added", queue, *jobs)


def counts(queue):
    """Unacked are those of all queues that are with workers, or wait in one for their time."""
    waiting = sum(connection.llen(prefix + queue + priority) for priority in PRIORITIES)
    return {"waiting": waiting, "unacked": connection.hlen(prefix + "unacked")}


def workers_of(queue):
    answers = app.control.inspect(timeout=0.5).active_queues() or {}
    return [worker for worker, queues in answers.items() if queue in [one["name"] for one in queues]]


def purge(queue):
    with app.connection_for_write() as broker:
        broker.default_channel.queue_purge(queue)


def call_queue(queue, method, args):
    methods = {
        "getJobCounts": lambda: counts(queue),
        "getWorkers": lambda: workers_of(queue),
        "pause": lambda: app.control.cancel_consumer(queue, reply=True, timeout=1),
        "resume": lambda: app.control.add_consumer(queue, reply=True, timeout=1),
        "drain": lambda delayed: purge(queue),
    }
    return call(methods, method, *args)


def work(queue, options):
    name = options.pop("name", uuid.uuid4().hex) + "@lab"
    process = start_worker(queue, name, options)
    await_until("the worker", process, lambda: app.control.ping(destination=[name], timeout=0.5))
    return workers.index(process)


def be_worker(queue, name, options):
    """Options are Celery's own settings, such as worker_concurrency and task_acks_late."""
    app.conf.update({"worker_concurrency": 1, **options})
    quick = ["--without-gossip", "--without-mingle"]
    app.worker_main(["worker", "--queues", queue, "--hostname", name, "--loglevel", "WARNING", *quick])


if __name__ == "__main__":
    if len(sys.argv) > 3:
        be_worker(**json.loads(sys.argv[3]))
    else:
        serve(add=add, fill=fill, queue=call_queue, work=work)
