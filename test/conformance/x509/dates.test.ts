import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificate } from 'pkijs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isEtcdBundleError } from '../../../src/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { askGo } from './go.js';
import { issueAt, single } from './issued.js';

/** Seconds since 1970, by the runtime's own calendar and not by ours. */
const at = (text: string): number => Date.parse(text) / 1000;
const BACKDATE = 300;
const HOUR = 3600;

/** A clock, and how long the CA and its leaves last. */
const ROWS: readonly (readonly [string, number, number, number])[] = [
  ['notAfter is the last second of UTCTime', at('2049-01-01T00:59:59Z'), 24 * 364, 24 * 364],
  ['notAfter is the first second of GeneralizedTime', at('2049-01-01T00:00:00Z'), 24 * 365, 24 * 365],
  ['the leaf ends before 2050, its CA after', at('2049-06-01T00:00:00Z'), 24 * 365, 24],
  ['notBefore is the last second of UTCTime', at('2049-12-31T23:59:59Z') + BACKDATE, 48, 24],
  ['notBefore is the first second of GeneralizedTime', at('2050-01-01T00:00:00Z') + BACKDATE, 48, 24],
  ['both in GeneralizedTime', at('2060-01-01T00:00:00Z'), 87_600, 8760],
  ['from a leap day', at('2028-02-29T12:00:00Z'), 87_600, 8760],
  ['over a leap day', at('2027-03-01T00:00:00Z'), 87_600, 8784],
  ['to a leap day', at('2027-03-01T00:00:00Z'), 24 * 365, 24 * 365],
  ['over a century that is no leap year', at('2100-02-28T23:59:59Z'), 48, 24],
  ['over a century that is one', at('2400-02-28T23:59:59Z'), 48, 24],
  ['before 1970', at('1969-12-31T23:59:59Z'), 48, 24],
  ['from the first second of UTCTime', at('1950-01-01T00:00:00Z') + BACKDATE, 48, 24],
  ['to the last second there is', at('9999-12-31T23:59:59Z') - 48 * HOUR, 48, 48],
];

describeWithPrograms(['openssl', 'certtool', 'go-x509', 'zlint'], 'dates', (program) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-dates-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(ROWS)('%s', async (_, now, ca, leaf) => {
    const pki = await issueAt(now, single({ validity: { ca: `${ca}h`, leaf: `${leaf}h` } }));
    const [authority] = pki.authorities;
    const certificates = [...pki.authorities, ...pki.leaves.slice(0, 1)];
    const path = (index: number): string => join(folder, `${index}.pem`);
    for (const [index, { certificate, certificateDer }] of certificates.entries()) {
      const [notBefore, notAfter] = [now - BACKDATE, now + (index === 0 ? ca : leaf) * HOUR];
      writeFileSync(path(index), certificate);
      const [go] = askGo(program('go-x509').path, [{ ask: 'certificate', certificate: certificateDer }]);
      const pkijs = Certificate.fromBER(new Uint8Array(certificateDer));
      const node = new X509Certificate(certificate);
      const wanted = { notBefore, notAfter };
      expect({ notBefore: go?.certificate?.notBefore, notAfter: go?.certificate?.notAfter }).toEqual(wanted);
      expect({
        notBefore: Date.parse(node.validFrom) / 1000,
        notAfter: Date.parse(node.validTo) / 1000,
      }).toEqual(wanted);
      expect({
        notBefore: pkijs.notBefore.value.getTime() / 1000,
        notAfter: pkijs.notAfter.value.getTime() / 1000,
      }).toEqual(wanted);
      // UTCTime through 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5).
      const printed = execFileSync(program('openssl').path, ['asn1parse', '-in', path(index)], {
        encoding: 'utf8',
      });
      const types = [...printed.matchAll(/prim: +(UTCTIME|GENERALIZEDTIME)/g)].map(([, type]) => type);
      expect(types).toEqual(
        [notBefore, notAfter].map((time) =>
          time < at('2050-01-01T00:00:00Z') ? 'UTCTIME' : 'GENERALIZEDTIME',
        ),
      );
      const said = execFileSync(program('certtool').path, ['--certificate-info', '--infile', path(index)], {
        encoding: 'utf8',
      });
      // GnuTLS shows nothing before 1970, and the very last second as none.
      if (notAfter > 0 && notAfter < at('9999-12-31T23:59:59Z'))
        expect(said).toContain(`Not After: ${gnuTime(notAfter)}`);
      const lint: Record<string, { result: string }> = JSON.parse(
        execFileSync(program('zlint').path, ['-includeSources', 'RFC5280', path(index)], {
          encoding: 'utf8',
        }),
      );
      expect(Object.entries(lint).filter(([, { result }]) => ['error', 'fatal'].includes(result))).toEqual(
        [],
      );
    }
    const verify = (time: number): string => {
      const args = ['verify', '-x509_strict', '-attime', String(time), '-CAfile', path(0), path(1)];
      try {
        return execFileSync(program('openssl').path, args, {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
      } catch {
        return 'refused';
      }
    };
    const end = now + leaf * HOUR;
    // The last second counts in RFC 5280 and in Go, and not in OpenSSL.
    expect([now - BACKDATE, now, end - 1].map(verify)).toEqual(new Array(3).fill(`${path(1)}: OK\n`));
    expect([now - BACKDATE - 1, end + 1].map(verify)).toEqual(['refused', 'refused']);
    const answers = askGo(
      program('go-x509').path,
      [now - BACKDATE - 1, now - BACKDATE, end, end + 1].map((time) => ({
        ask: 'chain',
        certificate: certificates[1]?.certificate ?? '',
        roots: authority?.certificate ?? '',
        usage: 'serverAuth',
        at: time,
      })),
    );
    expect(answers.map(({ says }) => says === '')).toEqual([false, true, true, false]);
  });
});

describe('a clock that no certificate can state', () => {
  it.each([
    ['before 1950', at('1950-01-01T00:00:00Z') + BACKDATE - 1, {}],
    ['a part of a second', at('2030-01-01T00:00:00Z') + 0.25, {}],
    ['beyond 9999', at('9999-12-31T23:59:59Z') - HOUR, { validity: { ca: '2h', leaf: '1h' } }],
    ['no number', Number.NaN, {}],
    ['without an end', Number.POSITIVE_INFINITY, {}],
  ])('%s is refused', async (_, now, certificates) => {
    const error: unknown = await issueAt(now, single(certificates)).catch((reason: unknown) => reason);
    expect(isEtcdBundleError(error) && error.issues[0]?.message).toMatch(/cannot be written/);
  });
});

function gnuTime(seconds: number): string {
  const [, day, , month] = /^(\w+), (\d+) (\w+)/.exec(new Date(seconds * 1000).toUTCString()) ?? [];
  const [date = '', time = ''] = new Date(seconds * 1000).toISOString().slice(0, 19).split('T');
  return `${day} ${month} ${date.slice(8)} ${time} UTC ${date.slice(0, 4)}`;
}
