import { beforeAll, describe, expect, it } from 'vitest';
import { inspectManifest } from '../../../../src/bundle/manifest/inspect.js';
import { generateBundle, parseClusterDocument } from '../../../../src/index.js';
import { nodeCryptoProvider } from '../../../../src/node/index.js';
import { WRITTEN_AT } from '../../../support/written-bundle.js';

const DOCUMENT = 'members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]\n';

let written = '';

beforeAll(async () => {
  const files = generateBundle(parseClusterDocument(DOCUMENT), {
    crypto: nodeCryptoProvider(),
    now: WRITTEN_AT,
    document: DOCUMENT,
    generator: 'test',
    archive: async () => new Uint8Array(),
  });
  for await (const { path, bytes } of files)
    if (path === 'bundle.json') written = Buffer.from(bytes).toString();
});

/** Sets what is at a path, such as `hosts.0.files.3.mode`; undefined removes it. */
function changed(...changes: readonly (readonly [path: string, value: unknown])[]): unknown {
  const manifest: unknown = JSON.parse(written);
  for (const [path, value] of changes) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const at: object = keys.reduce((inner: object, key) => Object(Reflect.get(inner, key)), Object(manifest));
    if (value === undefined) Reflect.deleteProperty(at, last);
    else Reflect.set(at, last, value);
  }
  return manifest;
}

function faultsOf(value: unknown): readonly string[] {
  const found = inspectManifest(JSON.stringify(value));
  return found.type === 'faulty'
    ? found.faults.map(({ path, message }) => `${path}: ${message}`)
    : [found.type];
}

/** Where a host's first key stands in the list of its files. */
function keyIndex(): number {
  const { hosts } = JSON.parse(written);
  return hosts[0].files.findIndex(({ kind }: { readonly kind: string }) => kind === 'private-key');
}

