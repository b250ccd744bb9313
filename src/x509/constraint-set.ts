import { hexadecimal } from '../text/hexadecimal.js';

/**
 * Every address that agrees with this one where the mask has ones.
 *
 * @public
 */
export interface IpRange {
  /** 4 or 16 octets in network order; what the mask leaves out may be anything. */
  readonly address: Uint8Array;
  /** As many octets: ones, then zeros. */
  readonly mask: Uint8Array;
  /** `10.0.0.0/8` */
  readonly text: string;
}

/**
 * Name constraints of one kind, sorted so that a name is checked against one of them instead of all: a file has room for 100,000 of
 * each (Go `crypto/x509/constraints.go`, nameConstraintsSet).
 *
 * @internal
 */
export interface ConstraintSet<T> {
  readonly isEmpty: boolean;
  /** The widest one that a name falls under, as Go finds it; undefined where there is none. */
  readonly find: (name: T) => string | undefined;
}

interface Entry {
  readonly key: string;
  readonly text: string;
}

interface RangeEntry extends Entry {
  readonly range: IpRange;
}

/**
 * Constraints on DNS names: a domain includes what is below it, one with a leading dot only that, an empty one everything.
 *
 * @param kind - with `excluded` a wildcard also matches the names that it covers
 * @internal
 */
export function domainSet(
  constraints: readonly string[],
  kind: 'permitted' | 'excluded',
): ConstraintSet<string> {
  const isEmpty = constraints.length === 0;
  if (constraints.includes('')) return { isEmpty, find: () => '' };
  const set = pruned(
    constraints.map((text) => ({ key: domainKey(text), text })),
    (wide, { key }) => isBelow(key, wide),
  );
  const parents =
    kind === 'permitted'
      ? new Map<string, string>()
      : new Map(set.map(({ text }) => [withoutFirstLabel(text), text.toLowerCase()]));
  // A single label is not the parent of a wildcard.
  parents.delete('');
  return {
    isEmpty,
    find: (name) => {
      const key = domainKey(name);
      const near = nearest(set, key);
      if (near !== undefined && (near.key === key || isBelow(key, near))) return near.text;
      return name.startsWith('*') ? parents.get(withoutFirstLabel(name)) : undefined;
    },
  };
}

/**
 * Constraints on mailboxes: one of them, or all of a domain.
 *
 * @internal
 */
export function mailboxSet(
  constraints: readonly string[],
  kind: 'permitted' | 'excluded',
): ConstraintSet<string> {
  const mailboxes = new Set(constraints.filter((text) => text.includes('@')).map(mailboxKey));
  const domains = domainSet(
    constraints.filter((text) => !text.includes('@')),
    kind,
  );
  return {
    isEmpty: constraints.length === 0,
    find: (address) => {
      const key = mailboxKey(address);
      return mailboxes.has(key) ? key : domains.find(key.slice(key.lastIndexOf('@') + 1));
    },
  };
}

/**
 * A mailbox as it is compared: of the two parts the domain has no case.
 *
 * @internal
 */
export function mailboxKey(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

/**
 * Constraints on addresses of 4 or 16 octets.
 *
 * @internal
 */
export function rangeSet(ranges: readonly IpRange[]): ConstraintSet<Uint8Array> {
  const ofLength = (length: number): readonly RangeEntry[] =>
    pruned(
      ranges
        .filter(({ address }) => address.length === length)
        .map((range) => ({ key: hexadecimal(range.address), text: range.text, range })),
      (wide, { range }) => contains(wide.range, range.address) && contains(wide.range, lastOf(range)),
      ({ range }) => hexadecimal(range.mask),
    );
  const sets = new Map([4, 16].map((length) => [length, ofLength(length)]));
  return {
    isEmpty: ranges.length === 0,
    find: (octets) => {
      const near = nearest(sets.get(octets.length) ?? [], hexadecimal(octets));
      return near !== undefined && contains(near.range, octets) ? near.text : undefined;
    },
  };
}

/** In order, without those that the one before covers. */
function pruned<T extends Entry>(
  entries: readonly T[],
  covers: (wide: T, narrow: T) => boolean,
  second: (entry: T) => string = () => '',
): readonly T[] {
  const kept: T[] = [];
  const ordered = [...entries].sort((a, b) => order(a.key, b.key) || order(second(a), second(b)));
  for (const entry of ordered) {
    const last = kept.at(-1);
    if (last === undefined || !(last.key === entry.key || covers(last, entry))) kept.push(entry);
  }
  return kept;
}

/** The one with this key, or else the last before it, or else the first. */
function nearest<T extends Entry>(set: readonly T[], key: string): T | undefined {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (order(set[middle]?.key ?? '', key) < 0) low = middle + 1;
    else high = middle;
  }
  return set[low]?.key === key ? set[low] : set[Math.max(low - 1, 0)];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** From the end, without case, the dot before everything else, so that what is below a domain follows it at once. */
function domainKey(name: string): string {
  return Array.from(name.toLowerCase(), (character) => (character === '.' ? '\0' : character))
    .reverse()
    .join('');
}

function isBelow(key: string, wide: Entry): boolean {
  return key.startsWith(wide.key) && (wide.text.startsWith('.') || key.charAt(wide.key.length) === '\0');
}

function withoutFirstLabel(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot).toLowerCase();
}

function contains({ address, mask }: IpRange, octets: Uint8Array): boolean {
  return octets.every((octet, index) => ((octet ^ (address[index] ?? 0)) & (mask[index] ?? 0)) === 0);
}

function lastOf({ address, mask }: IpRange): Uint8Array {
  return address.map((octet, index) => octet | (~(mask[index] ?? 0) & 0xff));
}
