import type { SystemdSection } from '../cluster-spec.js';
import { directiveValues } from './directive-values.js';
import { splitQuotedWords } from './words.js';

/**
 * The words of a directive that is a list, after its last reset.
 *
 * @internal
 */
export function directiveWords(sections: readonly SystemdSection[], name: string): readonly string[] {
  return directiveValues(sections, name)
    .flatMap((line) => splitQuotedWords(line) ?? [])
    .map(({ value }) => value);
}
