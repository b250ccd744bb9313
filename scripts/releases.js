// @ts-check
// Asks every cached release of etcd and kubeadm what the tables say of it, and prints where they differ.
import process from 'node:process';
import { IGNORED_FLAGS, SETTINGS } from '../dist/etcd/setting/table.js';
import { etcdPatch, parseEtcdVersion } from '../dist/etcd/version.js';
import { ETCD_RELEASES } from '../dist/etcd-releases.js';
import { KUBERNETES_RELEASES } from '../dist/kubernetes/kubernetes-release.js';
import { defaultDifferences } from './releases/etcd-defaults.js';
import { gateDifferences } from './releases/etcd-gates.js';
import {
  fileDifferences,
  flagDifferences,
  printedFlags,
  variableDifferences,
} from './releases/etcd-settings.js';
import { kubeadmDifferences } from './releases/kubeadm.js';
import { cachedPrograms } from './releases/programs.js';

const etcds = cachedPrograms('etcd');
const kubeadms = cachedPrograms('kubeadm');
const names = [
  ...new Set([
    ...SETTINGS.map(({ name }) => name),
    ...IGNORED_FLAGS,
    ...(await Promise.all(etcds.found.map(({ path }) => printedFlags(path)))).flat(),
  ]),
];

for (const { name, version: text, path } of etcds.found) {
  const version = parseEtcdVersion(text);
  if (version === undefined) {
    report(`${name} ${text}`, ['release: not in the table']);
    continue;
  }
  const newest = etcdPatch({ release: version.release });
  report(`${name} ${text}`, [
    ...(newest < etcdPatch(version) ? [`newest patch: ${newest} in the table`] : []),
    ...(await flagDifferences(path, version, names)),
    ...(await variableDifferences(path, version, names)),
    ...(await fileDifferences(path, version, names)),
    ...(await gateDifferences(path, version)),
    ...(await defaultDifferences(path, version)),
  ]);
}
for (const { name, version, path } of kubeadms.found)
  report(`${name} ${version}`, await kubeadmDifferences(path, version));

const asked = [...etcds.found, ...kubeadms.found].map(({ name }) => name);
const wanted = [
  ...ETCD_RELEASES.map((release) => `etcd-${release}`),
  ...KUBERNETES_RELEASES.map(({ minor }) => `kubeadm-1.${minor}`),
];
console.log(`not asked: ${wanted.filter((name) => !asked.includes(name)).join(', ') || 'none'}`);

/**
 * @param {string} program
 * @param {readonly string[]} found
 */
function report(program, found) {
  console.log(found.length === 0 ? `${program}: no difference` : [`${program}:`, ...found].join('\n  '));
  if (found.length > 0) process.exitCode = 1;
}
