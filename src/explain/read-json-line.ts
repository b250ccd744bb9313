import { type JsonObject, objectOf, textOf } from './json-object.js';
import { type LogLevel, type LogLine, levelNamed, makeLogLine } from './log-line.js';

/** Reads a text that an object carries. */
type ReadText = (text: string, level: LogLevel | undefined) => readonly LogLine[];

const MAX_FIELDS = 64;
const MAX_DEPTH = 4;
const MAX_ITEMS = 200;
/** Texts that say nothing about what is wrong. */
const SKIPPED_FIELDS = new Set([
  'level',
  'ts',
  'time',
  '@timestamp',
  'timestamp',
  'caller',
  'logger',
  'stacktrace',
  'stack',
  'msg',
  'message',
  'error',
  'args',
]);
/** Where systemd, container runtimes, collectors and Ansible keep what was said, the telling ones first. */
const CARRIERS = [
  'MESSAGE',
  'stderr',
  'module_stderr',
  'log',
  'message',
  'Message',
  'line',
  'textPayload',
  'stdout',
  'module_stdout',
  'msg',
  'body',
  'content',
  'text',
  'original',
  'error',
];
/** Where collectors keep objects that hold one of these. */
const ENVELOPES = [
  '_source',
  'jsonPayload',
  'event',
  'fields',
  'hits',
  'logEvents',
  'entries',
  'items',
  'results',
  'data',
  'result',
  'failed',
];
const SEVERITIES = ['level', 'log.level', 'severity', 'lvl', 'LogLevel', '@level'];

/**
 * Reads an object: zap's own, or what carries other lines.
 *
 * @internal
 */
export function readJsonLine(
  json: JsonObject,
  outer: LogLevel | undefined,
  readText: ReadText,
): readonly LogLine[] {
  if (isCfsslError(json))
    return [makeLogLine('error', [textOf(json.get('message')) ?? '', `"code":${textOf(json.get('code'))}`])];
  return isMessage(json) ? [messageOf(json)] : carried(json, outer, readText, 0);
}

/**
 * A line of zap, or of what writes like it.
 *
 * @internal
 */
export function messageOf(json: JsonObject): LogLine {
  const fields = new Map<string, string>();
  for (const [name, value] of json) {
    const text = textOf(value);
    if (text !== undefined && fields.size < MAX_FIELDS) fields.set(name, text);
  }
  const others = [...fields].flatMap(([name, value]) => (SKIPPED_FIELDS.has(name) ? [] : [value]));
  const message = fields.get('msg') ?? fields.get('message') ?? '';
  return makeLogLine(levelOf(json), [message, fields.get('error') ?? '', ...others], fields);
}

/** `{"code":5100,"message":"Invalid policy: no key usage available"}` (cfssl `errors/error.go`): thousands tell the kind. */
function isCfsslError(json: JsonObject): boolean {
  return json.size === 2 && /^\d{4,5}$/.test(textOf(json.get('code')) ?? '') && json.has('message');
}

function isMessage(json: JsonObject): boolean {
  const message = json.get('msg') ?? json.get('message');
  if (typeof message !== 'string' || message.trimStart().startsWith('{')) return false;
  return typeof json.get('level') === 'string' && levelOf(json) !== undefined;
}

function carried(
  json: JsonObject,
  outer: LogLevel | undefined,
  readText: ReadText,
  depth: number,
): readonly LogLine[] {
  if (depth > MAX_DEPTH) return [];
  const level = levelOf(json) ?? outer;
  const texts = CARRIERS.map((name) => ({ name, text: textOf(json.get(name)) ?? '' })).filter(
    ({ text }) => text.trim() !== '',
  );
  const lines = texts.flatMap(({ name, text }) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(0, MAX_ITEMS)
      // Ansible's own words say nothing where those of the command are there, and what follows a first line explains it.
      .flatMap((line, index) =>
        readText(line, name === 'msg' && texts.length > 1 ? 'info' : index === 0 ? level : undefined),
      ),
  );
  const nested = ENVELOPES.flatMap((name) => inside(json.get(name))).flatMap((object) =>
    isMessage(object) ? [messageOf(object)] : carried(object, level, readText, depth + 1),
  );
  return [...lines, ...nested];
}

function inside(value: unknown): readonly JsonObject[] {
  const values: readonly unknown[] = Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [value];
  return values.flatMap((item) => objectOf(item) ?? []);
}

function levelOf(json: JsonObject): LogLevel | undefined {
  for (const name of SEVERITIES) {
    const level = levelNamed(textOf(json.get(name)) ?? '');
    if (level !== undefined) return level;
  }
  const nested = objectOf(json.get('log'))?.get('level');
  if (typeof nested === 'string') return levelNamed(nested);
  const priority = Number(textOf(json.get('PRIORITY')) ?? 'NaN');
  if (Number.isNaN(priority) || priority > 4) return undefined;
  return priority <= 3 ? 'error' : 'warning';
}
