import { derKeyAt, publicLengthAt } from './der-key.js';
import {
  base64Digits,
  type Digits,
  hexadecimalDigits,
  isBase64Digit,
  namedOctets,
  numberEnd,
  numberedOctets,
  octetsOf,
  rowEnds,
} from './digits.js';
import { keyLabels } from './label.js';
import { secretMembers } from './members.js';
import { readingsOf } from './readings.js';
import { respellingsOf } from './respellings.js';
import { characterLength, textOfOctets } from './text-octets.js';
import { readUnits, UNSEEN, type Units } from './units.js';

/**
 * A part of a text, in its units.
 *
 * @internal
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** @internal */
export interface KeySpan extends Span {
  /**
   * What of the span is the key's: every unit; every word; where the end of the key is not known, words up to the first plain one;
   * between two labels, words but plain ones; behind a label alone, words up to the first plain one, if any.
   */
  readonly extent: 'every-unit' | 'whole' | 'cut' | 'between-labels' | 'behind-label';
}

/** @internal */
export interface FoundKeys {
  readonly units: Units;
  readonly keys: readonly KeySpan[];
  /** Certificates, requests, CRLs and public keys. */
  readonly publics: readonly Span[];
}

interface Budget {
  /** Units that may still be looked at in what was decoded. */
  left: number;
}

const SEQUENCE = 0x30;
const OPENSSH = [...'openssh-key-v1\0'].map((letter) => letter.charCodeAt(0));
/** A key in Base64 within the Base64 of a file within that of a Secret. */
const DEEPEST = 3;
/** Of fewer octets, or characters, no private key is made; what a message cut off may be shorter than a key. */
const SHORTEST_DER = 7;
const SHORTEST_TEXT = 20;
/** What is decoded comes to less than six times the text, and is seldom text in its turn. */
const WORK = 12;
const LEAST_WORK = 4096;
const CONTROL = /[\0-\x08]/;
/** Units behind a label in which NULs tell that letters stand apart, and those that a key without an end may have then. */
const [NEAR_LABEL, LONGEST_APART] = [256, 16_384];
const OCTETS = /[\x80-\xff]/;

/**
 * Looks for private keys by what they are made of, however they are written: DER as Base64, Base64url, Base32, Base85, hexadecimal digits,
 * octets as numbers, dumps or uuencoded, in one piece or over lines, strings and comments, also in what is encoded a second or third time;
 * labels of PEM; the secret members of a JSON Web Key. Takes time in proportion to the text.
 *
 * @internal
 */
export function findKeys(text: string): FoundKeys {
  return findIn(text, { left: Math.max(LEAST_WORK, text.length * WORK) }, 0);
}

function findIn(text: string, budget: Budget, depth: number): FoundKeys {
  const units = readUnits(text);
  const { codes } = units;
  const keys = [...labelledKeys(units), ...memberKeys(units)];
  const publics: Span[] = [];
  if (CONTROL.test(units.text)) for (const key of rawKeys(units)) keys.push(key);
  const named = namedOctets(codes);
  for (const digits of [
    base64Digits(codes),
    hexadecimalDigits(codes),
    numberedOctets(codes),
    ...(named === undefined ? [] : [named]),
  ]) {
    const phases = digits.bits === 6 ? 4 : 8 / digits.bits;
    for (let phase = 0; phase < phases; phase += 1) {
      const octets = octetsOf(digits, phase);
      if (octets.length < SHORTEST_DER) continue;
      if (digits.bits === 8) {
        for (const span of rowKeys(octets, codes, digits, digits === named)) keys.push(span);
      } else {
        for (const { from, to, isWhole } of derKeys(octets))
          keys.push({ ...inUnits({ from, to }, digits, phase), extent: isWhole ? 'whole' : 'cut' });
      }
      for (const span of encodedTexts(octets, budget, depth))
        keys.push({ ...inUnits(span, digits, phase), extent: digits.bits === 8 ? 'whole' : 'cut' });
      if (depth > 0 || digits.bits !== 6) continue;
      for (const span of publicValues(octets, codes, digits, phase)) publics.push(span);
    }
  }
  for (const key of readKeys(text, units, budget, depth)) keys.push(key);
  if (keys.length === 0) for (const key of respeltKeys(text, units, budget, depth)) keys.push(key);
  return { units, keys, publics };
}

/** In ways of writing that have an alphabet of their own: all that was read goes, from the key on. */
function* readKeys(text: string, units: Units, budget: Budget, depth: number): Generator<KeySpan> {
  for (const { octets, unitOf } of readingsOf(text, units)) {
    for (const { from, to, isWhole } of derKeys(octets))
      yield { from: unitOf(from), to: unitOf(isWhole ? to : octets.length), extent: 'every-unit' };
    for (const { from, to } of encodedTexts(octets, budget, depth))
      yield { from: unitOf(from), to: unitOf(to), extent: 'every-unit' };
  }
}

/** Where nothing was found otherwise: another spelling is like the text nearly everywhere. */
function* respeltKeys(text: string, units: Units, budget: Budget, depth: number): Generator<KeySpan> {
  if (depth >= DEEPEST) return;
  for (const respelt of respellingsOf(text, units)) {
    if (budget.left < respelt.text.length) continue;
    budget.left -= respelt.text.length;
    const found = findIn(respelt.text, budget, depth + 1);
    const placeOf = (unit: number): number => respelt.unitOf(found.units.starts[unit] ?? respelt.text.length);
    for (const { from, to } of found.keys)
      yield { from: placeOf(from), to: placeOf(to), extent: 'every-unit' };
    if (found.keys.length > 0) return;
  }
  // Octets of UTF-8 may have been escaped one by one.
  if (units.text === text || !OCTETS.test(units.text)) return;
  const octets = Uint8Array.from(units.codes, (code) => Math.min(code, 0xff));
  for (const span of encodedTexts(octets, budget, depth)) yield { ...span, extent: 'every-unit' };
}

