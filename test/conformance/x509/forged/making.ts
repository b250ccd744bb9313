import type { KeyObject } from 'node:crypto';
import { type Part, sequence } from '../bytes.js';
import {
  altNames,
  type CertificateParts,
  type Forged,
  forgeLeaf,
  LEAF_EXTENSIONS,
  LEAF_NAMES,
  name,
  spki,
} from '../forge.js';

export interface ForgedCase {
  readonly name: string;
  readonly make: () => Pick<Forged, 'certificate' | 'key'>;
}

export function leaf(
  title: string,
  parts: Partial<CertificateParts> | (() => Partial<CertificateParts>),
): ForgedCase {
  return { name: title, make: () => forgeLeaf(typeof parts === 'function' ? parts() : parts) };
}

/** With these names instead of the sound ones. */
export function named(title: string, ...names: readonly Part[]): ForgedCase {
  return leaf(title, { extensions: [...LEAF_EXTENSIONS, altNames(...names)] });
}

/** With one more extension. */
export function extended(title: string, ...more: readonly Part[]): ForgedCase {
  return leaf(title, { extensions: [...LEAF_EXTENSIONS, LEAF_NAMES, ...more] });
}

/** With this extension instead of the one it stands for. */
export function instead(title: string, of: Buffer, other: Part): ForgedCase {
  return leaf(title, {
    extensions: [...LEAF_EXTENSIONS, LEAF_NAMES].map((sound) => (sound === of ? other : sound)),
  });
}

export function validity(title: string, notBefore: Part, notAfter: Part): ForgedCase {
  return leaf(title, { validity: sequence(notBefore, notAfter) });
}

export function subject(title: string, ...parts: readonly Part[]): ForgedCase {
  return leaf(title, { subject: name(...parts) });
}

export function key(title: string, make: () => KeyObject, publicKey: (sound: Buffer) => Part): ForgedCase {
  return {
    name: title,
    make: () => {
      const own = make();
      return forgeLeaf({ publicKey: publicKey(spki(own)) }, own);
    },
  };
}
