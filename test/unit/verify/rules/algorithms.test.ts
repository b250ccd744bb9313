import { describeWithPrograms } from '../../../programs/describe.js';
import { makeAuthority } from '../../node/handshake/openssl.js';
import { describeRule } from './describe-rule.js';
import { PKI } from './hosts.js';

describeWithPrograms(['openssl'], 'certificates by OpenSSL', () => {
  describeRule('algorithms', [
    [
      'a key on P-224',
      'error',
      (hosts) => {
        const { certificate, key } = makeAuthority().issue({ altNames: 'IP:10.0.0.1', curve: 'secp224r1' });
        return hosts.put('e1', `${PKI}/server.crt`, certificate).put('e1', `${PKI}/server.key`, key);
      },
    ],
    [
      'a server certificate with SHA-1, and no client that is known',
      'error',
      (hosts) => {
        const { certificate, key } = makeAuthority().issue({ altNames: 'IP:10.0.0.1', digest: 'sha1' });
        return hosts
          .only('e1')
          .remove('e1', `${PKI}/healthcheck-client.crt`)
          .put('e1', `${PKI}/server.crt`, certificate)
          .put('e1', `${PKI}/server.key`, key)
          .unit('e1', (unit) => unit.replaceAll(/ --(?:client-cert-auth|trusted-ca-file)(?:=\S+)?/g, ''));
      },
    ],
  ]);
});
