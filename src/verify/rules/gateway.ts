import { gatewayMembers } from '../dials/gateway-dials.js';
import type { Rule } from '../rule.js';
import { chainMessage, isToldElsewhere } from './chain-message.js';

/** @internal */
export const gateway: Rule = {
  name: 'gateway',
  summary: 'The member accepts the certificate that its own gRPC gateway presents.',
  levels: ['warning'],
  source: 'etcd embed/etcd.go, grpcGatewayDial; etcd-io/etcd#9785, #15755, #16590, #17969',
  *check(view) {
    for (const { label, client } of gatewayMembers(view)) {
      const { ownClientPair: pair, trust } = client;
      if (pair?.leaf === undefined || !client.needsCertificate) continue;
      if (trust === undefined) continue;
      const fault = view.chainFault(pair, trust, 'clientAuth');
      if (fault === undefined || isToldElsewhere(fault, trust, view)) continue;
      const { message, etcdSays = '' } = chainMessage(fault, pair, trust, 'clientAuth');
      yield {
        level: 'warning',
        member: label,
        path: pair.certificate.path,
        message: `The gRPC gateway connects to etcd with it as a client, and is refused: ${message}`,
        cure:
          fault.kind === 'usage'
            ? 'Issue it with serverAuth and clientAuth; or name another pair in client-cert-file and client-key-file (3.5 and later); or set enable-grpc-gateway to false.'
            : 'Add its authority to trusted-ca-file; or name another pair in client-cert-file and client-key-file (3.5 and later); or set enable-grpc-gateway to false.',
        etcdSays: `rejected connection on client endpoint: ${etcdSays}`,
      };
    }
  },
};
