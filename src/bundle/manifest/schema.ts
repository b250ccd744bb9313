import {
  boolean,
  check,
  description,
  exactOptional,
  type GenericSchema,
  literal,
  maxLength,
  maxValue,
  minValue,
  number,
  object,
  picklist,
  pipe,
  regex,
  safeInteger,
  string,
  variant,
} from 'valibot';
import { REVOCATION_REASONS } from '../../x509/revocation-reason.js';
import { parseTime } from '../../x509/time.js';
import { FILE_KINDS, HOST_KINDS } from '../file-plan.js';
import { digest, hostPath, mode, upTo } from '../shapes.js';
import type { Manifest, ManifestRevokedCertificate } from './manifest.js';

/** Members and clients of the largest document, `admin` and `control-plane`. */
const MAX_HOSTS = 2_002;
/** Each member has four pairs at most, each other host one. */
const MAX_CERTIFICATES = 8_000;
/** A member has some thirty, however it is set up. */
const MAX_FILES = 256;
/** A certificate that all members share names every address and name of each. */
const MAX_ALT_NAMES = 100_000;
/** Certificates of one authority: two during a change to a new key, and those that were there before. */
const MAX_AUTHORITIES = 64;
/** Of one certificate: RFC 5280 has nine key usages and six purposes. */
const MAX_USAGES = 32;
const MAX_TRUSTED = 1_000;
const MAX_CHANGES = 20_000;
/** All pairs of the largest cluster, several times. */
const MAX_REVOKED = 100_000;
/** What the writer of a list takes. */
const MAX_LIST_NUMBER = 2 ** 31 - 2;
const MAX_GENERATION = Number.MAX_SAFE_INTEGER - 1;

/** RFC 3339 in UTC, a day that there is: `2026-01-31T23:59:59Z`. */
const TIME = 'a time such as 2026-01-31T23:59:59Z';
const time = pipe(
  string(),
  regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, TIME),
  check((text) => parseTime(text) !== undefined, TIME),
);
const wholeNumber = (most: number) =>
  pipe(
    number('a whole number from 1 on'),
    safeInteger('a whole number from 1 on'),
    minValue(1, 'a whole number from 1 on'),
    maxValue(most, `a whole number up to ${most}`),
  );
const generation = wholeNumber(MAX_GENERATION);
const count = wholeNumber(MAX_LIST_NUMBER);
const usages = upTo(MAX_USAGES, string());
const NAME = 'a name of letters, digits, ".", "_" and "-"';
const name = pipe(string(), regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/, NAME));
const ACCOUNTS = 'a user and a group, such as root:etcd';
const account = pipe(string(), regex(/^[A-Za-z_][\w-]{0,30}:[A-Za-z_][\w-]{0,30}$/, ACCOUNTS));

const serialNumber = pipe(
  string(),
  regex(/^[0-9a-f]{1,64}$/, 'hexadecimal digits, lower case'),
  description('Hexadecimal, lower case'),
);

const contents = {
  subject: string(),
  issuer: string(),
  serialNumber,
  altNames: pipe(upTo(MAX_ALT_NAMES, string()), description('DNS:e1, IP:10.0.0.1')),
  keyUsage: usages,
  extendedKeyUsage: usages,
  key: pipe(string(), description('ecdsa-p256')),
  notBefore: pipe(time, description('RFC 3339, UTC')),
  notAfter: time,
  fingerprint: pipe(digest, description('SHA-256 of the DER')),
  publicKey: exactOptional(pipe(digest, description('SHA-256 of the SubjectPublicKeyInfo'))),
  generation: pipe(generation, description('The generation that issued it')),
};

/**
 * An entry of a revocation list.
 *
 * @internal
 */
export const revokedCertificate: GenericSchema<unknown, ManifestRevokedCertificate> = object({
  serialNumber,
  at: time,
  reason: picklist(REVOCATION_REASONS),
  id: exactOptional(pipe(string(), description('Of the plan: server/e1'))),
  notAfter: exactOptional(time),
});

