import {
  array,
  boolean,
  description,
  exactOptional,
  type GenericSchema,
  integer,
  literal,
  number,
  object,
  picklist,
  pipe,
  regex,
  string,
  variant,
} from 'valibot';
import { FILE_KINDS, HOST_KINDS } from '../file-plan.js';
import { absolute, digest, mode, texts } from '../shapes.js';
import type { Manifest } from './manifest.js';

const generation = pipe(number(), integer());

const contents = {
  subject: string(),
  issuer: string(),
  serialNumber: pipe(string(), regex(/^[0-9a-f]+$/), description('Hexadecimal, lower case')),
  altNames: pipe(texts, description('DNS:e1, IP:10.0.0.1')),
  keyUsage: texts,
  extendedKeyUsage: texts,
  key: pipe(string(), description('ecdsa-p256')),
  notBefore: pipe(string(), description('RFC 3339, UTC')),
  notAfter: string(),
  fingerprint: pipe(digest, description('SHA-256 of the DER')),
  publicKey: exactOptional(pipe(digest, description('SHA-256 of the SubjectPublicKeyInfo'))),
  generation: pipe(generation, description('The generation that issued it')),
};

const authority = object({
  id: pipe(string(), description('Name of its files in ca/')),
  phase: pipe(
    picklist(['settled', 'trust', 'reissue']),
    description('How far the change to a new key has come'),
  ),
  certificates: pipe(
    array(object({ origin: picklist(['issued', 'given']), ...contents })),
    description('The one that signs first'),
  ),
  path: pipe(absolute, description('Where members keep it')),
});

const holder = variant('type', [
  object({ type: literal('members'), names: texts }),
  object({ type: literal('client'), name: string() }),
  object({ type: literal('admin') }),
  object({ type: literal('control-plane') }),
]);

const certificate = object({
  id: pipe(string(), description('Of its plan: server/e1')),
  role: string(),
  holder,
  authority: pipe(string(), description('Id of the authority that signed it')),
  path: pipe(absolute, description('Where its hosts keep it')),
  keyPath: exactOptional(absolute),
  ...contents,
});

const file = object({
  path: absolute,
  mode,
  owner: pipe(string(), description('user:group')),
  kind: picklist(FILE_KINDS),
  sha256: digest,
  generation: pipe(generation, description('The generation that it comes from')),
  inTarball: pipe(boolean(), description('Whether the tarball beside this manifest has it')),
  text: exactOptional(pipe(string(), description('The whole file, where it is a text and no secret'))),
});

const host = object({
  name: string(),
  kind: picklist(HOST_KINDS),
  tarball: exactOptional(
    object({ path: pipe(string(), description('Relative to the manifest')), sha256: digest }),
  ),
  files: pipe(array(file), description('All that the host has once this generation is in place')),
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
    at: exactOptional(string()),
    changes: exactOptional(
      pipe(
        array(object({ hosts: texts, what: string(), detail: string(), effect: string() })),
        description('What is other than in the generation before'),
      ),
    ),
  }),
  etcdVersion: exactOptional(string()),
  cluster: object({ name: string(), token: string() }),
  authorities: array(authority),
  trust: exactOptional(
    pipe(
      array(object({ certificate: pipe(string(), description('PEM')), ...contents })),
      description('Further CAs whose clients members let in'),
    ),
  ),
  certificates: array(certificate),
  hosts: array(host),
  document: pipe(string(), description('The document as it was read')),
});
