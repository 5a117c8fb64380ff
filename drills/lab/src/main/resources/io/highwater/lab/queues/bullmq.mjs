// SPDX-License-Identifier: Apache-2.0
// BullMQ 3 to 6 as a queue program: node bullmq.mjs FOLDER STORE, the library's folder and where the jobs are, as JSON.
import { createRequire } from 'node:module';
import { fill, invoke, note, perform, serve } from './program.mjs';
import { connector, quiet } from './redis.mjs';

const [folder, settings] = process.argv.slice(2);
const { prefix, ...store } = JSON.parse(settings);
const library = createRequire(folder + '/');
const bullmq = library('bullmq');
const base = prefix === undefined ? {} : { prefix };
const backend = 'postgres' in store ? [bullmq.createPostgresBackend] : [];
const connect = 'postgres' in store ? () => store.postgres : connector(library('ioredis'), store);
const shared = 'postgres' in store ? await postgresPool() : connect(); // by all queues of this client, however many
const queues = new Map();
const workers = [];

/** With BullMQ's tables, which it looks for through the pool's search path. */
async function postgresPool() {
  const pool = new (library('pg').Pool)({ ...store.postgres, options: '-c search_path=bullmq' });
  pool.setMaxListeners(0);
  const connection = await pool.connect();
  await bullmq.runMigrations(connection);
  connection.release();
  return pool;
}

function queue(name) {
  if (!queues.has(name)) {
    queues.set(name, quiet(new bullmq.Queue(name, { ...base, connection: shared }, ...backend)));
  }
  return queues.get(name);
}

async function job(name, id) {
  const found = await bullmq.Job.fromId(queue(name), id);
  if (!found) throw new Error(`no job ${id} in ${name}`);
  return found;
}

function noteTree({ job, children }) {
  note('added', job.queueName, job.id);
  (children ?? []).forEach(noteTree);
}

serve({
  async add({ queue: name, name: kind, data, options }) {
    const added = await queue(name).add(kind, data, options);
    note('added', name, added.id);
    return added.id;
  },

  async fill({ queues: names, ...jobs }) {
    for (const name of names) await fill(queue(name), jobs);
  },

  async flow({ tree }) {
    const flows = quiet(new bullmq.FlowProducer({ ...base, connection: shared }, ...backend));
    const added = await flows.add(tree);
    noteTree(added);
    return added.job.id;
  },

  queue: ({ queue: name, method, args }) => invoke(queue(name), method, args),

  job: async ({ queue: name, job: id, method, args }) => invoke(await job(name, id), method, args),

  async work({ queue: name, options }) {
    const doIt = one => perform(name, one.id, one.data);
    const worker = quiet(new bullmq.Worker(name, doIt, { ...base, ...options, connection: connect() }, ...backend));
    await worker.waitUntilReady();
    return workers.push(worker) - 1;
  },

  worker: ({ worker, method, args }) => invoke(workers[worker], method, args),

  async close() {
    await Promise.all(workers.map(one => one.close()));
    await Promise.all([...queues.values()].map(one => one.close()));
  },
});
