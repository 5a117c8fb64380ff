// SPDX-License-Identifier: Apache-2.0
// usage: node read-external-metric.mjs FOLDER_OF_THE_CLIENT KUBECONFIG
// Discovers the API and reads a metric with the Kubernetes client for JavaScript; prints what it got as JSON.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, kubeconfig] = process.argv.slice(2);
const client = createRequire(`${folder}/package.json`).resolve('@kubernetes/client-node');
const k8s = await import(pathToFileURL(client));

const config = new k8s.KubeConfig();
config.loadFromFile(kubeconfig);

const groups = await config.makeApiClient(k8s.ApisApi).getAPIVersions();
const objects = config.makeApiClient(k8s.CustomObjectsApi);
const resources = await objects.getAPIResources({ group: 'external.metrics.k8s.io', version: 'v1beta1' });
const external = metric =>
  objects.listNamespacedCustomObject({
    group: 'external.metrics.k8s.io',
    version: 'v1beta1',
    namespace: 'shop',
    plural: metric,
    labelSelector: 'queue in (plan, post)',
  });
const path = '/apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/services/web/depth';
const request = await config.applyToFetchOptions({ method: 'GET', headers: {} });
const { default: fetch } = await import(pathToFileURL(createRequire(`${folder}/package.json`).resolve('node-fetch')));
const custom = await (await fetch(config.getCurrentCluster().server + path, request)).json();

console.log(
  JSON.stringify({
    groups: groups.groups.map(group => group.name),
    resources: resources.resources.map(resource => resource.name),
    external: await external('depth'),
    custom,
    absent: await external('none').catch(e => e.code),
  }),
);
