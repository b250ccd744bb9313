import type { Rule } from '../rule.js';

/** @internal */
export const kubernetes: Rule = {
  name: 'kubernetes',
  summary: 'kubeadm accepts `etcd.external`.',
  levels: ['error'],
  source: 'kubeadm validation.go, ValidateEtcd; certificates, VerifyCertChain; kubernetes/kubeadm#2360',
  *check({ clients }) {
    for (const { kind, root, path, endpoints, pair, trust } of clients) {
      if (kind !== 'kubeadm') continue;
      const place = { level: 'error', member: root.name, path } as const;
      const plain = endpoints.find(({ scheme }) => scheme !== 'https');
      if (plain !== undefined && (pair !== undefined || trust !== undefined)) {
        yield {
          ...place,
          message: `The endpoint ${plain.text} is http, but certificate files are named with it.`,
          cure: 'Write https endpoints, or leave caFile, certFile and keyFile out.',
          etcdSays: 'etcd endpoints must be https when using TLS files',
        };
      }
      if (pair !== undefined && trust === undefined)
        yield {
          ...place,
          message: 'certFile and keyFile are named without caFile.',
          cure: 'Name the CA of the etcd servers in caFile.',
          etcdSays:
            'setting .Etcd.External.CertFile and .Etcd.External.KeyFile requires .Etcd.External.CAFile',
        };
      if (endpoints.length === 0)
        yield { ...place, message: 'There are no endpoints.', cure: 'Write the client URLs of all members.' };
    }
  },
};
