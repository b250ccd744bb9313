import { concatOctets } from '../../text/octets.js';
import type { Manifest, ManifestHost } from './manifest.js';

/**
 * A manifest's text that grows host by host. The units of a large cluster name all of its members, so the hosts are by far the most of
 * it, and octets take less memory than the strings and objects that they are made of.
 *
 * @internal
 */
export interface ManifestWriter {
  readonly add: (host: ManifestHost) => void;
  /** The bytes of `bundle.json`, the hosts last. */
  readonly finish: (rest: Omit<Manifest, 'hosts'>) => Uint8Array;
}

const INDENT = 2;

/** @internal */
export function manifestWriter(): ManifestWriter {
  const encoder = new TextEncoder();
  const hosts: Uint8Array[] = [];
  return {
    add: (host) => {
      const text = JSON.stringify(host, undefined, INDENT).replaceAll('\n', '\n    ');
      hosts.push(encoder.encode(`${hosts.length === 0 ? '' : ','}\n    ${text}`));
    },
    finish: (rest) => {
      const head = JSON.stringify(rest, undefined, INDENT).slice(0, -'\n}'.length);
      return concatOctets(
        encoder.encode(`${head},\n  "hosts": [`),
        ...hosts.splice(0),
        encoder.encode('\n  ]\n}\n'),
      );
    },
  };
}
