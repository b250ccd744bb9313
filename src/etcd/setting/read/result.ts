import type { IssueCode } from '../../../issue-codes.js';

/**
 * A value in the form of its flag, or why it is not one.
 *
 * @internal
 */
export type ReadValue =
  | { readonly type: 'value'; readonly text: string }
  | { readonly type: 'problem'; readonly code: IssueCode; readonly message: string; readonly cure: string };

/**
 * No value needs them; a unit or environment file cannot carry line breaks, and no file can carry NUL.
 *
 * @internal
 */
export const CONTROL_CHARACTER: RegExp = /[\u0000-\u001f\u007f]/;

/**
 * Why a value is not of its form: what to write instead.
 *
 * @internal
 */
export interface Refusal {
  readonly code: IssueCode;
  readonly cure: string;
}

/** @internal */
export const CONTROL_CHARACTER_REFUSAL: Refusal = {
  code: 'setting-control-character',
  cure: 'Leave out line breaks and other control characters.',
};

/** @internal */
export function text(value: string): ReadValue {
  return { type: 'value', text: value };
}

/** @internal */
export function problem(code: IssueCode, message: string, cure: string): ReadValue {
  return { type: 'problem', code, message, cure };
}