const authority = object({
  id: pipe(
    string(),
    regex(/^[a-z](?:[a-z-]{0,30}[a-z])?$/, 'a name of small letters and "-"'),
    description('Name of its files in ca/'),
  ),
  phase: pipe(
    picklist(['settled', 'trust', 'reissue']),
    description('How far the change to a new key has come'),
  ),
  certificates: pipe(
    upTo(
      MAX_AUTHORITIES,
      object({
        origin: picklist(['issued', 'given']),
        certificate: exactOptional(pipe(string(), description('PEM, where the CA is changing to a new key'))),
        ...contents,
      }),
    ),
    description('The one that signs first, then while it changes to a new key the other that hosts trust'),
  ),
  path: pipe(hostPath, description('Where members keep it')),
  revocationList: exactOptional(
    pipe(
      object({
        path: pipe(hostPath, description('Where members keep it')),
        number: pipe(count, description('cRLNumber')),
        thisUpdate: pipe(time, description('RFC 3339, UTC')),
        nextUpdate: time,
        revoked: upTo(MAX_REVOKED, revokedCertificate),
        list: pipe(
          string(),
          regex(/^(?:[0-9a-f]{2})+$/, 'hexadecimal digits, lower case'),
          description('DER, hexadecimal'),
        ),
      }),
      description('What it has revoked'),
    ),
  ),
});

const holder = variant('type', [
  object({ type: literal('members'), names: upTo(MAX_HOSTS, name) }),
  object({ type: literal('client'), name }),
  object({ type: literal('admin') }),
  object({ type: literal('control-plane') }),
]);

const certificate = object({
  id: pipe(string(), description('Of its plan: server/e1')),
  role: string(),
  holder,
  authority: pipe(string(), description('Id of the authority that signed it')),
  path: pipe(hostPath, description('Where its hosts keep it')),
  keyPath: exactOptional(hostPath),
  ...contents,
});

const file = object({
  path: hostPath,
  mode,
  owner: pipe(account, description('user:group')),
  kind: picklist(FILE_KINDS),
  sha256: digest,
  generation: pipe(generation, description('The generation that it comes from')),
  inTarball: pipe(boolean(), description('Whether the tarball beside this manifest has it')),
  text: exactOptional(pipe(string(), description('The whole file, where it is a text and no secret'))),
});

/** Names and URLs, as nothing else is put into a unit or a shell. */
const initialCluster = pipe(
  string(),
  regex(/^[\w.=:/,[\]%-]+$/, 'names and URLs of members'),
  description('initial-cluster: e1=https://10.0.0.1:2380'),
);

const host = object({
  name,
  kind: picklist(HOST_KINDS),
  tarball: exactOptional(
    object({
      path: pipe(name, maxLength(255), description('Relative to the manifest')),
      sha256: digest,
    }),
  ),
  bootstrap: exactOptional(
    pipe(
      object({ initialCluster, state: picklist(['new', 'existing']) }),
      description('With what a member was first started, where that is not what the document says'),
    ),
  ),
  files: pipe(upTo(MAX_FILES, file), description('All that the host has once this generation is in place')),
});

/**
 * The shape of `bundle.json`, format 2.
 *
 * @internal
 */
export const manifest: GenericSchema<unknown, Manifest> = object({
  format: literal(2),
  generator: string(),
  generation: pipe(generation, description('1 for a new cluster')),
  former: exactOptional(pipe(digest, description('Of the bundle.json before this one'))),
  change: object({
    action: pipe(string(), description('The command that made this generation')),
    at: exactOptional(time),
    changes: exactOptional(
      pipe(
        upTo(
          MAX_CHANGES,
          object({
            hosts: upTo(MAX_HOSTS, name),
            what: string(),
            detail: string(),
            effect: string(),
          }),
        ),
        description('What is other than in the generation before'),
      ),
    ),
  }),
  etcdVersion: exactOptional(string()),
  cluster: object({ name: string(), token: string() }),
  authorities: upTo(MAX_AUTHORITIES, authority),
  trust: exactOptional(
    pipe(
      upTo(MAX_TRUSTED, object({ certificate: pipe(string(), description('PEM')), ...contents })),
      description('Further CAs whose clients members let in'),
    ),
  ),
  certificates: upTo(MAX_CERTIFICATES, certificate),
  hosts: upTo(MAX_HOSTS, host),
  document: pipe(string(), description('The document as it was read')),
});
