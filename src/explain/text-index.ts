/**
 * Finds which of many texts another one may hold, in one walk over it.
 *
 * @internal
 */
export type TextIndex = (text: string) => readonly number[];

const GRAM = 4;
const BYTE = 0xff;

/**
 * @param marks - texts to look for
 * @returns a function that gives, in order, the places of all marks that a text holds, and of some that it does not
 * @internal
 */
export function makeTextIndex(marks: readonly string[]): TextIndex {
  const byGram = new Map<number, number[]>();
  const short: number[] = [];
  marks.forEach((mark, place) => {
    if (mark.length < GRAM) {
      short.push(place);
      return;
    }
    const gram = gramOf(mark);
    const places = byGram.get(gram);
    if (places === undefined) byGram.set(gram, [place]);
    else places.push(place);
  });
  return (text) => {
    const grams = new Set<number>();
    let gram = 0;
    for (let index = 0; index < text.length; index += 1) {
      gram = ((gram << 8) | (text.charCodeAt(index) & BYTE)) >>> 0;
      if (index >= GRAM - 1 && byGram.has(gram)) grams.add(gram);
    }
    const places = [...grams].flatMap((found) => byGram.get(found) ?? []);
    return [...short, ...places].sort((a, b) => a - b);
  };
}

function gramOf(text: string): number {
  let gram = 0;
  for (let index = 0; index < GRAM; index += 1) gram = ((gram << 8) | (text.charCodeAt(index) & BYTE)) >>> 0;
  return gram;
}
