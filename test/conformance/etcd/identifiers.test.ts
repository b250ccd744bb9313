import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { clusterId, memberId } from '../../../src/etcd/identifiers.js';
import { ETCD_RELEASES } from '../../../src/etcd/version.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { aloneWith, runEtcd } from './etcd-process.js';

const digest = async (hash: 'SHA-1' | 'SHA-256', data: Uint8Array): Promise<Uint8Array> =>
  createHash(hash.replace('-', '')).update(data).digest();

const MEMBERS = [
  ['http://127.0.0.1:2', 'http://127.0.0.1:1'],
  ['http://10.0.0.2:2380'],
  ['http://etcd.example.org:2380'],
] as const;
const INITIAL_CLUSTER = MEMBERS.flatMap((urls, index) => urls.map((url) => `n${index}=${url}`)).join(',');

for (const release of ETCD_RELEASES) {
  describeWithPrograms([`etcd-${release}`], `etcd ${release}`, (program) => {
    it.each(['etcd-cluster-0', 'ein Tökén'])(
      'gives the members of %s the IDs that are computed',
      async (token) => {
        const words = aloneWith({
          name: 'n0',
          'initial-advertise-peer-urls': MEMBERS[0].join(','),
          'initial-cluster': INITIAL_CLUSTER,
          'initial-cluster-token': token,
          logger: 'zap',
        });
        const { output } = await runEtcd(
          program(`etcd-${release}`).path,
          { words },
          /"starting local member".*\n/,
        );
        const line = output.split('\n').find((candidate) => candidate.includes('"starting local member"'));
        const ids = await Promise.all(MEMBERS.map((urls) => memberId(urls, token, digest)));
        expect(JSON.parse(line ?? JSON.stringify(output))).toMatchObject({
          'local-member-id': ids[0],
          'cluster-id': await clusterId(ids, digest),
        });
      },
    );
  });
}
