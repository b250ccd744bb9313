import { concatOctets } from '../../text/octets.js';
import type { Manifest, ManifestCertificate, ManifestHost } from './manifest.js';

/**
 * A manifest's text that grows host by host. Hosts and certificates are by far the most of it, and octets take less memory than the
 * strings and objects that they are made of.
 *
 * @internal
 */
export interface ManifestWriter {
  readonly addHost: (host: ManifestHost) => void;
  readonly addCertificate: (certificate: ManifestCertificate) => void;
  /** The bytes of `bundle.json`, the hosts last. */
  readonly finish: (frame: ManifestFrame) => Uint8Array;
}

/**
 * What a manifest says besides its hosts and their certificates.
 *
 * @internal
 */
export type ManifestFrame = Omit<Manifest, 'certificates' | 'hosts'>;

const INDENT = 2;
/** What JSON.stringify writes around what lies in a list of a list, as deep as the items of a manifest. */
const OPENING = '[\n  [\n';
const CLOSING = '\n  ]\n]';

/**
 * @param repeated - a text that many files have in them, as the units of a large cluster name all of its members: it is held once
 * @internal
 */
export function manifestWriter(repeated: string): ManifestWriter {
  const hosts = listWriter(repeated);
  const certificates = listWriter(repeated);
  return {
    addHost: hosts.add,
    addCertificate: certificates.add,
    finish: ({ document, ...head }) => {
      const encoder = new TextEncoder();
      const opening = JSON.stringify(head, undefined, INDENT).slice(0, -'\n}'.length);
      return concatOctets(
        encoder.encode(`${opening},\n  "certificates": `),
        ...certificates.pieces(),
        encoder.encode(`,\n  "document": ${JSON.stringify(document)},\n  "hosts": `),
        ...hosts.pieces(),
        encoder.encode('\n}\n'),
      );
    },
  };
}

interface ListWriter {
  readonly add: (item: ManifestHost | ManifestCertificate) => void;
  /** The list, in the order in which its pieces come. */
  readonly pieces: () => readonly Uint8Array[];
}

function listWriter(repeated: string): ListWriter {
  const encoder = new TextEncoder();
  const quoted = JSON.stringify(repeated).slice(1, -1);
  const between = encoder.encode(quoted);
  const pieces: Uint8Array[] = [];
  return {
    add: (item) => {
      const text = JSON.stringify([[item]], undefined, INDENT).slice(OPENING.length, -CLOSING.length);
      const [first = '', ...others] = quoted === '' ? [text] : text.split(quoted);
      pieces.push(encoder.encode(`${pieces.length === 0 ? '[' : ','}\n${first}`));
      for (const other of others) pieces.push(between, encoder.encode(other));
    },
    pieces: () => (pieces.length === 0 ? [encoder.encode('[]')] : [...pieces, encoder.encode('\n  ]')]),
  };
}
