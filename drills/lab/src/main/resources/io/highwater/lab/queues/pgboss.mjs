// SPDX-License-Identifier: Apache-2.0
// pg-boss as a queue program: node pgboss.mjs FOLDER STORE, the library's folder and where the jobs are, as JSON.
import { createRequire } from 'node:module';
import { invoke, note, perform, serve } from './program.mjs';

const [folder, settings] = process.argv.slice(2);
const { postgres } = JSON.parse(settings);
const PgBoss = createRequire(folder + '/')('pg-boss');
const boss = new PgBoss(postgres);
boss.on('error', console.error);
await boss.start();
const workers = [];

async function add(queue, data, options) {
  await boss.createQueue(queue);
  const id = await boss.send(queue, data, options);
  note('added', queue, id);
  return id;
}

serve({
  add: ({ queue, data, options }) => add(queue, data, options),

  async fill({ queues, count, data, options }) {
    for (const queue of queues) {
      await boss.createQueue(queue);
      await boss.insert(Array.from({ length: count }, () => ({ name: queue, data, ...options })));
    }
  },

  queue: ({ queue, method, args }) => invoke({
    getJobCounts: async () => (await boss.countStates()).queues[queue] ?? {},
    ...Object.fromEntries(['getQueueSize', 'purgeQueue', 'deleteQueue'].map(of => [of, () => boss[of](queue)])),
  }, method, args),

  job: ({ queue, job, method, args }) => invoke({
    getState: async () => (await boss.getJobById(queue, job))?.state ?? 'unknown',
    retry: () => boss.retry(queue, job),
  }, method, args),

  async work({ queue, options }) {
    await boss.createQueue(queue);
    const doIt = jobs => Promise.all(jobs.map(one => perform(queue, one.id, one.data)));
    const id = await boss.work(queue, { pollingIntervalSeconds: 0.5, ...options }, doIt);
    return workers.push(id) - 1;
  },

  worker: ({ worker, method, args }) => invoke({ close: () => boss.offWork({ id: workers[worker] }) }, method, args),

  close: () => boss.stop({ graceful: true, wait: true }),
});
