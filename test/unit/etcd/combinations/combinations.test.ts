import { describe, expect, it } from 'vitest';
import { isEtcdBundleError } from '../../../../src/errors.js';
import { SETTING_RULES } from '../../../../src/etcd/combinations/combinations.js';
import { settingView } from '../../../../src/etcd/combinations/setting-rule.js';
import { parseClusterSpec } from '../../../../src/index.js';
import { settingRuleExamples } from '../../../support/setting-rule-examples.js';
import { verifyWords } from '../../../support/verify-words.js';
import { version } from '../fixture.js';

const TLS_FILES = ['cert-file', 'key-file', 'peer-cert-file', 'peer-key-file'];
const HTTPS = {
  'listen-client-urls': 'https://127.0.0.1:2379',
  'listen-peer-urls': 'https://127.0.0.1:2380',
};

const cases = settingRuleExamples.map(({ rule: id, settings, releases, tls, document }) => {
  const base: Readonly<Record<string, string>> = tls
    ? { ...HTTPS, ...Object.fromEntries(TLS_FILES.map((name) => [name, `/pki/${name}`])) }
    : {};
  const all = Object.entries({ ...base, ...settings }).map(([name, value]) => ({
    name,
    value: value.replaceAll('@CLIENT', '2379').replaceAll('@PEER', '2380').replaceAll('@OTHER', '2382'),
  }));
  return { id, all, release: releases[0] ?? '3.5.31', document };
});

describe('the rules', () => {
  it('have names of their own, and an example each', () => {
    const ids = SETTING_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !settingRuleExamples.some(({ rule }) => rule === id))).toEqual([]);
  });

  it.each(cases)('$id: $all', async ({ id, all, release, document }) => {
    const view = settingView(version(release), all, 'flags');
    const rule = SETTING_RULES.find((candidate) => candidate.id === id);
    const found = [...(rule?.check(view) ?? [])];
    expect(found).not.toEqual([]);
    const others = SETTING_RULES.filter((other) => other !== rule && [...other.check(view)].length > 0);
    expect(others.map((other) => other.id)).toEqual([]);

    const words = all.map(({ name, value }) => `--${name}=${value}`);
    const findings = await verifyWords(words, version(release));
    for (const { message, cure, says = '' } of found)
      expect(findings).toContainEqual(
        expect.objectContaining({ level: rule?.level, message, cure, etcdSays: says }),
      );

    if (document !== undefined) expect(issuesOf(document, release)).not.toEqual([]);
  });
});

function issuesOf(document: Readonly<Record<string, unknown>>, release: string): readonly string[] {
  const etcd = { version: release, ...(typeof document['etcd'] === 'object' ? document['etcd'] : {}) };
  try {
    parseClusterSpec({ ...document, etcd });
    return [];
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return error.issues.map(({ path, message }) => `${path}: ${message}`);
  }
}
