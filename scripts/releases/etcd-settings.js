// @ts-check

import { isInSpan } from '../../dist/etcd/release-span.js';
import { FLAGLESS_KEYS } from '../../dist/etcd/setting/flagless-keys.js';
import { environmentName } from '../../dist/etcd/setting/render/environment.js';
import { IGNORED_FLAGS, SETTINGS, yamlPlace } from '../../dist/etcd/setting/table.js';
import { ask, differences, filterByAsking } from './ask.js';
import { taggedKeys } from './tagged-keys.js';

/** @typedef {import('../../dist/cluster-spec.js').EtcdVersion} EtcdVersion */

/** An address that etcd refuses once it has read everything. */
const REFUSED = 'http://etcd.example.org:1';
const SECTIONS = ['', 'client-transport-security', 'peer-transport-security', 'socket-options'];
/** Prefixes that a flag's name has and its key in a section has not. */
const PREFIX = /^(?:peer-cert-|client-cert-|peer-|client-|socket-)/;
/** What a variable of these would do is done before the others are read. */
const BEFORE_VARIABLES = ['config-file', 'version', 'listen-peer-urls'];
/** Read from the file a second time, after everything else was found sound (etcd `etcdmain/config.go`, configProxy). */
const READ_LATER = /^(?:proxy|discovery-fallback)/;

/**
 * The flags that a help text names. It is no more than a list of what to ask the parser for: 3.7 prints two that it refuses.
 *
 * @param {string} path
 * @returns {Promise<readonly string[]>}
 */
export async function printedFlags(path) {
  const help = await ask(path, ['--help']);
  return [...help.matchAll(/^ +--([a-z0-9-]+)/gm)].map(([, name = '']) => name);
}

/**
 * @param {string} path
 * @param {EtcdVersion} version
 * @param {readonly string[]} names every name that any release has
 */
export async function flagDifferences(path, version, names) {
  const known = await filterByAsking(
    names,
    async (name) =>
      !(await ask(path, [`--${name}=1`, '--version'])).startsWith('flag provided but not defined'),
  );
  return differences('flag', [...inTable(version), ...IGNORED_FLAGS], known);
}

/**
 * @param {string} path
 * @param {EtcdVersion} version
 * @param {readonly string[]} names
 */
export async function variableDifferences(path, version, names) {
  const asked = names.filter((name) => !BEFORE_VARIABLES.includes(name) && !IGNORED_FLAGS.includes(name));
  const known = await filterByAsking(asked, async (name) => {
    const variable = environmentName(name);
    const output = await ask(path, [`--listen-peer-urls=${REFUSED}`, '--logger=zap'], {
      environment: { [variable]: '1' },
    });
    return !new RegExp(`unrecognized environment variable.*${variable}`).test(output);
  });
  return differences(
    'variable of',
    inTable(version).filter((name) => asked.includes(name)),
    known,
  );
}

/**
 * @param {string} path
 * @param {EtcdVersion} version
 * @param {readonly string[]} names
 */
export async function fileDifferences(path, version, names) {
  const placed = SETTINGS.filter((row) => !READ_LATER.test(row.name)).flatMap((row) => {
    const place = yamlPlace(row, version);
    return place === undefined ? [] : [`${place.section ?? ''}/${place.key}`];
  });
  const flagless = FLAGLESS_KEYS.filter((place) => isInSpan(version, place));
  const table = [...placed, ...flagless.map(({ section = '', key }) => `${section}/${key}`)];
  const keys = names
    .filter((name) => !READ_LATER.test(name))
    .flatMap((name) =>
      SECTIONS.map((section) => `${section}/${section === '' ? name : name.replace(PREFIX, '')}`),
    );
  const known = await filterByAsking([...new Set([...table, ...keys])], (place) => isRead(path, [place]));
  const others = taggedKeys(path)
    .filter((key) => !READ_LATER.test(key))
    .flatMap((key) => SECTIONS.map((section) => `${section}/${key}`))
    .filter((place) => !table.includes(place) && !keys.includes(place));
  return differences('key', table, [...known, ...(await readPlaces(path, others))]);
}

/**
 * Those of many places that are read; hardly any is, and a file that has them all is asked for first.
 *
 * @param {string} path
 * @param {readonly string[]} places
 * @returns {Promise<readonly string[]>}
 */
async function readPlaces(path, places) {
  if (places.length === 0 || !(await isRead(path, places))) return [];
  if (places.length === 1) return places;
  const middle = Math.ceil(places.length / 2);
  return [
    ...(await readPlaces(path, places.slice(0, middle))),
    ...(await readPlaces(path, places.slice(middle))),
  ];
}

/**
 * Values of a type that no key has, in a file that is refused for something else where none of the keys is read.
 *
 * @param {string} path
 * @param {readonly string[]} places
 */
async function isRead(path, places) {
  const lines = SECTIONS.flatMap((section) => {
    const keys = places
      .filter((place) => place.startsWith(`${section}/`))
      .map((place) => place.split('/')[1]);
    const values = keys.map((key) => `${section === '' ? '' : '  '}${key}: [[[not, of, this, type]]]`);
    return section === '' || keys.length === 0 ? values : [`${section}:`, ...values];
  });
  const rest = places.includes('/listen-peer-urls') ? [] : [`listen-peer-urls: ${REFUSED}`];
  const file = [...rest, ...lines, ''].join('\n');
  return /cannot unmarshal|cannot parse/.test(await ask(path, ['--config-file=@DIR/etcd.yaml'], { file }));
}

/** @param {EtcdVersion} version */
function inTable(version) {
  return SETTINGS.filter((row) => isInSpan(version, row)).map(({ name }) => name);
}
