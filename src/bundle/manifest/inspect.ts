import { type GenericSchema, integer, minValue, number, object, pipe, safeParse } from 'valibot';
import { parseBoundedJson } from '../../text/bounded-json.js';
import { fileFaults } from './file-faults.js';
import { fromFormat1, manifestFormat1 } from './format-1.js';
import type { Manifest } from './manifest.js';
import type { ManifestFault } from './manifest-fault.js';
import { manifest as manifestFormat2 } from './schema.js';
import { shapeFaults } from './shape-faults.js';

/**
 * What a text is that stands where a manifest would be.
 *
 * @internal
 */
export type InspectedManifest =
  | { readonly type: 'manifest'; readonly manifest: Manifest }
  /** A manifest that says what no release of etcd-bundle writes: at least one fault. */
  | { readonly type: 'faulty'; readonly faults: readonly ManifestFault[] }
  | { readonly type: 'newer'; readonly format: number }
  | { readonly type: 'other' };

/** The newest format that is read here. */
const NEWEST = 2;
/** Faults that are told. */
const MAX_TOLD = 1_000;

/**
 * Reads `bundle.json`, of format 2 or 1, which may be anybody's, and says all that is wrong with it.
 *
 * @internal
 */
export function inspectManifest(text: string): InspectedManifest {
  const value = parseBoundedJson(text);
  const format = parsed(object({ format: pipe(number(), integer(), minValue(1)) }), value)?.format;
  switch (format) {
    case undefined:
      return { type: 'other' };
    case 1: {
      const first = parsed(manifestFormat1, value);
      return first === undefined ? faulty(shapeFaults(manifestFormat1, value)) : judged(fromFormat1(first));
    }
    case NEWEST:
      return judged(value);
    default:
      return { type: 'newer', format };
  }
}

function judged(value: unknown): InspectedManifest {
  const manifest = parsed(manifestFormat2, value);
  if (manifest === undefined) return faulty(shapeFaults(manifestFormat2, value));
  const found = faulty(fileFaults(manifest));
  return found.faults.length === 0 ? { type: 'manifest', manifest } : found;
}

function faulty(found: Iterable<ManifestFault>): Extract<InspectedManifest, { type: 'faulty' }> {
  const faults: ManifestFault[] = [];
  for (const fault of found) {
    faults.push(fault);
    if (faults.length === MAX_TOLD) break;
  }
  return { type: 'faulty', faults };
}

/** Faults are looked for one by one afterwards: here each of millions would take memory. */
function parsed<T>(schema: GenericSchema<unknown, T>, value: unknown): T | undefined {
  const read = safeParse(schema, value, { abortEarly: true });
  return read.success ? read.output : undefined;
}
