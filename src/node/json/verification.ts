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
  picklist,
  pipe,
  string,
  union,
} from 'valibot';
import { texts } from '../../bundle/shapes.js';
import type { Verification } from '../../verify/finding.js';
import type { HandshakeGrids } from '../handshake/grid.js';
import { type FailureJson, failure } from './failure.js';
import { time } from './shapes.js';

/**
 * What `verify --json` prints.
 *
 * @internal
 */
export interface VerificationJson extends Verification {
  readonly format: 1;
  /** Absent without `--handshakes`. */
  readonly handshakes?: HandshakeGrids;
}

const count = pipe(number(), integer(), minValue(0));

const finding = object({
  rule: pipe(string(), description('See docs/rules.md')),
  level: pipe(
    picklist(['error', 'warning', 'notice']),
    description(
      'error: something does not start or is not accepted; warning: it works, and is a risk; notice: good to know',
    ),
  ),
  member: pipe(
    string(),
    description('Of etcd, otherwise the name of the host; empty where it is about the cluster or the bundle'),
  ),
  path: pipe(string(), description('Absolute on the host, or the path that was given; may be empty')),
  message: string(),
  cure: string(),
  etcdSays: pipe(
    string(),
    description('What etcd, systemd or kubeadm would log; empty where they say nothing'),
  ),
  source: pipe(string(), description('Where the rule comes from')),
});

const expiry = object({
  member: pipe(string(), description('Of etcd, otherwise the name of the host')),
  path: pipe(string(), description('Absolute on the host')),
  subject: string(),
  notAfter: time,
  authority: boolean(),
});

const summary = object({
  errors: count,
  warnings: count,
  notices: count,
  members: pipe(texts, description('That were found, in the order of what was given')),
  clusters: pipe(array(texts), description('The same by cluster')),
  etcdVersion: pipe(string(), description('3.6 or 3.6.16')),
  etcdVersionFrom: picklist(['option', 'manifest', 'image', 'assumed']),
  at: pipe(time, description('The moment everything was judged at')),
  expiries: pipe(array(expiry), description('Of the certificates in use, the first to end first')),
});

const handshakes = object({
  grids: array(
    object({
      listener: picklist(['peer', 'gateway', 'client']),
      columns: pipe(texts, description('Who is dialled')),
      rows: array(
        object({
          from: pipe(string(), description('Who dials')),
          marks: pipe(
            texts,
            description('One a column: ok, - where nobody dials, otherwise numbers of refusals from 1'),
          ),
        }),
      ),
    }),
  ),
  refusals: pipe(texts, description('What the numbers mean')),
});

const verification: GenericSchema<unknown, VerificationJson> = object({
  format: literal(1),
  findings: pipe(array(finding), description('The worst first')),
  summary,
  handshakes: exactOptional(pipe(handshakes, description('With --handshakes'))),
});

/**
 * The shape of what `verify --json` prints.
 *
 * @internal
 */
export const verificationJson: GenericSchema<unknown, VerificationJson | FailureJson> = union([
  verification,
  failure,
]);
