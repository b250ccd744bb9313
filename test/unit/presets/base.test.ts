import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { base } from '../../../src/presets/base.js';
import { presets } from '../../../src/presets/presets.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(root, 'docs/document.md'), 'utf8');

/** Every key that has a scalar for its default, by its path in the document. */
const defaults: readonly (readonly [string, string])[] = Object.entries(base).flatMap(([part, keys]) =>
  leaves(keys).map(([key, value]) => [`${part}.${key}`, value] as const),
);

function leaves(map: object, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(map).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'directives' || Array.isArray(value)) return [];
    return typeof value === 'object' && value !== null
      ? leaves(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(value)] as const];
  });
}

/** The row of a key in its part's table, its defaults by the key's place among those that share the row. */
function documented(path: string): string | undefined {
  const [part = '', ...rest] = path.split('.');
  const section =
    part === 'cluster' ? page : (page.split(/^## /m).find((text) => text.startsWith(`${part}\n`)) ?? '');
  const key = part === 'cluster' ? path : rest.join('.');
  const row = section
    .split('\n')
    .find((line) => line.startsWith('|') && line.split('|')[1]?.includes(`\`${key}\``));
  const [, keys = '', values = ''] = row?.split('|') ?? [];
  const at = keys.split(',').findIndex((cell) => cell.trim() === `\`${key}\``);
  return keys.includes(',') ? values.split(',')[at]?.trim() : values.trim();
}

describe('the defaults of the document', () => {
  it('are many', () => {
    expect(defaults.length).toBeGreaterThan(15);
  });

  it.each(defaults)('%s: %s is what docs/document.md says', (path, value) => {
    const said = documented(path)?.replaceAll('"', '');
    expect(said === 'by preset' || said?.startsWith(`\`${value}\``), `${path}: ${said}`).toBe(true);
  });

  it('stand in one file', () => {
    /** Not the names of a choice, which the schema has to list. */
    const telling = defaults
      .map(([, value]) => value)
      .filter((value) => value.length > 3 && /^[\d/]|cluster/.test(value));
    const again = ['document', 'cli'].flatMap((folder) =>
      readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => {
          const text = readFileSync(join(root, 'src', folder, name), 'utf8').replace(
            /^\s*(?:\/?\*|\/\/).*$/gm,
            '',
          );
          const literals = telling.filter((value) => new RegExp(`['"\`]${value}['"\`]`).test(text));
          const fallbacks = text.match(/\bdocument\.[\w.?]+ \?\? (?:['"`\d]|true|false)\S*/g) ?? [];
          return [...literals, ...fallbacks].map((found) => `${folder}/${name}: ${found}`);
        }),
    );
    expect(telling.length).toBeGreaterThan(5);
    expect(again).toEqual([]);
  });

  it('are not written again by a preset', () => {
    const again = Object.entries(presets).flatMap(([name, { document }]) =>
      Object.entries(document).flatMap(([part, keys]) =>
        leaves(keys ?? {})
          .filter(([key, value]) =>
            defaults.some(([path, known]) => path === `${part}.${key}` && known === value),
          )
          .map(([key]) => `${name}: ${part}.${key}`),
      ),
    );
    expect(again).toEqual([]);
  });
});
