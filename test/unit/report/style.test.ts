import { describe, expect, it } from 'vitest';
import { STYLE } from '../../../src/report/html/style.js';

/** WCAG 2.2, 1.4.3: of letters as large as these. */
const ENOUGH = 4.5;

type Colours = ReadonlyMap<string, string>;

/** The colours of each scheme. */
function schemes(): readonly Colours[] {
  return [...STYLE.matchAll(/:root \{([^}]*--ground[^}]*)\}/g)].map(
    ([, text = '']) =>
      new Map(
        [...text.matchAll(/--(\w+): (#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]),
      ),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('the style of a report', () => {
  it('has letters that can be read on everything that they stand on, light and dark', () => {
    expect(schemes()).toHaveLength(2);
    for (const colours of schemes())
      for (const ground of ['ground', 'panel'])
        for (const ink of ['ink', 'quiet', 'accent', 'bad', 'soon', 'good'])
          expect(
            contrast(colours.get(ink) ?? '', colours.get(ground) ?? ''),
            `${ink} on ${ground}`,
          ).toBeGreaterThan(ENOUGH);
  });

  it('stands in the document as it is: nothing in it is escaped', () => {
    expect(STYLE).not.toMatch(/[&<>"'\n]/);
    expect(STYLE).not.toMatch(/url\(|@import/);
  });
});
