// SPDX-License-Identifier: Apache-2.0
// Calls an external scaler as KEDA's operator does. Takes requests and gives answers as lines of JSON; what comes over a
// stream is news.
// usage: node keda.mjs FOLDER-OF-GRPC
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(`${process.argv[2]}/`);
const grpc = require('@grpc/grpc-js');
const proto = require('@grpc/proto-loader').loadSync(new URL('externalscaler.proto', import.meta.url).pathname, {
  keepCase: true,
  longs: Number,
  defaults: true,
});
const { ExternalScaler } = grpc.loadPackageDefinition(proto).externalscaler;
const streams = new Map();
let client;

function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

function status({ code, details }) {
  return `${grpc.status[code]} ${details}`.trim();
}

function call(method, request) {
  return new Promise((resolve, reject) =>
    client[method](request, (error, answer) => (error ? reject(new Error(status(error))) : resolve(answer))));
}

const operations = {
  /** One connection for all ScaledObjects; plaintext without a CA. */
  connect({ address, ca, cert, key }) {
    client?.close();
    const pem = file => file && readFileSync(file);
    const credentials = ca ? grpc.credentials.createSsl(pem(ca), pem(key), pem(cert)) : grpc.credentials.createInsecure();
    client = new ExternalScaler(address, credentials, {
      'grpc.service_config': '{"loadBalancingConfig": [{"round_robin":{}}]}',
      'grpc.use_local_subchannel_pool': 1, // or a new client would take the connection of the one before
    });
  },

  /** As every polling interval, and as every read of the HPA: the specs, each one's value, and whether there is work. */
  async poll({ object }) {
    const { metricSpecs } = await call('GetMetricSpec', object);
    const values = [];
    for (const { metricName } of metricSpecs) {
      const { metricValues } = await call('GetMetrics', { scaledObjectRef: object, metricName });
      // Its float is used only when it is above 0.
      values.push(...metricValues.map(value => (value.metricValueFloat > 0 ? value.metricValueFloat : value.metricValue)));
    }
    const { result } = await call('IsActive', object);
    return { specs: metricSpecs, values, active: result };
  },

  async specs({ object }) {
    return (await call('GetMetricSpec', object)).metricSpecs;
  },

  open({ stream, method, object }) {
    const opened = client[method](object);
    streams.set(stream, opened);
    opened.on('data', message => say({ stream, message, at: Date.now() }));
    opened.on('error', () => {}); // its status follows
    opened.on('status', ended => say({ stream, ended: status(ended), at: Date.now() }));
  },

  cancel({ stream }) {
    streams.get(stream).cancel();
  },
};

createInterface({ input: process.stdin })
  .on('line', async line => {
    const { id, do: operation, ...request } = JSON.parse(line);
    try {
      say({ id, value: (await operations[operation](request)) ?? null });
    } catch (error) {
      say({ id, error: String(error?.message || error) });
    }
  })
  .on('close', () => process.exit());
