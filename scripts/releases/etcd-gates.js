// @ts-check
import { FEATURE_GATES } from '../../dist/etcd/feature-gates.js';
import { isInSpan } from '../../dist/etcd/release-span.js';
import { ask, differences, filterByAsking } from './ask.js';

/**
 * The gates that the parser takes, with the stage that etcd gives them.
 *
 * @param {string} path
 * @param {import('../../dist/cluster-spec.js').EtcdVersion} version
 */
export async function gateDifferences(path, version) {
  const help = await ask(path, ['--help']);
  const printed = [...help.matchAll(/^ +(\w+)=true\|false \((ALPHA|BETA) - default=(\w+)\)/gm)];
  const names = [
    ...new Set([...FEATURE_GATES.map(({ name }) => name), ...printed.map(([, name = '']) => name)]),
  ];
  const known = await filterByAsking(names, async (name) => {
    const output = await ask(path, [`--feature-gates=${name}=true`, '--version']);
    return !/flag provided but not defined|unrecognized feature gate/.test(output);
  });
  const stage = (/** @type {string} */ name) =>
    printed.find(([, other]) => other === name)?.[2]?.toLowerCase() ?? 'of no stage';
  return differences(
    'gate',
    FEATURE_GATES.filter((gate) => isInSpan(version, gate)).map((gate) => `${gate.name} (${gate.stage})`),
    known.map((name) => `${name} (${stage(name)})`),
  );
}
