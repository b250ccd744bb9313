import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { explainMessage } from '../../../src/explain/diagnosis.js';

const src = join(import.meta.dirname, '../../../src');
/** Names of fields and constants that hold what etcd says. */
const QUOTING = /^(?:etcdSays|says|poolFault|initialClusterFault)$/;
const QUOTED = /etcd (?:\S+ )?says:? ("(?:[^"]|"[a-z]+")*"|`[^`]*`|[^".]+)/g;
const GO = /^(?:x509|tls|crypto\/\w+|http2|transport|listen tcp|dial tcp): /;
const VALUE = '10.0.0.1';
/** What verify puts before a quoted text. */
const WRAPPERS = ['rejected connection on client endpoint: '];
/** Too short to tell anything by itself: the rest is put together elsewhere. */
const SHORTEST = 12;

interface Quoted {
  readonly file: string;
  readonly text: string;
}

const quoted = files().flatMap(textsOf);

it('finds what our code quotes', () => {
  expect(quoted.length).toBeGreaterThan(110);
  for (const text of [
    'client certificate authentication failed',
    'has duplicate url',
    'x509: malformed tbs certificate',
  ])
    expect(quoted.map((one) => one.text).some((one) => one.includes(text))).toBe(true);
});

it.each(quoted)('knows "$text" of $file', ({ text }) => {
  const { explanations, unknown } = explainMessage(text);
  expect(unknown).toEqual([]);
  expect(explanations.length).toBeGreaterThan(0);
});

function files(): readonly string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('explain'))
    .sort();
}

function textsOf(file: string): readonly Quoted[] {
  const tree = ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const texts = new Set<string>();
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined) {
      if (GO.test(text)) texts.add(text);
      for (const [, said = ''] of text.matchAll(QUOTED)) texts.add(said.replace(/^["`]|["`]$/g, ''));
    }
    if ((ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && ts.isIdentifier(node.name)) {
      const said = node.initializer;
      if (QUOTING.test(node.name.text) && said !== undefined)
        for (const one of literalsIn(said)) texts.add(one);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return [...texts]
    .filter((text) => !WRAPPERS.includes(text.replaceAll(VALUE, '')))
    .filter((text) => text.replaceAll(VALUE, '').replace('[key: , cert: ]', '').length >= SHORTEST)
    .map((text) => ({ file, text }));
}

/** The literals that an expression gives, on each way through its conditions. */
function literalsIn(node: ts.Expression): readonly string[] {
  if (ts.isConditionalExpression(node)) return [...literalsIn(node.whenTrue), ...literalsIn(node.whenFalse)];
  const text = textOf(node);
  return text === undefined ? [] : [text];
}

/** A text with values in the place of what is filled in. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const parts = node.templateSpans.map(
    ({ expression, literal }) =>
      `${/variable/i.test(expression.getText()) ? 'ETCD_NAME' : VALUE}${literal.text}`,
  );
  return [node.head.text, ...parts].join('');
}
