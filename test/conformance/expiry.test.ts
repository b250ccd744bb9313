import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { IssuedPair } from '../../src/index.js';
import { describeWithPrograms } from '../programs/describe.js';
import { sample } from '../support/long-tests.js';
import { makeFolder, runCli } from '../unit/cli/fake-io.js';
import { issueAt, single } from './x509/issued.js';

const DAY = 86_400;
const at = (text: string): number => Date.parse(text) / 1000;
const last = at('9999-12-31T23:59:59Z');
const today = Math.floor(Date.now() / 1000);

/** When a certificate begins, and how many hours its CA and it last. */
const ROWS: readonly (readonly [string, number, number, number])[] = [
  ['sound', today, 87_600, 8760],
  ['ended a moment ago', today - 3600 - 120, 87_600, 1],
  ['ended long ago', today - 400 * DAY, 87_600, 24],
  ['ends with its CA', today - DAY, 48, 48],
  ['not yet valid', today + 100 * DAY, 87_600, 8760],
  ['to the last second of UTCTime', at('2049-01-01T00:59:59Z'), 24 * 364, 24 * 364],
  ['to the first second of GeneralizedTime', at('2049-01-01T00:00:00Z'), 24 * 365, 24 * 365],
  ['to a leap day', at('2027-03-01T00:00:00Z'), 24 * 365, 24 * 365],
  ['over a century that is no leap year', at('2099-12-01T00:00:00Z'), 87_600, 24 * 100],
  ['to the last second there is', last - 48 * 3600, 48, 48],
];

interface Told {
  readonly notBefore: string;
  readonly notAfter: string;
  readonly serialNumber: string;
  readonly fingerprint: string;
}

describeWithPrograms(['openssl'], 'expiry', (program) => {
  const openssl = (cwd: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(program('openssl').path, args, { cwd, encoding: 'utf8' });
    return { status, stdout: `${stdout}`, stderr };
  };

  async function told(cwd: string, ...args: readonly string[]) {
    const { exitCode, stdout } = await runCli(['expiry', ...args, '--json'], { cwd, now: today });
    const { endings }: { readonly endings: readonly Told[] } = JSON.parse(stdout);
    return { exitCode, endings };
  }

  it.each(sample(ROWS, 4))('says what OpenSSL says of one that is %s', async (_, now, ca, leaf) => {
    const cwd = makeFolder();
    const pki = await issueAt(now, single({ validity: { ca: `${ca}h`, leaf: `${leaf}h` } }));
    const all: readonly IssuedPair[] = [...pki.authorities, ...pki.leaves.slice(0, 1)];
    expect(all).toHaveLength(2);
    for (const [index, { certificate }] of all.entries()) {
      const file = `${index}.pem`;
      writeFileSync(join(cwd, file), certificate);
      const { endings } = await told(cwd, file);
      const shown = openssl(
        cwd,
        'x509',
        '-in',
        file,
        '-noout',
        '-dates',
        '-serial',
        '-fingerprint',
        '-sha256',
      );
      const [, begin = '', end = '', serial = '', fingerprint = ''] =
        /^notBefore=(.*)\nnotAfter=(.*)\nserial=(.*)\n.*?Fingerprint=(.*)\n$/i.exec(shown.stdout) ?? [];
      expect(endings).toMatchObject([
        {
          notBefore: rfc3339(begin),
          notAfter: rfc3339(end),
          serialNumber: serial.toLowerCase(),
          fingerprint: fingerprint.replaceAll(':', '').toLowerCase(),
        },
      ]);
      // OpenSSL looks at its own clock, which has gone on since; nothing is asked for within a minute of the end.
      const left = at(rfc3339(end)) - today;
      for (const seconds of [0, left - 60, left + 60, 30 * DAY, 400 * DAY].filter(
        (value) => value >= 0 && value <= last - today - DAY && Math.abs(value - left) >= 60,
      )) {
        const checked = openssl(cwd, 'x509', '-in', file, '-noout', '-checkend', String(seconds));
        const { exitCode } = await told(cwd, file, '--within', `${seconds}s`);
        expect([seconds, exitCode]).toEqual([seconds, checked.status === 0 ? 0 : 4]);
      }
    }
  });

  it('says what OpenSSL says of its own lists', async () => {
    const cwd = makeFolder();
    const config = `[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\n`;
    writeFileSync(join(cwd, 'ca.cnf'), config);
    writeFileSync(join(cwd, 'index.txt'), '');
    writeFileSync(join(cwd, 'number'), '01\n');
    const made = openssl(
      cwd,
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'made-for-a-test.key',
      '-out',
      'ca.pem',
      '-days',
      '30',
      '-subj',
      '/O=A/CN=ca',
    );
    expect(made.stderr.includes('rror'), made.stderr).toBe(false);
    for (const [days, due] of [
      [7, 4],
      [60, 0],
    ] as const) {
      const list = openssl(
        cwd,
        'ca',
        '-config',
        'ca.cnf',
        '-gencrl',
        '-keyfile',
        'made-for-a-test.key',
        '-cert',
        'ca.pem',
        '-crldays',
        String(days),
        '-out',
        'list.pem',
      );
      expect(list.status, list.stderr).toBe(0);
      openssl(cwd, 'crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.der');
      const shown = openssl(cwd, 'crl', '-in', 'list.pem', '-noout', '-lastupdate', '-nextupdate').stdout;
      const [, thisUpdate = '', nextUpdate = ''] = /lastUpdate=(.*)\nnextUpdate=(.*)\n/.exec(shown) ?? [];
      const { exitCode, endings } = await told(cwd, 'list.pem', 'list.der', '--within', '30d');
      expect(exitCode).toBe(due);
      expect(endings).toMatchObject([
        {
          type: 'revocation-list',
          issuer: 'CN=ca,O=A',
          thisUpdate: rfc3339(thisUpdate),
          nextUpdate: rfc3339(nextUpdate),
          holders: [{}, {}],
        },
      ]);
    }
  });
});

/** OpenSSL writes `Dec 31 23:59:59 2049 GMT`. */
function rfc3339(printed: string): string {
  return new Date(printed).toISOString().replace('.000', '');
}
