import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCryptoProvider, readTarball, reportOfPaths } from '../../../src/node/index.js';
import { reportOfHosts } from '../../../src/report/index.js';
import { putAll } from '../../support/put-files.js';
import { WRITTEN_AT, writtenBundle } from '../../support/written-bundle.js';
import { makeFolder } from '../cli/fake-io.js';

const DAY = 86_400;

function document(count: number, more = ''): string {
  const members = Array.from(
    { length: count },
    (_, at) => `  - {name: e${at + 1}, address: 10.0.${at >> 7}.${(at & 127) + 1}}`,
  );
  return `members:\n${members.join('\n')}\n${more}`;
}

async function reportOn(paths: readonly string[], at = WRITTEN_AT): Promise<string> {
  return (await reportOfPaths(paths, { at })).html;
}

/** The text of a section, without its tags. */
function section(html: string, id: string): string {
  const [, text = ''] = new RegExp(`<section id="${id}"(.*?)</section>`, 's').exec(html) ?? [];
  return text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('a report on a bundle', () => {
  it('says what it is, who dials whom, who trusts whom, what ends when and what every file has', async () => {
    const folder = await writtenBundle(
      document(3, 'cluster: {name: prod}\nclients: [{name: backup, commonName: backup}]\n'),
    );
    const html = await reportOn([folder]);
    const manifest = readFileSync(join(folder, 'bundle.json'));
    const { certificates, hosts } = JSON.parse(manifest.toString());
    expect(html).toContain('<h1>prod</h1>');
    expect(section(html, 'summary')).toMatch(/Members 3 .*Preset hardened .*Generation 1, by generate/);
    expect(section(html, 'summary')).toContain(createHash('sha256').update(manifest).digest('hex'));
    expect(section(html, 'findings')).toContain('None: by everything that was looked at');
    expect(section(html, 'topology')).toMatch(/etcdctl client-backup .*all 3 members/);
    expect(section(html, 'trust')).toMatch(/e1 , e2 , e3 +holds: server, .*trusts its clients, servers/);
    for (const { fingerprint, serialNumber, altNames } of certificates)
      for (const text of [
        `id="certificate-${fingerprint}"`,
        `href="#certificate-${fingerprint}"`,
        serialNumber,
        ...altNames,
      ])
        expect(html).toContain(text);
    for (const { tarball, files } of hosts) {
      expect(html).toContain(tarball.sha256);
      for (const { sha256 } of files) expect(html).toContain(sha256);
    }
  });

  it('says the same of the same', async () => {
    const folder = await writtenBundle(document(3));
    expect(await reportOn([folder])).toBe(await reportOn([folder]));
  });

  it('holds no part of a private key', async () => {
    const folder = await writtenBundle(document(1));
    const html = await reportOn([folder]);
    const files = await readTarball(readFileSync(join(folder, 'e1.tar.gz')), 'e1');
    const keys = files
      .map(({ bytes }) => Buffer.from(bytes).toString())
      .filter((text) => text.includes('PRIVATE KEY'));
    expect(keys.length).toBeGreaterThan(1);
    for (const line of keys.flatMap((text) => text.split('\n')).filter((text) => /^[\w+/=]{16,}$/.test(text)))
      expect(html).not.toContain(line);
    expect(html).not.toContain('PRIVATE KEY');
  });

  it('says what has ended and what ends soon', async () => {
    const folder = await writtenBundle(document(1));
    expect(await reportOn([folder], WRITTEN_AT + 340 * DAY)).toContain(
      '<span class="soon">25 days left</span>',
    );
    const ended = await reportOn([folder], WRITTEN_AT + 400 * DAY);
    expect(ended).toContain('<span class="ended">ended 35 days ago</span>');
    expect(section(ended, 'findings')).toContain('error certificate-validity');
  });

  it('draws the first members of many, lists all of them, and grows as they do', async () => {
    const [small, large] = await Promise.all(
      [20, 60].map(async (count) => reportOn([await writtenBundle(document(count))])),
    );
    expect(section(large ?? '', 'topology')).toContain('49 more to e60');
    expect(section(large ?? '', 'topology')).toContain('https://10.0.0.60:2379');
    expect(large?.length).toBeLessThan(3.2 * (small?.length ?? 0));
  });
});

describe('a report on hosts', () => {
  it('says of parts of hosts what lies there, and of members that are missing that they are', async () => {
    const folder = await writtenBundle(document(3));
    const html = await reportOn([join(folder, 'e1.tar.gz'), join(folder, 'e2.tar.gz')]);
    expect(html).toContain('<h1>e1 and e2</h1>');
    expect(section(html, 'summary')).toContain('files of hosts, without a bundle');
    expect(section(html, 'files')).toMatch(
      /\/etc\/etcd\/pki\/server\.key 0640 root:etcd private-key [0-9a-f]{64}/,
    );
    expect(section(html, 'not-judged')).toContain(
      'Of 1 member that the others name no files were given: e3.',
    );
  });

  it('lists of whole hosts what etcd is started with alone', async () => {
    const folder = await writtenBundle(document(1));
    const root = makeFolder({
      'etc/passwd': 'root:x:0:0::/:/bin/sh\n',
      'etc/group': 'root:x:0:\n',
      'etc/motd': 'hello\n',
    });
    putAll(root, await readTarball(readFileSync(join(folder, 'e1.tar.gz')), 'e1'));
    const html = await reportOn([root]);
    expect(section(html, 'files')).toContain('/etc/etcd/pki/server.crt');
    expect(section(html, 'files')).not.toContain('/etc/motd');
    expect(section(html, 'files')).toContain(
      'Of whole hosts only what etcd and its clients are started with is listed.',
    );
  });

  it('tells the first of many places that were not read, those first behind which anything may lie', async () => {
    const gaps = Array.from({ length: 300 }, (_, at) => ({
      path: `etc/${at}.crt`,
      why: 'is a named pipe',
      kind: 'irregular' as const,
    }));
    const root = {
      name: 'e1',
      files: [],
      gaps: [...gaps, { path: '', why: 'holds more than 20000 files', kind: 'limit' as const }],
    };
    const { html } = await reportOfHosts([root], {
      crypto: nodeCryptoProvider(),
      at: WRITTEN_AT,
      generator: 'test',
    });
    const text = section(html, 'not-judged');
    expect(text).toMatch(/Why e1 \/ It holds more than 20000 files\. e1 \/etc\/0\.crt/);
    expect(text).toContain('/etc/198.crt');
    expect(text).not.toContain('/etc/199.crt');
    expect(text).toContain('And 101 more');
  });

  it('is one of nothing where there is nothing', async () => {
    const html = await reportOn([makeFolder({ 'etc/motd': 'hello\n' })]);
    expect(section(html, 'topology')).toContain('No member of a cluster was found.');
    expect(section(html, 'certificates')).toContain('None was found.');
  });
});

it('allows its own style by its digest, and nothing else', async () => {
  const html = await reportOn([makeFolder({ 'etc/motd': 'hello\n' })]);
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
  const sum = createHash('sha256').update(style).digest('base64');
  expect(html).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;sha256-${sum}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
});
