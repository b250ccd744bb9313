import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CURVES } from '../../../src/x509/named-curve.js';
import { ATTRIBUTE_OID, OID } from '../../../src/x509/object-identifiers.js';

const src = fileURLToPath(new URL('../../../src', import.meta.url));
const TABLE = 'x509/object-identifiers.ts';
/** A dotted identifier in quotes, or its arcs as an array. An IPv4 address has four numbers, and no identifier here has so few. */
const DOTTED = /['"`][012](?:\.\d+){4,}['"`]|['"`]2\.5\.(?:4|29)\.\d+['"`]/;
const ARCS = /\[(?:1, ?2, ?840|1, ?3, ?(?:6|14|101|132)|2, ?5, ?(?:4|29)|2, ?16, ?840),/;

function filesWith(pattern: RegExp): readonly string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && pattern.test(codeOf(readFileSync(join(src, name), 'utf8'))))
    .map((name) => relative(src, join(src, name)));
}

function codeOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line))
    .join('\n');
}

describe('object identifiers', () => {
  it('stand in one file', () => {
    expect(filesWith(DOTTED)).toEqual([TABLE]);
    expect(filesWith(ARCS)).toEqual([]);
  });

  it('stand there once', () => {
    const all = [...Object.values(OID), ...Object.values(ATTRIBUTE_OID)];
    expect(all.filter((oid, index) => all.indexOf(oid) !== index)).toEqual([]);
  });

  it("bring OpenSSL's names of the curves into no other file than that of the curves", () => {
    for (const { openssl } of Object.values(CURVES))
      expect(filesWith(new RegExp(`\\b${openssl}['"\`]`)).filter((name) => name !== TABLE)).toEqual([
        'x509/named-curve.ts',
      ]);
  });
});
