import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { renderExternalEtcd } from '../../../src/kubernetes/external-etcd.js';
import { renderKubeadmConfig } from '../../../src/kubernetes/kubeadm-config.js';
import { renderStaticPod } from '../../../src/kubernetes/static-pod.js';
import { renderGoYaml } from '../../../src/text/go-yaml.js';
import { runs } from '../../support/long-tests.js';
import { kubernetesOf, memberOf, specOf } from '../../unit/kubernetes/cluster.js';
import { hostileNames, hostileTexts, numberLike } from './hostile.js';

const text = fc.oneof(
  fc.constantFrom(...hostileTexts),
  numberLike,
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary-ascii', maxLength: 20 }),
);

/** gopkg.in/yaml.v2 `resolve.go`: what an unquoted scalar is to the reader of kubeadm. */
const goNumber = /^[-+]?(?:0b[01]+|0x[\da-f]+|0o[0-7]+|\d+|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?)$/i;

describe('Kubernetes YAML', () => {
  it('gives every text back to a reader of YAML 1.1 and to one of 1.2', () => {
    fc.assert(
      fc.property(fc.array(text), fc.dictionary(text, text), (list, map) => {
        const written = renderGoYaml({ list, map });
        for (const version of ['1.1', '1.2'] as const)
          expect(parse(written, { version })).toEqual({ list, map });
      }),
    );
  });

  it("leaves nothing unquoted that Go's reader takes for a number", () => {
    fc.assert(
      fc.property(numberLike, (value) => {
        const [, scalar = ''] = renderGoYaml({ value }).match(/^value: (.*)\n$/) ?? [];
        expect(goNumber.test(scalar.replaceAll('_', ''))).toBe(false);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('writes one line for each text, and nothing that is not printable', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (list) => {
        const lines = renderGoYaml({ list }).split('\n');
        expect(lines).toHaveLength(list.length + 2);
        expect(lines.filter((line) => /[\p{Cc}\u2028\u2029]/u.test(line))).toEqual([]);
      }),
    );
  });
});

describe('every document', () => {
  const names = fc.uniqueArray(
    fc.oneof(
      fc.constantFrom(...hostileNames),
      fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?\.[a-z]{1,4}$/),
    ),
    { minLength: 1, maxLength: 5 },
  );
  const apis = fc.constantFrom(
    ['1.26', 'v1beta2'],
    ['1.26', 'v1beta3'],
    ['1.36', 'v1beta3'],
    ['1.36', 'v1beta4'],
    ['1.37', 'v1beta4'],
  );

  it('says of each member its name and its values, and reads the same in YAML 1.1', () => {
    fc.assert(
      fc.property(names, apis, fc.array(text, { maxLength: 5 }), (hosts, [version, kubeadmApi], values) => {
        const spec = specOf({
          members: hosts.map((name, index) => ({ name, address: `10.0.0.${index + 1}` })),
          kubernetes: { version, kubeadmApi, staticPod: true },
          etcd: { version: version === '1.26' ? '3.5' : '3.6' },
        });
        for (const { name } of spec.members) {
          const input = memberOf(spec, name);
          const extra = values.map((value, index) => ({ name: `x-${index}`, value }));
          const member = { ...input, settings: [...input.settings, ...extra] };
          const [init, cluster] = parseAllDocuments(renderKubeadmConfig(member), { version: '1.1' }).map(
            (document) => document.toJS(),
          );
          expect(init.nodeRegistration).toEqual({ name });
          const { extraArgs } = cluster.etcd.local;
          const args = Array.isArray(extraArgs)
            ? extraArgs.map((arg) => [arg.name, arg.value])
            : Object.entries(extraArgs);
          expect(args).toEqual(
            expect.arrayContaining([
              ['name', name],
              ...extra.map((setting) => [setting.name, setting.value]),
            ]),
          );
          const { command } = parse(renderStaticPod(member), { version: '1.1' }).spec.containers[0];
          expect(command).toEqual(
            expect.arrayContaining([
              `--name=${name}`,
              ...extra.map((setting) => `--${setting.name}=${setting.value}`),
            ]),
          );
        }
        const external = parse(renderExternalEtcd(spec, kubernetesOf(spec)), { version: '1.1' });
        expect(external.etcd.external.endpoints).toHaveLength(hosts.length);
      }),
      { numRuns: runs(60, 12) },
    );
  });
});
