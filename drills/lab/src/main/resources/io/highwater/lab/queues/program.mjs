// SPDX-License-Identifier: Apache-2.0
// What every queue program on Node does: it takes requests and gives answers as lines of JSON, does what a job says, and
// keeps a ledger of that which owes nothing to the library under test.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const hanging = new Set();

// What libraries print must not get between the lines of JSON: it goes where the errors go.
console.log = console.info = console.debug = console.error;

// To a pipe this is synchronous: what is written was done, however the process ends.
function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

export function note(event, queue, ...jobs) {
  say({ event, queue, jobs: jobs.map(String), at: Date.now() });
}

/** Does what the data of a job say: {ms, hang, fail}. */
export async function perform(queue, job, { ms, hang, fail }) {
  note('started', queue, job);
  if (ms) await sleep(ms);
  if (hang) await new Promise(release => hanging.add({ job: String(job), release }));
  if (fail) {
    note('failed', queue, job);
    throw new Error(fail);
  }
  note('completed', queue, job);
}

/** Lets jobs that hang now go on: one, or all. */
function release({ job }) {
  for (const one of hanging) {
    if (job === undefined || one.job === job) {
      hanging.delete(one);
      one.release();
    }
  }
}

/** Answers requests until there is nobody left who could ask. */
export function serve(operations) {
  const all = { release, ...operations };
  createInterface({ input: process.stdin })
    .on('line', async line => {
      const { id, do: operation, ...request } = JSON.parse(line);
      try {
        say({ id, value: await invoke(all, operation, [request]) ?? null });
      } catch (error) {
        say({ id, error: String(error?.message || error) });
      }
    })
    .on('close', () => process.exit());
}

/** Calls what Java names. */
export function invoke(target, method, args) {
  if (typeof target[method] !== 'function') throw new Error(`the library has no ${method} here`);
  return target[method](...args);
}

/** Adds many jobs, some thousands at a time. */
export async function fill(queue, { count, name, data, options }) {
  for (let left = count; left > 0; left -= 5000) {
    const chunk = Array.from({ length: Math.min(left, 5000) }, () => ({ name, data, opts: options }));
    const jobs = await queue.addBulk(chunk);
    note('added', queue.name, ...jobs.map(job => job.id));
  }
}
