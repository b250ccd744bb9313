import type { Manifest, ManifestCertificate, ManifestHost } from './manifest.js';

/**
 * Where the text of a list waits, as UTF-8, until the manifest is finished.
 *
 * @internal
 */
export interface TextStore {
  readonly write: (text: string) => void;
  /** Octets that stand at several places. */
  readonly insert: (octets: Uint8Array) => void;
  /** All of it, which may be asked for again; a piece holds until the next one is taken. */
  readonly pieces: () => Iterable<Uint8Array>;
}

/**
 * A manifest's text that grows host by host. Hosts and certificates are by far the most of it, and octets take less memory than the
 * strings and objects that they are made of.
 *
 * @internal
 */
export interface ManifestWriter {
  readonly addHost: (host: ManifestHost) => void;
  readonly addCertificate: (certificate: ManifestCertificate) => void;
  /** The bytes of `bundle.json`, the hosts last, in pieces that may be read again, each until the next one: joined, they would be the largest thing that is held. */
  readonly finish: (frame: ManifestFrame) => Iterable<Uint8Array>;
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
/** Octets of a piece: small enough for a small cluster, and large enough for the pieces of a large one to be few. */
const PIECE = 2 ** 16;

/**
 * @param repeated - a text that many files have in them, as the units of a large cluster name all of its members: it is held once
 * @param openStore - for hosts and for certificates; memory by default
 * @internal
 */
export function manifestWriter(repeated: string, openStore: () => TextStore = textInMemory): ManifestWriter {
  const hosts = listWriter(repeated, openStore());
  const certificates = listWriter(repeated, openStore());
  return {
    addHost: hosts.add,
    addCertificate: certificates.add,
    finish: ({ document, ...head }) => {
      const encoder = new TextEncoder();
      const opening = JSON.stringify(head, undefined, INDENT).slice(0, -'\n}'.length);
      certificates.finish();
      hosts.finish();
      return {
        *[Symbol.iterator]() {
          yield encoder.encode(`${opening},\n  "certificates": `);
          yield* certificates.pieces();
          yield encoder.encode(`,\n  "document": ${JSON.stringify(document)},\n  "hosts": `);
          yield* hosts.pieces();
          yield encoder.encode('\n}\n');
        },
      };
    },
  };
}

interface ListWriter extends Pick<TextStore, 'pieces'> {
  readonly add: (item: ManifestHost | ManifestCertificate) => void;
  readonly finish: () => void;
}

function listWriter(repeated: string, text: TextStore): ListWriter {
  const quoted = JSON.stringify(repeated).slice(1, -1);
  const between = new TextEncoder().encode(quoted);
  let isEmpty = true;
  return {
    add: (item) => {
      const json = JSON.stringify([[item]], undefined, INDENT).slice(OPENING.length, -CLOSING.length);
      const [first = '', ...others] = quoted === '' ? [json] : json.split(quoted);
      text.write(`${isEmpty ? '[' : ','}\n`);
      text.write(first);
      for (const other of others) {
        text.insert(between);
        text.write(other);
      }
      isEmpty = false;
    },
    finish: () => {
      text.write(isEmpty ? '[]' : '\n  ]');
    },
    pieces: text.pieces,
  };
}

/** Octets of many short texts share one buffer; what is inserted is held once. */
function textInMemory(): TextStore {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  /** What is left of the buffer, and how much of it is written. */
  let rest = new Uint8Array();
  let written = 0;
  const cut = (): void => {
    if (written > 0) pieces.push(rest.subarray(0, written));
    rest = rest.subarray(written);
    written = 0;
  };
  return {
    write: (text) => {
      for (let at = 0; at < text.length; ) {
        const taken = encoder.encodeInto(at === 0 ? text : text.slice(at), rest.subarray(written));
        at += taken.read;
        written += taken.written;
        if (at === text.length) return;
        cut();
        rest = new Uint8Array(PIECE);
      }
    },
    insert: (octets) => {
      cut();
      pieces.push(octets);
    },
    pieces: () => {
      cut();
      return pieces;
    },
  };
}
