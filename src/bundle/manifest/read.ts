import { type GenericSchema, integer, minValue, number, object, pipe, safeParse } from 'valibot';
import { parseBoundedJson } from '../../text/bounded-json.js';
import { fromFormat1, manifestFormat1 } from './format-1.js';
import type { Manifest } from './manifest.js';
import { manifest as manifestFormat2 } from './schema.js';

/**
 * Reads `bundle.json`, of format 2 or 1, which may be anybody's.
 *
 * @returns undefined where it is not the manifest of a bundle
 * @example
 * ```ts
 * const manifest = readManifest(await readFile('bundle/bundle.json', 'utf8'));
 * manifest?.hosts.map(({ name }) => name); // => ['e1', 'e2', 'e3', 'admin']
 * ```
 * @public
 */
export function readManifest(text: string): Manifest | undefined {
  const value = parseBoundedJson(text);
  const first = parsed(manifestFormat1, value);
  return first === undefined ? parsed(manifestFormat2, value) : fromFormat1(first);
}

/**
 * The format of a manifest that a later release of this program wrote.
 *
 * @returns undefined where the text is no manifest, or one that {@link readManifest} reads
 * @internal
 */
export function newerFormat(text: string): number | undefined {
  const read = parsed(
    object({ format: pipe(number(), integer(), minValue(NEWEST + 1)) }),
    parseBoundedJson(text),
  );
  return read?.format;
}

/** The newest format that is read here. */
const NEWEST = 2;

function parsed<T>(schema: GenericSchema<unknown, T>, value: unknown): T | undefined {
  const read = safeParse(schema, value);
  return read.success ? read.output : undefined;
}
