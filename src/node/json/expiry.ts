import {
  array,
  description,
  exactOptional,
  type GenericSchema,
  integer,
  literal,
  number,
  object,
  picklist,
  pipe,
  string,
  union,
  variant,
} from 'valibot';
import type { Ending } from '../../verify/expiry/ending.js';
import type { PathsExpiry } from '../expiry-paths.js';
import { type FailureJson, failure, type IssueJson, issue } from './failure.js';
import { daysLeft, fingerprint, serialNumber, time } from './shapes.js';

/**
 * What `expiry --json` prints.
 *
 * @internal
 */
export interface ExpiryJson extends Omit<PathsExpiry, 'issues'> {
  readonly format: 1;
  readonly issues: readonly IssueJson[];
}

const state = picklist(['ended', 'due', 'not-yet-valid', 'later']);
const holders = array(
  object({
    host: exactOptional(pipe(string(), description('Absent for a file that was given alone'))),
    path: string(),
  }),
);

const certificate = {
  roles: pipe(array(string()), description('server, peer, client, …; empty for a CA')),
  subject: string(),
  issuer: string(),
  serialNumber,
  notBefore: time,
  notAfter: time,
  fingerprint,
  state,
  daysLeft,
  holders,
};

const ending: GenericSchema<unknown, Ending> = variant('type', [
  object({ type: literal('authority'), ...certificate }),
  object({ type: literal('leaf'), ...certificate }),
  object({
    type: literal('revocation-list'),
    issuer: string(),
    thisUpdate: time,
    nextUpdate: exactOptional(pipe(time, description('Absent where the list does not say'))),
    fingerprint,
    revoked: pipe(number(), integer(), description('Certificates that it revokes')),
    state,
    daysLeft: exactOptional(daysLeft),
    holders,
  }),
]);

const report: GenericSchema<unknown, ExpiryJson> = object({
  format: literal(1),
  at: pipe(time, description('The moment that days are counted from')),
  horizon: exactOptional(pipe(time, description('What ends until then is due'))),
  endings: pipe(array(ending), description('The first to end first')),
  issues: pipe(
    array(issue),
    description(
      'What is damaged, cannot be read though a certificate may be there, or holds nothing that ends',
    ),
  ),
  gaps: pipe(
    array(object({ host: string(), path: string(), why: string() })),
    description('Other places of hosts that were not looked at'),
  ),
});

/**
 * The shape of what `expiry --json` prints.
 *
 * @internal
 */
export const expiryJson: GenericSchema<unknown, ExpiryJson | FailureJson> = union([report, failure]);
