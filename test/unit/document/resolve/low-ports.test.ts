import { describe, expect, it } from 'vitest';
import { refusedAt } from './document.js';

describe('a port below 1024', () => {
  it.each([
    ['AmbientCapabilities', 'CAP_IPC_LOCK', true],
    ['AmbientCapabilities', '', true],
    ['AmbientCapabilities', 'CAP_IPC_LOCK CAP_NET_BIND_SERVICE', false],
    ['CapabilityBoundingSet', 'CAP_IPC_LOCK', true],
    ['CapabilityBoundingSet', '~CAP_NET_BIND_SERVICE', true],
    ['CapabilityBoundingSet', '~CAP_SYS_ADMIN', false],
  ])('with %s=%s: refused %s', (name, value, isRefused) => {
    const systemd = { directives: { Service: { [name]: value } } };
    const path = `systemd.directives.Service.${name}`;
    const expected = isRefused ? [`${path} port-without-capability`] : [];
    expect(refusedAt({ etcd: { clientPort: 379 }, systemd })).toEqual(expected);
    expect(refusedAt({ etcd: { clientPort: 379 }, systemd: { ...systemd, user: 'root' } })).toEqual(
      name === 'CapabilityBoundingSet' ? expected : [],
    );
    expect(refusedAt({ systemd })).toEqual([]);
  });
});
