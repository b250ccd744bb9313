import type { MessageRole } from './known-message.js';

/**
 * The informative parts of a journal line.
 *
 * @internal
 */
export interface LogLine {
  /** Undefined where the line does not say. */
  readonly level: LogLevel | undefined;
  /** The message first, then its error, then other texts of the line. */
  readonly segments: readonly string[];
  readonly fields: ReadonlyMap<string, string>;
  readonly role: MessageRole | undefined;
}

/** @internal */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

const ZAP_LEVELS: Readonly<Record<string, LogLevel>> = {
  debug: 'debug',
  info: 'info',
  warn: 'warning',
  error: 'error',
  dpanic: 'error',
  panic: 'error',
  fatal: 'error',
};
const CAPNSLOG_LEVELS: Readonly<Record<string, LogLevel>> = {
  C: 'error',
  E: 'error',
  W: 'warning',
  N: 'info',
  I: 'info',
  D: 'debug',
  T: 'debug',
};
/** Of a longer line only the beginning is read. */
const MAX_LINE = 16_384;
const MAX_FIELDS = 64;
/** Texts that say nothing about what is wrong. */
const SKIPPED_FIELDS = new Set([
  'level',
  'ts',
  'caller',
  'logger',
  'stacktrace',
  'stack',
  'msg',
  'error',
  'args',
]);
const JOURNAL_PREFIXES: readonly RegExp[] = [
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? \S{1,256} [^\s:]{1,256}: /,
  /^(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d| [A-Z]{2,5}) \S{1,256} [^\s:]{1,256}\[\d+\]: /,
  /^(?:\[ *\d+\.\d+\]|\d+\.\d+) \S{1,256} [^\s:]{1,256}\[\d+\]: /,
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] /,
];
const CAPNSLOG = /^(.{0,120}?)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} ([CEWNIDT]) \| (?:[\w/.-]+: )?(.*)$/s;
const ZAP_CONSOLE = /\t(debug|info|warn|error|dpanic|panic|fatal)\t/i;
const GRPC = /(?:^|\s)(INFO|WARNING|ERROR|FATAL): (?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?\[/;
const PLAIN_ERROR = /^(?:Error: |error: |panic: |fatal error: |FATAL|\[ERROR\])/;
/** etcd 3.4 puts the fields of a rejected connection into the message. */
const REJECTED = /rejected connection from "([^"]*)"/;
const INCOMING = /rejected connection/;
const OUTGOING =
  /prober detected unhealthy|health check for peer|handshake failed|failed to dial|peer became inactive|unary invoker failed|stream(?:ing)? invoker failed|createTransport failed|Error while dialing|get cluster response|failed to reach the peer|Get \\?"https?:/;

/**
 * Reads a line as etcd and etcdctl write them, bare or with what journalctl, kubectl and container runtimes put before them: zap's
 * JSON and console forms, capnslog (etcd 3.4), gRPC's own, and plain text.
 *
 * @internal
 */
export function readLogLine(line: string): LogLine {
  const text = stripEnd(line.slice(0, MAX_LINE));
  const start = text.indexOf('{"');
  const json = start < 0 ? undefined : parseObject(text.slice(start));
  if (json !== undefined) return fromJson(json);
  const bare = withoutPrefix(text);
  const [, before = '', letter, rest = ''] = CAPNSLOG.exec(bare) ?? [];
  if (letter !== undefined && before.length < 120)
    return logLine(CAPNSLOG_LEVELS[letter], [rest.replaceAll('\\"', '"')], new Map(rejectedFrom(rest)));
  const console = ZAP_CONSOLE.exec(bare)?.[1];
  if (console !== undefined) return fromConsole(bare, ZAP_LEVELS[console.toLowerCase()]);
  const grpc = GRPC.exec(bare)?.[1];
  if (grpc !== undefined)
    return logLine(grpc === 'INFO' ? 'info' : grpc === 'WARNING' ? 'warning' : 'error', [bare]);
  const cut = /"level":"(\w+)"/.exec(bare)?.[1];
  const unescaped = bare.replaceAll('\\"', '"');
  if (cut !== undefined) return logLine(ZAP_LEVELS[cut], [unescaped], rawFields(bare));
  return logLine(PLAIN_ERROR.test(bare) ? 'error' : undefined, [unescaped], new Map(rejectedFrom(bare)));
}

function fromJson(json: ReadonlyMap<string, unknown>): LogLine {
  const inner = textOf(json.get('MESSAGE')) ?? textOf(json.get('log'));
  if (inner !== undefined && !json.has('msg')) {
    const line = readLogLine(inner);
    const priority = Number(textOf(json.get('PRIORITY')) ?? 'NaN');
    return line.level === undefined && priority <= 4
      ? { ...line, level: priority <= 3 ? 'error' : 'warning' }
      : line;
  }
  const fields = new Map<string, string>();
  for (const [name, value] of json) {
    const text = textOf(value);
    if (text !== undefined && fields.size < MAX_FIELDS) fields.set(name, text);
  }
  const others = [...fields].flatMap(([name, value]) => (SKIPPED_FIELDS.has(name) ? [] : [value]));
  const level = ZAP_LEVELS[fields.get('level')?.toLowerCase() ?? ''];
  return logLine(level, [fields.get('msg') ?? '', fields.get('error') ?? '', ...others], fields);
}

function fromConsole(text: string, level: LogLevel | undefined): LogLine {
  const columns = text.split('\t');
  const json = parseObject(columns.at(-1) ?? '');
  if (json === undefined) return logLine(level, [columns.slice(3).join(' ')]);
  const merged = new Map<string, unknown>([...json, ['msg', columns.at(-2) ?? '']]);
  return { ...fromJson(merged), level };
}

function logLine(
  level: LogLevel | undefined,
  segments: readonly string[],
  fields: ReadonlyMap<string, string> = new Map(),
): LogLine {
  const all = segments.slice(0, 2).join(' ');
  const role = INCOMING.test(all) ? 'incoming' : OUTGOING.test(all) ? 'outgoing' : undefined;
  return { level, segments: segments.filter((segment) => segment !== ''), fields, role };
}

function withoutPrefix(text: string): string {
  for (const prefix of JOURNAL_PREFIXES) {
    const found = prefix.exec(text)?.[0];
    if (found !== undefined) return text.slice(found.length);
  }
  return text;
}

function rejectedFrom(text: string): readonly (readonly [string, string])[] {
  const address = REJECTED.exec(text)?.[1];
  return address === undefined ? [] : [['remote-addr', address]];
}

/** Fields of a JSON line that was cut. */
function rawFields(text: string): ReadonlyMap<string, string> {
  const fields = [...text.matchAll(/"([a-z-]{1,40})":"([^"\\]{0,400})"/g)].slice(0, MAX_FIELDS);
  return new Map(fields.map(([, name = '', value = '']) => [name, value]));
}

function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  const end = text.lastIndexOf('}');
  if (end < 0) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(0, end + 1));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Map(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

/** journalctl prints a message that is not UTF-8 as an array of octets. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return undefined;
  if (value.length > 0 && value.every((item) => typeof item === 'number'))
    return new TextDecoder().decode(Uint8Array.from(value));
  return value.filter((item) => typeof item === 'string').join(', ');
}

function stripEnd(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
