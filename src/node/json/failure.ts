import {
  array,
  description,
  exactOptional,
  type GenericSchema,
  integer,
  literal,
  number,
  object,
  pipe,
  string,
} from 'valibot';
import type { Issue } from '../../errors.js';

/**
 * What every command prints with `--json` where it cannot do its work.
 *
 * @internal
 */
export interface FailureJson {
  readonly format: 1;
  readonly issues: readonly IssueJson[];
}

/**
 * An issue, whose codes grow with every release.
 *
 * @internal
 */
export interface IssueJson extends Omit<Issue, 'code'> {
  readonly code: string;
}

const count = pipe(number(), integer());

/** @internal */
export const issue: GenericSchema<unknown, IssueJson> = object({
  code: pipe(string(), description('See docs/codes.md')),
  path: pipe(string(), description('Of the file, or of the key in the document')),
  line: exactOptional(pipe(count, description('From 1'))),
  column: exactOptional(pipe(count, description('From 1'))),
  message: pipe(string(), description('One sentence')),
  cure: pipe(string(), description('One sentence: what to write or do instead')),
});

/** @internal */
export const failure: GenericSchema<unknown, FailureJson> = object({
  format: literal(1),
  issues: array(issue),
});