describe('a manifest', () => {
  it('as it was written has no fault', () => {
    expect(faultsOf(changed())).toEqual(['manifest']);
  });

  it.each([1e308, Number.MAX_SAFE_INTEGER, 2 ** 60, 0, -1, 1.5, '1', null])(
    'has no generation %s',
    (generation) => {
      expect(faultsOf(changed(['generation', generation]))).toEqual([
        expect.stringMatching(/^generation: It is .*, and not a whole number (from 1 on|up to \d+)\.$/),
      ]);
    },
  );

  it.each([
    '/../../etc/passwd',
    '/etc/../../root',
    '/etc//x',
    '/etc/x/',
    '/etc/./x',
    'etc/x',
    '/',
    '',
    '/etc/x\0y',
    '/etc/x\ny',
    '/etc/\u001b[2Jx',
    `/${'x'.repeat(256)}`,
    '/x'.repeat(2100),
  ])('has no file %j', (path) => {
    expect(faultsOf(changed(['hosts.0.files.0.path', path]))).toEqual([
      expect.stringMatching(/^hosts\[0\]\.files\[0\]\.path: It is /),
    ]);
  });

  it.each(['2026-02-30T00:00:00Z', '2026-01-01', '2026-01-01T00:00:00+01:00', 'yesterday', '', 1])(
    'was not made at %j, and no certificate begins then',
    (time) => {
      expect(faultsOf(changed(['change.at', time], ['certificates.0.notBefore', time]))).toEqual([
        expect.stringMatching(/^change\.at: It is .*, and not (a time such as .*|string)\.$/),
        expect.stringMatching(/^certificates\[0\]\.notBefore: It is /),
      ]);
    },
  );

  it.each([
    ['hosts.0.name', '../e1'],
    ['hosts.0.name', 'e1\u001b[31m'],
    ['hosts.0.tarball.path', '../e1.tar.gz'],
    ['hosts.0.tarball.path', '$(reboot).tar.gz'],
    ['hosts.0.files.0.owner', 'root:root; reboot'],
    ['hosts.0.files.0.owner', 'root'],
    ['authorities.0.id', '../../root/.ssh/id'],
    ['certificates.0.holder', { type: 'members', names: ['e1', '../e2'] }],
    ['certificates.0.serialNumber', '0x1'],
    ['certificates.0.keyPath', '/etc/../root/key'],
  ])('has no %s %j', (path, value) => {
    const [only = '', ...others] = faultsOf(changed([path, value]));
    expect(others).toEqual([]);
    expect(only.replaceAll(/\[(\d+)\]/g, '.$1')).toContain(path);
    // A terminal does what is printed to it.
    expect(only).not.toContain('\u001b');
  });

  it.each(['0644', '0604', '0660', '0641', '4600', '0777'])('gives no key the mode %s', (mode) => {
    expect(faultsOf(changed([`hosts.0.files.${keyIndex()}.mode`, mode]))).toEqual([
      `hosts[0].files[${keyIndex()}].mode: It is ${mode}, which lets others do more than a file of kind private-key allows.`,
    ]);
  });

  it.each(['0666', '0755', '0646', '2644'])('gives no certificate the mode %s', (mode) => {
    expect(faultsOf(changed(['hosts.0.files.0.mode', mode]))).toHaveLength(1);
  });

  it('gives no key to another user, and holds none', () => {
    const path = `hosts.0.files.${keyIndex()}`;
    expect(faultsOf(changed([`${path}.owner`, 'guest:root'], [`${path}.text`, 'the text']))).toEqual([
      `hosts[0].files[${keyIndex()}].owner: It is guest:root, and a secret belongs to root.`,
      `hosts[0].files[${keyIndex()}].text: It is the text of a secret.`,
    ]);
  });

  it('knows no file of a generation to come, and none twice', () => {
    expect(
      faultsOf(
        changed(
          ['hosts.0.files.0.generation', 2],
          ['certificates.1.generation', 3],
          ['hosts.1.files.1.path', JSON.parse(written).hosts[1].files[0].path],
        ),
      ),
    ).toEqual([
      'hosts[0].files[0].generation: It is 2, and the manifest is of generation 1.',
      expect.stringMatching(/^hosts\[1\]\.files\[1\]\.path: Another file of this host has the path /),
      'certificates[1].generation: It is 3, and the manifest is of generation 1.',
    ]);
  });

  it('is told of all that is wrong with it', () => {
    expect(
      faultsOf(
        changed(
          ['generation', -1],
          ['change.at', undefined],
          ['cluster.token', 7],
          ['hosts.1.kind', 'guest'],
          ['hosts.0.files.0.sha256', undefined],
          ['certificates', {}],
          ['document', undefined],
        ),
      ),
    ).toEqual([
      'generation: It is -1, and not a whole number from 1 on.',
      'cluster.token: It is 7, and not string.',
      'certificates: It is a map, and not Array.',
      'hosts[0].files[0].sha256: It is missing.',
      'hosts[1].kind: It is "guest", and not ("member" | "control-plane" | "admin" | "client").',
      'document: It is missing.',
    ]);
  });

  it('has as many hosts as the largest document, and of more nothing else is looked at', () => {
    const [host] = JSON.parse(written).hosts;
    const hosts = (count: number): unknown[] =>
      Array.from({ length: count }, (_, index) => ({ ...host, name: `e${index}` }));
    expect(faultsOf(changed(['hosts', hosts(2_002)]))).toEqual(['manifest']);
    expect(faultsOf(changed(['hosts', hosts(2_003)]))).toEqual([
      'hosts: It has 2003 entries, and not at most 2002.',
    ]);
    expect(faultsOf(changed(['hosts', Array.from({ length: 20_000 }, () => 1)]))).toEqual([
      'hosts: It has 20000 entries, and not at most 2002.',
    ]);
  });

  it('is told of a thousand faults, and no more', () => {
    const { certificates } = JSON.parse(written);
    const many = Array.from({ length: 8_000 }, () => ({ ...certificates[0], fingerprint: 1, path: 'x' }));
    expect(faultsOf(changed(['certificates', many]))).toHaveLength(1_000);
  });

  it('takes the names that every object has for keys like any other', () => {
    const text = written.replace('{', '{"__proto__": {"generation": 7}, "constructor": 1, "toString": [],');
    const found = inspectManifest(text);
    expect(found).toMatchObject({ type: 'manifest', manifest: { generation: 1 } });
    const bare = text.replace(/"generation": 1,/, '');
    expect(inspectManifest(bare)).toMatchObject({
      faults: [{ path: 'generation', message: 'It is missing.' }],
    });
  });
});

describe('what is no manifest', () => {
  it.each(['', '[]', '1', '{}', '{"format": 0}', '{"format": "2"}', '{"format": 1.5}'])('%s', (text) => {
    expect(inspectManifest(text)).toEqual({ type: 'other' });
  });

  it('may be one of a later release', () => {
    expect(inspectManifest('{"format": 3}')).toEqual({ type: 'newer', format: 3 });
  });
});
