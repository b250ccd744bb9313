import { objectStart, parseObject } from './json-object.js';
import { splitPrefix } from './line-prefix.js';
import { type LogLevel, type LogLine, levelNamed, makeLogLine } from './log-line.js';
import { restorePlainText } from './plain-text.js';
import { messageOf, readJsonLine } from './read-json-line.js';

const CAPNSLOG_LEVELS: Readonly<Record<string, LogLevel>> = {
  C: 'error',
  E: 'error',
  W: 'warning',
  N: 'info',
  I: 'info',
  D: 'debug',
  T: 'debug',
};
const KLOG_LEVELS: Readonly<Record<string, LogLevel>> = {
  F: 'error',
  E: 'error',
  W: 'warning',
  I: 'info',
};
/** Of a longer line only the beginning is read. */
const MAX_LINE = 16_384;
const MAX_FIELDS = 64;
const MAX_DEPTH = 4;
const CAPNSLOG =
  /^(.{0,120}?)\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d\.\d{6} ([CEWNIDT]) \| (?:[\w/.-]{1,60}: )?(.*)$/s;
const KLOG = /(?:^|\s)([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6} {1,8}\d{1,10} [\w./-]{1,80}:\d{1,6}\] (.*)$/s;
const LOGRUS_LEVEL = /\blevel=(\w{4,8}) /;
/** Characters between a level and its message. */
const LOGRUS_BETWEEN = 200;
const LOGRUS_MESSAGE = /(?<!\w)msg=("(?:[^"\\]|\\.)*"?|\S{1,400})/s;
const LOGRUS_CONSOLE = /^(DEBU|INFO|WARN|ERRO|FATA|PANI)\[[^\]]{1,40}\] (.*)$/s;
const ZAP_CONSOLE = /\t(debug|info|warn|error|dpanic|panic|fatal)\t/i;
const GRPC = /(?:^|\s)(INFO|WARNING|ERROR|FATAL): (?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?\[/;
/** raft's own logger, as etcd 3.3 and 3.4 have it unless they log JSON. */
const RAFT = /(?:^|\s)raft\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d (DEBUG|INFO|WARN|ERROR|FATAL): (.*)$/s;
const PLAIN_ERROR =
  /^\s{0,20}(?:Error: |error: |panic: |fatal error: |fatal: \[|FATAL|\[ERROR\b|\[FATAL\]|error execution phase)/;
const ANSIBLE = /(?:FAILED!|UNREACHABLE!) =>\s*$/;
/** etcd 3.4 puts the fields of a rejected connection into the message. */
const REJECTED = /rejected connection from "([^"]*)"/;

/**
 * Reads a line as etcd, etcdctl, Kubernetes' programs and systemd write them, bare or with what journalctl, kubectl, container
 * runtimes and collectors of logs put around them. What carries several lines, as the output of a command in Ansible's, gives several.
 *
 * @internal
 */
export function readLogLines(line: string): readonly LogLine[] {
  return read(restorePlainText(stripEnd(line.slice(0, MAX_LINE))), undefined, 0);
}

function logrus(text: string): readonly [string, string | undefined, string | undefined] | undefined {
  const level = LOGRUS_LEVEL.exec(text);
  if (level === null) return undefined;
  const rest = text.slice(level.index + level[0].length);
  const message = LOGRUS_MESSAGE.exec(rest);
  return message === null || message.index > LOGRUS_BETWEEN ? undefined : [text, level[1], message[1]];
}

function read(text: string, outer: LogLevel | undefined, depth: number): readonly LogLine[] {
  if (depth > MAX_DEPTH) return [];
  const start = objectStart(text);
  if (start !== undefined) {
    const raw = text.slice(start.at);
    const json = parseObject(raw) ?? (raw.includes('\\"') ? parseObject(withoutEscapes(raw)) : undefined);
    const before = ANSIBLE.test(text.slice(0, start.at)) ? 'error' : outer;
    const lines =
      json === undefined
        ? []
        : readJsonLine(json, before, (inner, level) => read(inner, level, depth + 1)).filter(
            ({ segments }) => segments.length > 0,
          );
    const own = isConsole(text) || lines.length === 0 ? undefined : lines;
    if (own !== undefined) return own;
  }
  return [readText(splitPrefix(text).rest, outer)];
}

function readText(bare: string, outer: LogLevel | undefined): LogLine {
  const [, before = '', letter, rest = ''] = CAPNSLOG.exec(bare) ?? [];
  if (letter !== undefined && before.length < 120) return plain(CAPNSLOG_LEVELS[letter], rest);
  const [, severity, klog = ''] = KLOG.exec(bare) ?? [];
  if (severity !== undefined) return plain(KLOG_LEVELS[severity], klog);
  const console = ZAP_CONSOLE.exec(bare)?.[1];
  if (console !== undefined) return fromConsole(bare, levelNamed(console));
  const [, level, quoted = ''] = logrus(bare) ?? LOGRUS_CONSOLE.exec(bare) ?? [];
  if (level !== undefined && levelNamed(level) !== undefined)
    return plain(levelNamed(level), unquote(quoted), [bare]);
  const grpc = GRPC.exec(bare)?.[1];
  if (grpc !== undefined) return plain(levelNamed(grpc), bare);
  const [, raft, said = ''] = RAFT.exec(bare) ?? [];
  if (raft !== undefined) return plain(levelNamed(raft), said);
  const cut = /\\?"level\\?":\s?\\?"(\w{4,8})/.exec(bare)?.[1];
  if (cut !== undefined)
    return makeLogLine(
      levelNamed(cut),
      [withoutEscapes(bare)],
      rawFields(withoutEscapes(bare)),
      !bare.trimEnd().endsWith('}'),
    );
  return plain(PLAIN_ERROR.test(bare) ? 'error' : outer, bare);
}

function plain(level: LogLevel | undefined, text: string, others: readonly string[] = []): LogLine {
  const unescaped = withoutEscapes(text);
  return makeLogLine(
    level,
    [unescaped, ...others.map(withoutEscapes)],
    new Map(rejectedFrom(unescaped)),
    lacksEnd(unescaped),
  );
}

function isConsole(text: string): boolean {
  return ZAP_CONSOLE.test(text);
}

function fromConsole(text: string, level: LogLevel | undefined): LogLine {
  const columns = text.split('\t');
  const json = parseObject(columns.at(-1) ?? '');
  if (json === undefined) return plain(level, columns.slice(3).join(' '));
  const merged = new Map<string, unknown>([...json, ['msg', columns.at(-2) ?? '']]);
  return { ...messageOf(merged), level };
}

function rejectedFrom(text: string): readonly (readonly [string, string])[] {
  const address = REJECTED.exec(text)?.[1];
  return address === undefined ? [] : [['remote-addr', address]];
}

/** Fields of a JSON line that was cut. */
function rawFields(text: string): ReadonlyMap<string, string> {
  const fields = [...text.matchAll(/"([a-z-]{1,40})":\s?"([^"\\]{0,400})"/g)].slice(0, MAX_FIELDS);
  return new Map(fields.map(([, name = '', value = '']) => [name, value]));
}

/** A quote or the bracket of an error is open, or the pager has put its mark. */
function lacksEnd(text: string): boolean {
  const end = text.trimEnd();
  if (/(?:…|\.\.\.|[^\s>-]>)$/.test(end) && /[":(]/.test(end)) return /(?:…|>)$/.test(end) || isOpen(end);
  return isOpen(end);
}

function isOpen(text: string): boolean {
  const opened = text.lastIndexOf('(error "');
  return opened >= 0 && text.indexOf('"', opened + 8) < 0;
}

function unquote(text: string): string {
  return text.startsWith('"') ? withoutEscapes(text.slice(1, text.endsWith('"') ? -1 : undefined)) : text;
}

function withoutEscapes(text: string): string {
  return text.replaceAll('\\"', '"');
}

function stripEnd(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
