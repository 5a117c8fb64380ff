// SPDX-License-Identifier: Apache-2.0
// Bull 3 and 4 as a queue program: node bull.mjs FOLDER STORE, the library's folder and where the jobs are, as JSON.
import { createRequire } from 'node:module';
import { fill, invoke, note, perform, serve } from './program.mjs';
import { connector, quiet } from './redis.mjs';

const [folder, settings] = process.argv.slice(2);
const { prefix, ...store } = JSON.parse(settings);
const library = createRequire(folder + '/');
const Bull = library('bull');
const connect = connector(library('ioredis'), store);

const shared = { client: connect(), subscriber: connect() };
const queues = new Map();
const workers = [];

function open(name, options, createClient) {
  return quiet(new Bull(name, { ...options, ...(prefix === undefined ? {} : { prefix }), createClient }));
}

function queue(name) {
  if (!queues.has(name)) {
    queues.set(name, open(name, {}, (type, options) => shared[type] ?? connect(options)));
  }
  return queues.get(name);
}

async function job(name, id) {
  const found = await queue(name).getJob(id);
  if (!found) throw new Error(`no job ${id} in ${name}`);
  return found;
}

serve({
  async add({ queue: name, name: kind, data, options }) {
    const added = await queue(name).add(kind, data, options);
    note('added', name, added.id);
    return String(added.id);
  },

  async fill({ queues: names, ...jobs }) {
    for (const name of names) await fill(queue(name), jobs);
  },

  // What BullMQ calls drain is empty here.
  queue: ({ queue: name, method, args }) => invoke(queue(name), method === 'drain' ? 'empty' : method, args),

  job: async ({ queue: name, job: id, method, args }) => invoke(await job(name, id), method, args),

  // limiter, and what Bull calls settings (lockDuration, stalledInterval …), beside the concurrency, as BullMQ has it.
  async work({ queue: name, options: { concurrency = 1, limiter, metrics, ...settings } }) {
    const worker = open(name, { limiter, metrics, settings }, (type, options) => connect(options));
    worker.process('*', concurrency, one => perform(name, one.id, one.data)).catch(() => {}); // ends with the worker
    await worker.isReady();
    return workers.push(worker) - 1;
  },

  // Bull's worker is a queue: to pause it alone is pause(true).
  worker: ({ worker, method, args }) =>
    invoke(workers[worker], method, ['pause', 'resume'].includes(method) ? [true] : args),

  async close() {
    await Promise.all(workers.map(one => one.close()));
    await Promise.all([...queues.values()].map(one => one.close()));
  },
});
