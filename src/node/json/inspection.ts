import {
  array,
  boolean,
  description,
  exactOptional,
  type GenericSchema,
  integer,
  literal,
  minValue,
  number,
  object,
  pipe,
  string,
  union,
} from 'valibot';
import { mode, texts } from '../../bundle/shapes.js';
import type { InspectedCertificate, Inspection } from '../inspect/inspect.js';
import { type FailureJson, failure, type IssueJson, issue } from './failure.js';
import { daysLeft, fingerprint, serialNumber, time } from './shapes.js';

/**
 * What `inspect --json` prints.
 *
 * @internal
 */
export interface InspectionJson extends Omit<Inspection, 'certificates' | 'issues'> {
  readonly format: 1;
  readonly certificates: readonly DatedCertificate[];
  readonly issues: readonly IssueJson[];
}

/**
 * A certificate with what depends on the clock.
 *
 * @internal
 */
export interface DatedCertificate extends InspectedCertificate {
  /** Whole days until it expires, negative afterwards. */
  readonly daysLeft: number;
}

const file = object({
  tarball: exactOptional(pipe(string(), description('That it is in; absent for a file on disk'))),
  path: pipe(string(), description('In the tarball, otherwise relative to what was inspected')),
  mode,
  size: pipe(number(), integer(), minValue(0), description('Bytes')),
  owner: exactOptional(pipe(string(), description('user:group, of files in tarballs'))),
  kind: pipe(string(), description("The manifest's, otherwise certificate, private-key, tarball or other")),
});

const certificate = object({
  subject: string(),
  issuer: string(),
  serialNumber,
  altNames: pipe(texts, description('DNS:e1, IP:10.0.0.1, …')),
  keyUsage: texts,
  extendedKeyUsage: texts,
  key: pipe(string(), description('ecdsa-p256, rsa-2048, …')),
  isAuthority: boolean(),
  notBefore: time,
  notAfter: time,
  fingerprint,
  places: pipe(texts, description('Files that hold it: e1.tar.gz:etc/etcd/pki/ca.crt, ca/ca.crt')),
  daysLeft,
});

const inspection: GenericSchema<unknown, InspectionJson> = object({
  format: literal(1),
  files: pipe(array(file), description('Those of a tarball behind it')),
  certificates: pipe(array(certificate), description('Each once')),
  issues: pipe(array(issue), description('What could not be read')),
});

/**
 * The shape of what `inspect --json` prints.
 *
 * @internal
 */
export const inspectionJson: GenericSchema<unknown, InspectionJson | FailureJson> = union([
  inspection,
  failure,
]);
