import type { EtcdVersion } from '../../../cluster-spec.js';
import { parseEndpoint } from '../../../net/endpoint.js';
import { parseUrlList } from '../../../net/etcd-url.js';
import { parseHost } from '../../../net/host.js';
import { quoteValue } from '../../../text/quote-value.js';
import { CIPHER_SUITES } from '../../cipher-suites.js';
import { bindProblem } from '../../combinations/listeners.js';
import { describeSpan, isInSpan } from '../../release-span.js';
import { formatEtcdVersion } from '../../version.js';
import type { ItemForm, ListKind } from '../definition.js';
import { nearestName } from '../nearest-name.js';
import {
  CONTROL_CHARACTER,
  CONTROL_CHARACTER_REFUSAL,
  problem,
  type ReadValue,
  type Refusal,
  text,
} from './result.js';

const LOG_OUTPUTS: readonly string[] = ['default', 'stdout', 'stderr', 'systemd/journal'];

/**
 * Reads a list, or one string of values with commas, as the flag accepts it: joined with commas and nothing else, because etcd does
 * not trim spaces.
 *
 * @internal
 */
export function readList(name: string, kind: ListKind, value: unknown, version: EtcdVersion): ReadValue {
  const items = readItems(value);
  if (items === undefined) {
    const wrong = Array.isArray(value) ? value.find((item) => readItems([item]) === undefined) : undefined;
    return problem(
      'setting-not-a-list',
      wrong === undefined
        ? `${name} does not accept ${quoteValue(value)}.`
        : `${name} does not accept ${quoteValue(wrong)} for an entry.`,
      'Write a list of strings without commas, or one string with commas.',
    );
  }
  const seen = new Set<string>();
  const repeated = items.find((item) => seen.size === seen.add(item).size);
  if (repeated !== undefined) {
    return problem('repeated-entry', `${name} has ${quoteValue(repeated)} twice.`, 'Write each value once.');
  }
  if (items.length > 1 && !isInSpan(version, kind.many)) {
    return problem(
      'list-not-in-release',
      `${name} accepts one value in etcd ${formatEtcdVersion(version)}; it is a list in ${describeSpan(kind.many)}.`,
      'Write one value, or choose a newer patch release.',
    );
  }
  // "URL scheme must be http, https, unix, or unixs: *"
  if (kind.item === 'origin' && items.length > 1 && items.includes('*')) {
    return problem(
      'wildcard-not-alone',
      `${name} has other origins besides "*".`,
      'Write "*" alone, or leave it out.',
    );
  }
  for (const item of items) {
    const refusal = refuseItem(kind.item, item);
    if (refusal !== undefined)
      return problem(refusal.code, `${name} does not accept ${quoteValue(item)}.`, refusal.cure);
  }
  return text(items.join(','));
}

function readItems(value: unknown): readonly string[] | undefined {
  const items: readonly unknown[] =
    typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  const strings = items.filter((item) => typeof item === 'string').map((item) => item.trim());
  const usable =
    strings.length === items.length && strings.every((item) => item !== '' && !item.includes(','));
  return usable && strings.length > 0 ? strings : undefined;
}

/** What to write instead, where an item is not of the form. */
function refuseItem(form: ItemForm, item: string): Refusal | undefined {
  if (CONTROL_CHARACTER.test(item)) return CONTROL_CHARACTER_REFUSAL;
  switch (form) {
    case 'any':
      return undefined;
    case 'listen-url': {
      const isUrl = parseEndpoint(item) !== undefined;
      const [url] = parseUrlList(item).urls;
      return isUrl && url !== undefined && bindProblem('', url) === undefined
        ? undefined
        : {
            code: 'setting-not-a-listen-url',
            cure: 'Write scheme, IP address or localhost, and port: http://127.0.0.1:2382.',
          };
    }
    case 'origin':
      return item === '*' || parseEndpoint(item) !== undefined
        ? undefined
        : {
            code: 'setting-not-an-origin',
            cure: 'Write scheme, host and port and nothing else, such as https://example.org:443, or "*".',
          };
    case 'host':
      return item === '*' || parseHost(item) !== undefined
        ? undefined
        : { code: 'setting-not-a-host', cure: 'Write host names or IP addresses without ports, or "*".' };
    case 'cipher-suite': {
      if (CIPHER_SUITES.includes(item)) return undefined;
      const near = nearestName(item, CIPHER_SUITES);
      return {
        code: 'unknown-cipher-suite',
        cure: near === undefined ? "Write the names of Go's crypto/tls." : `Did you mean ${near}?`,
      };
    }
    case 'log-output':
      return LOG_OUTPUTS.includes(item) || item.startsWith('/')
        ? undefined
        : {
            code: 'unknown-log-output',
            cure: `Write ${LOG_OUTPUTS.join(', ')}, or the absolute path of a file.`,
          };
  }
}
