import { describe, expect, it } from 'vitest';
import { DIRECTIVES } from '../../../../src/systemd/directives/directive-table.js';
import { describeDropped, readValue, VALUE_KINDS } from '../../../../src/systemd/values/value-table.js';

// test/conformance/systemd/values.test.ts holds all of them against systemd.
describe('values of directives', () => {
  it.each([
    ['CPUQuota', '50', 'Write 50%.'],
    ['CPUQuota', '0%', 'Write a percentage such as 150%.'],
    ['MemoryMax', '2GB', 'Write 2G.'],
    ['MemoryMax', '0', 'Write a size such as 512M or 2G, a percentage or infinity.'],
    ['Nice', '-30', 'Write a whole number from -20 to 19.'],
    ['PrivateTmp', 'treu', 'Write yes, no or disconnected.'],
    ['PrivateTmp', 'jawohl', 'Write yes, no or disconnected.'],
    ['NoNewPrivileges', '', 'Leave it out, or write yes or no.'],
    ['LimitNOFILE', '65536k', 'Write a whole number or infinity.'],
    ['LimitAS', '4gb', 'Write 4G.'],
    ['LimitNOFILE', '2048:1024', 'Write a whole number or infinity.'],
    [
      'Restart',
      'sometimes',
      'Write no, on-success, on-failure, on-abnormal, on-watchdog, on-abort or always.',
    ],
    ['Restart', 'on-fialure', 'Write on-failure.'],
    ['TimeoutStopSec', '5 Minutes', 'Write 5 minutes.'],
    ['TimeoutStopSec', 'soon', 'Write a time such as 90, 500ms or 1min 30s.'],
    ['OOMScoreAdjust', '-2000', 'Write a whole number from -1000 to 1000.'],
    ['ProtectSystem', 'strikt', 'Write strict.'],
    ['UMask', '0999', 'Write an octal mode such as 0750.'],
    ['KillSignal', 'SIGTERMM', 'Write SIGTERM.'],
    ['StateDirectory', '/var/lib/etcd', 'Write etcd.'],
    ['ReadWritePaths', 'srv', 'Write an absolute path.'],
    ['CapabilityBoundingSet', 'CAP_NET_BIND_SERVCE', 'Write CAP_NET_BIND_SERVICE.'],
    ['Slice', 'etcd', 'Write etcd.slice.'],
    ['StandardOutput', 'file:etcd.log', expect.stringContaining('append:')],
  ])('%s=%s', (directive, value, cure) => {
    const { dropped } = readValue('Service', directive, value);
    expect(dropped.map((one) => describeDropped(one).cure)).toEqual([cure]);
  });

  it.each([
    ['Unit', 'After', 'network local-fs.target', 'local-fs.target'],
    ['Unit', 'Wants', 'network', undefined],
    ['Service', 'ReadWritePaths', '-/srv data "/a b"', '-/srv "/a b"'],
    ['Service', 'ReadWritePaths', '/srv "/a', undefined],
    ['Service', 'RestrictAddressFamilies', 'AF_INET AF_INTE6', 'AF_INET'],
    ['Service', 'RestrictAddressFamilies', 'AF_INTE', 'none'],
    ['Service', 'RestrictAddressFamilies', '~AF_INTE', undefined],
    ['Service', 'RestrictAddressFamilies', '~AF_INTE AF_INET', '~AF_INET'],
    ['Service', 'CapabilityBoundingSet', 'CAP_CHWON', ''],
    ['Service', 'CapabilityBoundingSet', '~CAP_CHWON', '~'],
    ['Service', 'Type', '', undefined],
    ['Service', 'MemoryMax', '', ''],
    ['Service', 'SyslogIdentifier', 'anything', 'anything'],
  ])('of [%s] %s=%s systemd keeps %s', (section, directive, value, kept) => {
    expect(readValue(section, directive, value).kept).toBe(kept);
  });

  it.each([
    ['User', 'a/b', true],
    ['WorkingDirectory', 'data', true],
    ['WorkingDirectory', '-data', false],
    ['DynamicUser', 'maybe', true],
    ['PrivateTmp', 'maybe', false],
  ])('%s=%s keeps a unit from being loaded: %s', (directive, value, isFatal) => {
    expect(readValue('Service', directive, value).dropped).toMatchObject([{ isFatal }]);
  });

  it('are of directives that there are', () => {
    for (const [section, kinds] of VALUE_KINDS)
      expect([...kinds.keys()].filter((name) => DIRECTIVES.get(section)?.has(name) !== true)).toEqual([]);
  });
});
