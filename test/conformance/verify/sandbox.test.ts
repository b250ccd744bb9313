import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sandboxOf } from '../../../src/systemd/sandbox/sandbox.js';
import { parseUnit } from '../../../src/systemd/unit-reader.js';
import type { Host } from '../../hosts/host.js';
import { createHosts, type Hosts } from '../../hosts/hosts.js';
import { describeWithHosts } from '../../programs/describe.js';

const FOLDERS = [
  '/var/lib/etcd',
  '/var/lib/etcd/wal',
  '/var/lib/other',
  '/srv/etcd',
  '/etc/etcd/pki',
  '/home/etcd/pki',
  '/root/pki',
  '/usr/local/etcd',
  '/opt/etcd',
  '/tmp/etcd',
  '/var/tmp/etcd',
  '/run/etcd',
] as const;
const DIRECTIVES: readonly (readonly string[])[] = [
  [
    '',
    'ProtectSystem=yes',
    'ProtectSystem=full',
    'ProtectSystem=strict',
    'ProtectSystem=strict\nProtectSystem=no',
  ],
  ['', 'ProtectHome=yes', 'ProtectHome=read-only', 'ProtectHome=tmpfs'],
  ['', 'PrivateTmp=yes', 'PrivateTmp=disconnected\nPrivateTmp=no'],
  [
    '',
    'StateDirectory=etcd',
    'StateDirectory=etcd/wal',
    'LogsDirectory=etcd',
    'ConfigurationDirectory=etcd',
    'RuntimeDirectory=etcd\nRuntimeDirectoryPreserve=yes',
  ],
  [
    '',
    'ReadWritePaths=/var/lib/etcd',
    'ReadWritePaths=-/srv/etcd "/usr/local/etcd"',
    'ReadWritePaths=/opt\nReadWritePaths=',
    'ReadWritePaths=/tmp/etcd',
    'ReadWritePaths=/tmp -/home/etcd',
    'ReadWritePaths=/root/pki',
    'ReadWritePaths=/root',
    'ReadWritePaths=/',
  ],
  [
    '',
    'ReadOnlyPaths=/var',
    'ReadOnlyPaths=/srv /var/lib/etcd/wal',
    'ReadOnlyPaths=/tmp',
    'ReadOnlyPaths=/etc/etcd',
  ],
  ['', 'InaccessiblePaths=/opt/etcd', 'InaccessiblePaths=-/etc/etcd -/nowhere', 'InaccessiblePaths=/var'],
  ['', 'TemporaryFileSystem=/var/lib', 'TemporaryFileSystem=/opt:ro /run', 'TemporaryFileSystem=/srv/etcd'],
  ['', 'BindPaths=/srv/etcd:/var/lib/other', 'BindReadOnlyPaths=/opt/etcd:/root/pki'],
];
const SAMPLES = 120;

describeWithHosts([], 'the sandbox of a unit', () => {
  let hosts: Hosts;
  let host: Host;

  beforeAll(async () => {
    hosts = await createHosts({ cluster: 'sandbox', hosts: [{ name: 'e1', addresses: ['10.1.1.91/24'] }] });
    host = hosts.host('e1');
    await hosts.boot();
    for (const folder of FOLDERS) await host.put(Buffer.from('x'), `${folder}/file`);
  });
  afterAll(async () => {
    await hosts?.down();
  });

  it('lets a service write, read and see what we say', async () => {
    const script = `for folder in ${FOLDERS.join(' ')}; do if mkdir -p "$folder" 2>/dev/null && touch "$folder/probe" 2>/dev/null; then if [ -e "$folder/file" ]; then echo write; else echo empty; fi; elif [ -e "$folder/file" ]; then echo read; else echo none; fi; done`;
    const combinations = fc.sample(fc.tuple(...DIRECTIVES.map((lines) => fc.constantFrom(...lines))), {
      numRuns: SAMPLES,
    });
    const units = combinations.map((lines, index) => ({
      name: `probe-${index}`,
      text: [
        '[Service]',
        'Type=oneshot',
        `StandardOutput=append:/probe-${index}.out`,
        ...lines,
        `ExecStart=/bin/sh -c '${script.replaceAll('$', '$$$$')}'`,
        '',
      ].join('\n'),
    }));
    for (const { name, text } of units)
      await host.put(Buffer.from(text), `/etc/systemd/system/${name}.service`);
    await host.must('systemctl daemon-reload');
    await host.run(`systemctl start ${units.map(({ name }) => name).join(' ')}`);
    const seen = new Set<string>();
    for (const { name, text } of units) {
      const { accessTo, lostSources } = sandboxOf(parseUnit(text));
      const isLost = lostSources.length > 0;
      const ours = isLost ? [''] : FOLDERS.map(accessTo);
      const said = readFileSync(join(host.root, `${name}.out`), 'utf8')
        .trimEnd()
        .split('\n');
      expect(said, text).toEqual(ours);
      for (const access of ours) seen.add(access);
    }
    expect([...seen].sort()).toEqual(['', 'empty', 'none', 'read', 'write']);
  });
});
