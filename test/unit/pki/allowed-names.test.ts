import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../src/document/parse.js';
import { planCertificates } from '../../../src/pki/plan.js';

const MEMBERS = [
  { name: 'm1', address: '10.77.0.1' },
  { name: 'm2', address: '10.77.0.2' },
];

/** Plans a cluster of two with these settings. */
function planned(settings: Record<string, string>, document: object = {}) {
  return () => planCertificates(parseClusterSpec({ members: MEMBERS, ...document, etcd: { settings } }));
}

describe('those that the settings shut out', () => {
  it.each([
    ['peer-cert-allowed-cn', 'etcd', 'its certificate has the common name "m1"'],
    ['peer-cert-allowed-cn', 'm1', 'its certificate has the common name "m2"'],
    ['peer-cert-allowed-hostname', 'etcd.local', 'its certificate does not have such a name'],
    ['peer-cert-allowed-hostname', '10.77.0.2', 'its certificate does not have such a name'],
  ])('are refused: %s %s', (name, value, message) => {
    expect(planned({ [name]: value })).toThrow(message);
  });

  it('may be named one by one', () => {
    expect(planned({ 'peer-cert-allowed-cn': 'm1,m2' })).not.toThrow();
  });

  it('are let in by a name that all of them have', () => {
    expect(planned({ 'peer-cert-allowed-cn': 'etcd' }, { preset: 'environment-file' })).not.toThrow();
    expect(planned({ 'peer-cert-allowed-hostname': 'localhost' })).not.toThrow();
    const members = MEMBERS.map((member) => ({ ...member, altNames: ['*.etcd.local'] }));
    expect(planned({ 'peer-cert-allowed-hostname': 'a.etcd.local' }, { members })).not.toThrow();
    expect(planned({ 'peer-cert-allowed-hostname': 'a.b.etcd.local' }, { members })).toThrow('such a name');
  });

  it('are clients too', () => {
    const settings = { 'client-cert-allowed-hostname': 'etcd.local', 'enable-grpc-gateway': 'false' };
    expect(planned(settings)).toThrow('healthcheck-client');
    expect(planned(settings, { preset: 'plain-http' })).not.toThrow();
  });

  it('do not exist in a cluster of one', () => {
    expect(planned({ 'peer-cert-allowed-cn': 'etcd' }, { members: MEMBERS.slice(0, 1) })).not.toThrow();
  });
});
