// SPDX-License-Identifier: Apache-2.0
// Connections to Redis alone, through Sentinels, or as a Redis Cluster, with the client that the library brings.

/** A function that makes a new connection; options are ioredis' own, but not where to. */
export function connector(Redis, store) {
  return options => {
    const all = { ...options, maxRetriesPerRequest: null, enableReadyCheck: false };
    const connection = 'nodes' in store
      ? new Redis.Cluster(store.nodes, { redisOptions: all, enableReadyCheck: false })
      : new Redis({ ...all, ...store });
    return quiet(connection.setMaxListeners(0)); // a hundred queues may listen to one
  };
}

/** Failures of the server are what a lab is for: its clients say so and go on. */
export function quiet(emitter) {
  return emitter.on('error', error => console.error(String(error?.message || error)));
}
