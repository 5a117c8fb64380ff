// SPDX-License-Identifier: Apache-2.0
// How else the counts of BullMQ's queues are read: node counts.mjs LIBRARY PORT WAY QUEUE... Says that it is there, then
// reads all queues once for each line that comes in, and answers with how many milliseconds that took.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [folder, port, way, ...names] = process.argv.slice(2);
const library = createRequire(folder + '/');
const bullmq = library('bullmq');
const Redis = library('ioredis');
const connection = new Redis({ host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null }).setMaxListeners(0);
const queues = way === 'commands' ? [] : names.map(name => new bullmq.Queue(name, { connection }));
await Promise.all(queues.map(queue => queue.waitUntilReady()));

/** The numbers that getJobCounts() gives. */
async function commands() {
  for (const name of names) {
    const base = `bull:${name}:`;
    await connection.llen(base + 'wait');
    await connection.llen(base + 'active');
    await connection.llen(base + 'paused');
    await connection.zcard(base + 'delayed');
    await connection.zcard(base + 'prioritized');
    await connection.zcard(base + 'waiting-children');
    await connection.zcard(base + 'completed');
    await connection.zcard(base + 'failed');
  }
}

const ways = {
  commands,
  async counts() {
    for (const queue of queues) await queue.getJobCounts();
  },
  async metrics() {
    for (const queue of queues) await queue.exportPrometheusMetrics();
  },
  together: () => Promise.all(queues.map(queue => queue.exportPrometheusMetrics())),
};

console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  const begun = performance.now();
  await ways[way]();
  console.log(performance.now() - begun);
}
process.exit();
