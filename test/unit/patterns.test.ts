import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkSync } from 'recheck';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { cacheFolder } from '../programs/programs.js';
import { isLong, sample } from '../support/long-tests.js';

const SRC = join(import.meta.dirname, '../../src');
/** Milliseconds for one pattern. The judge's other way, trying texts, depends on chance and on the machine. */
const PATIENCE = isLong ? 10_000 : 500;
/** Made of text that was escaped, and for messages of our own. */
const MADE = ['verify/group-findings.ts'];

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) =>
    ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true),
  );

function nodesOf<Found extends ts.Node>(
  is: (node: ts.Node) => node is Found,
): readonly { file: string; node: Found }[] {
  const found: { file: string; node: Found }[] = [];
  for (const source of sources) {
    const visit = (node: ts.Node): void => {
      if (is(node)) found.push({ file: source.fileName, node });
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** Patterns in which the judge of this version has found nothing on this machine: it takes minutes for all of them. */
const SOUND_BEFORE = join(cacheFolder(), `recheck-${packageJson.devDependencies.recheck}.json`);

function soundBefore(): ReadonlySet<string> {
  try {
    return new Set(JSON.parse(readFileSync(SOUND_BEFORE, 'utf8')));
  } catch {
    return new Set();
  }
}

function keepAsSound(texts: readonly string[]): void {
  const beside = `${SOUND_BEFORE}.${process.pid}`;
  mkdirSync(dirname(SOUND_BEFORE), { recursive: true });
  writeFileSync(beside, JSON.stringify(texts));
  renameSync(beside, SOUND_BEFORE);
}

/** What is wrong with a pattern; empty where nothing is found. */
function judge(text: string, patience = PATIENCE): string {
  const end = text.lastIndexOf('/');
  const judged = checkSync(text.slice(1, end), text.slice(end + 1), {
    timeout: patience,
    checker: 'automaton',
  });
  return judged.status === 'vulnerable' ? `${text}: ${judged.complexity.summary}` : '';
}

describe('regular expressions', () => {
  const patterns = nodesOf(ts.isRegularExpressionLiteral).map(({ node }) => node.text);

  beforeAll(() => {
    // The judge's own JavaScript: no process, and the same verdicts everywhere.
    process.env['RECHECK_BACKEND'] = 'pure';
  });

  it('are found, and the judge tells a bad one', { timeout: 150_000 }, () => {
    expect(patterns.length).toBeGreaterThan(300);
    // Its first verdict takes as long as its code takes to load.
    expect(judge('/\\/+$/', 60_000)).toContain('2nd degree');
    expect(judge('/^(a+)+$/', 60_000)).toContain('exponential');
  });

  it('take no more time than the length of a text', { timeout: 900_000 }, () => {
    const texts = sample([...new Set(patterns)], 20);
    const before = soundBefore();
    const verdicts = texts.map((text) => (before.has(text) ? '' : judge(text)));
    if (isLong) keepAsSound(texts.filter((_, index) => verdicts[index] === ''));
    expect(verdicts.filter((verdict) => verdict !== '')).toEqual([]);
  });

  it('are written in the source, and not made of what others wrote', () => {
    const made = nodesOf(ts.isNewExpression).filter(({ node }) => node.expression.getText() === 'RegExp');
    expect([...new Set(made.map(({ file }) => file))]).toEqual(MADE);
  });
});

/** Calls that get their arguments from a list whose length others decide end the stack at a hundred thousand. */
describe('lists', () => {
  const TAKES_MANY =
    /(?:\.(?:push|unshift|splice|concat)|Math\.(?:max|min)|\.apply|fromCharCode|fromCodePoint)$/;
  /** A pair, a slice, a label, one key, nine usages, the releases of etcd, one arc. */
  const BOUNDED = [
    'ends.push(...pair)',
    'String.fromCharCode(...codes)',
    'String.fromCharCode(...codes.slice(start, start + AT_ONCE))',
    'String.fromCharCode(...letters)',
    'String.fromCharCode(...publicKey)',
    'Math.max(...bits)',
    'Math.min(...spans.map((span) => firstPatch(release, span) ?? Number.POSITIVE_INFINITY))',
    'octets.push(...base128(arcs[index] ?? 0))',
  ];

  it('are not spread into calls unless their length is known', () => {
    const calls = nodesOf(ts.isCallExpression)
      .filter(
        ({ node }) => node.arguments.some(ts.isSpreadElement) && TAKES_MANY.test(node.expression.getText()),
      )
      .map(({ node }) => node.getText());
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter((call) => !BOUNDED.includes(call))).toEqual([]);
  });
});