/** From a label to the other, or as far as the text goes on like a key. */
function* labelledKeys({ text, codes }: Units): Generator<KeySpan> {
  const labels = keyLabels(text, codes);
  for (const [index, label] of labels.entries()) {
    const next = labels[index + 1];
    if (label.type === 'end') continue;
    const to = next?.from ?? codes.length;
    // Between letters that stand apart there are no words.
    const isApart = codes
      .subarray(label.to, Math.min(to, label.to + NEAR_LABEL))
      .some((code) => code === 0 || code === UNSEEN);
    if (next?.type === 'end') yield { from: label.to, to, extent: isApart ? 'every-unit' : 'between-labels' };
    else if (isApart)
      yield { from: label.to, to: Math.min(to, label.to + LONGEST_APART), extent: 'every-unit' };
    else yield { from: label.to, to, extent: 'behind-label' };
  }
}

function* memberKeys({ text }: Units): Generator<KeySpan> {
  for (const member of secretMembers(text)) yield { ...member, extent: 'cut' };
}

/** DER as it is, each octet a character; one that is cut ends with its line. */
function* rawKeys({ codes, starts }: Units): Generator<KeySpan> {
  const octets = Uint8Array.from(codes, (code) => Math.min(code, 0xff));
  for (const { from, to, isWhole } of derKeys(octets)) {
    const isEnd = (code: number, index: number): boolean =>
      code === 0x0a && (starts[from + index + 1] ?? 0) - (starts[from + index] ?? 0) === 1;
    const lineEnd = isWhole ? -1 : codes.subarray(from, to).findIndex(isEnd);
    yield { from, to: lineEnd < 0 ? to : from + lineEnd, extent: 'every-unit' };
  }
}

interface DerSpan extends Span {
  readonly isWhole: boolean;
}

function* derKeys(octets: Uint8Array): Generator<DerSpan> {
  for (let at = 0; at < octets.length; at += 1) {
    const key = octets[at] === SEQUENCE ? derKeyAt(octets, at) : undefined;
    if (key !== undefined)
      yield { from: at, to: Math.min(octets.length, at + key.length), isWhole: key.isWhole };
    else if (octets[at] === OPENSSH[0] && OPENSSH.every((octet, index) => octets[at + index] === octet))
      yield { from: at, to: octets.length, isWhole: false };
    if (key?.isWhole) at += key.length - 1;
  }
}

/** One that is cut, or does not say where it ends, ends with its row: a number alone does not look like a part of a key. */
function* rowKeys(
  octets: Uint8Array,
  codes: Uint16Array,
  digits: Digits,
  hasNames: boolean,
): Generator<KeySpan> {
  let ends: Int32Array | undefined;
  for (const { from, to, isWhole } of derKeys(octets)) {
    ends ??= rowEnds(codes, digits, hasNames);
    const end = isWhole ? to : Math.min(to, ends[from] ?? to);
    const last = digits.units[end - 1] ?? 0;
    yield { from: digits.units[from] ?? 0, to: numberEnd(codes, last), extent: 'whole' };
  }
}

/** Text among decoded octets that holds a key; UTF-16 has a zero beside each letter. */
function* encodedTexts(octets: Uint8Array, budget: Budget, depth: number): Generator<Span> {
  if (depth >= DEEPEST) return;
  for (let from = 0; from < octets.length; from += 1) {
    let to = from;
    for (let length = characterLength(octets, to); length > 0; length = characterLength(octets, to))
      to += length;
    if (to - from >= SHORTEST_TEXT && budget.left >= to - from) {
      budget.left -= to - from;
      if (findIn(textOfOctets(octets.subarray(from, to)), budget, depth + 1).keys.length > 0)
        yield { from, to };
    }
    from = to;
  }
}

/** Only where a run of digits begins: elsewhere a few octets would look like a certificate by chance. */
function* publicValues(
  octets: Uint8Array,
  codes: Uint16Array,
  digits: Digits,
  phase: number,
): Generator<Span> {
  for (let at = 0; at < octets.length; at += 3) {
    if (octets[at] !== SEQUENCE) continue;
    const unit = digits.units[phase + (at / 3) * 4] ?? 0;
    if (unit > 0 && isBase64Digit(codes, unit - 1)) continue;
    const length = publicLengthAt(octets, at);
    if (length === undefined) continue;
    yield inUnits({ from: at, to: Math.min(octets.length, at + length) }, digits, phase);
    at += Math.ceil(length / 3) * 3 - 3;
  }
}

/** The units whose digits make some octets, and the `0x` before the first. */
function inUnits({ from, to }: Span, { bits, units, isAfterPrefix }: Digits, phase: number): Span {
  const first = units[phase + Math.floor((from * 8) / bits)] ?? 0;
  const last = phase + Math.floor((to * 8 - 1) / bits);
  return {
    from: isAfterPrefix(first) ? first - 2 : first,
    to: (units[last] ?? units.at(-1) ?? 0) + 1,
  };
}
