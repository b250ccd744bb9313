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
} from 'valibot';
import { FILE_KINDS, type FileKind, HOST_KINDS, type HostBundle } from '../../bundle/file-plan.js';
import { revokedCertificate } from '../../bundle/manifest/schema.js';
import { absolute, mode, texts } from '../../bundle/shapes.js';
import type { BundleState } from '../../bundle/state.js';
import { EFFECTS } from '../../plan/effect.js';
import { DIRECTIONS } from '../../plan/rotation.js';
import type { Step } from '../../plan/step.js';
import { ACTIONS, type AuthorityRotation, type Change, hasTarball, type Update } from '../../plan/update.js';
import type { OutputResult } from '../write/output.js';
import { type FailureJson, failure } from './failure.js';

/**
 * What a command that makes a generation prints with `--json`.
 *
 * @internal
 */
export interface UpdateJson {
  readonly format: 1;
  readonly action: Update['action'];
  /** The one that the bundle has afterwards, or would have. */
  readonly generation: number;
  readonly changes: readonly Change[];
  readonly notices: readonly string[];
  readonly certificates: readonly string[];
  readonly rotation?: AuthorityRotation;
  readonly extended?: Update['extended'];
  readonly revocationLists?: Update['revocationLists'];
  readonly hosts: readonly UpdatedHostJson[];
  readonly gate: readonly string[];
  readonly steps: readonly Step[];
  readonly written?: OutputResult;
}

interface UpdatedHostJson {
  readonly name: string;
  readonly kind: HostBundle['kind'];
  readonly files: readonly {
    readonly path: string;
    readonly mode: string;
    readonly owner: string;
    readonly kind: FileKind;
  }[];
}

/**
 * @param written - absent where nothing was
 * @internal
 */
export function updateToJson({ manifest }: BundleState, update: Update, written?: OutputResult): UpdateJson {
  const { action, changes, notices, certificates, hosts, gate, steps } = update;
  const { rotation, extended, revocationLists } = update;
  return {
    format: 1,
    action,
    generation: manifest.generation + (changes.length === 0 ? 0 : 1),
    changes,
    notices,
    certificates,
    ...(rotation === undefined ? {} : { rotation }),
    ...(extended === undefined ? {} : { extended }),
    ...(revocationLists === undefined ? {} : { revocationLists }),
    hosts: hosts.filter(hasTarball).map(({ name, kind, files }) => ({
      name,
      kind,
      files: files.flatMap((file) =>
        file.type === 'kept'
          ? []
          : [{ path: file.path, mode: file.mode, owner: file.owner, kind: file.kind }],
      ),
    })),
    gate,
    steps,
    ...(written === undefined ? {} : { written }),
  };
}

const commands = pipe(texts, description('Lines of bash, each of which ends with 0 where it succeeded'));

const step: GenericSchema<unknown, Step> = object({
  title: string(),
  host: pipe(string(), description('A host of the manifest, or operator')),
  commands,
  gate: pipe(
    texts,
    description('Run by the operator afterwards: the next step begins once each ended with 0'),
  ),
  back: pipe(texts, description('On the same host, what takes the step back')),
});

const update: GenericSchema<unknown, UpdateJson> = object({
  format: literal(1),
  action: picklist(ACTIONS),
  generation: pipe(
    number(),
    integer(),
    description('The one that the bundle has afterwards, or would have; its own where nothing changes'),
  ),
  changes: pipe(
    array(
      object({
        hosts: pipe(texts, description('Names of the manifest')),
        what: string(),
        detail: string(),
        effect: pipe(picklist(EFFECTS), description('What it takes to come into effect')),
      }),
    ),
    description('Empty where there is nothing to do'),
  ),
  notices: texts,
  certificates: pipe(texts, description('Ids of the leaves that are issued')),
  rotation: exactOptional(
    pipe(
      object({
        ids: array(picklist(['ca', 'peer-ca'])),
        direction: picklist(DIRECTIONS),
        phase: pipe(picklist(['settled', 'trust', 'reissue']), description('Of these CAs afterwards')),
      }),
      description('Absent where no CA changes'),
    ),
  ),
  extended: exactOptional(
    pipe(array(picklist(['ca', 'peer-ca'])), description('CAs that get a later end, with their own keys')),
  ),
  revocationLists: exactOptional(
    pipe(
      array(
        object({
          authority: picklist(['ca', 'peer-ca']),
          number: pipe(number(), integer(), description('cRLNumber')),
          revoked: array(revokedCertificate),
        }),
      ),
      description('Revocation lists that are signed'),
    ),
  ),
  hosts: pipe(
    array(
      object({
        name: string(),
        kind: picklist(HOST_KINDS),
        files: array(
          object({
            path: absolute,
            mode,
            owner: pipe(string(), description('user:group')),
            kind: picklist(FILE_KINDS),
          }),
        ),
      }),
    ),
    description('What has a tarball, with the files in it'),
  ),
  gate: pipe(texts, description('Run by the operator before the first step')),
  steps: array(step),
  written: exactOptional(
    pipe(
      object({
        directory: string(),
        files: texts,
        previous: exactOptional(pipe(string(), description('Where the former bundle is now'))),
        leftovers: texts,
      }),
      description('Absent where nothing was written'),
    ),
  ),
});

/**
 * The shape of what a command that makes a generation prints with `--json`.
 *
 * @internal
 */
export const updateJson: GenericSchema<unknown, UpdateJson | FailureJson> = union([update, failure]);
