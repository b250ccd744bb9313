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
  /** Its end is missing, as where a pager has cut it. */
  readonly isCut: boolean;
}

/** @internal */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** By the names that zap, logrus, klog, syslog and Elastic give them. */
const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ['trace', 'debug'],
  ['debug', 'debug'],
  ['debu', 'debug'],
  ['info', 'info'],
  ['notice', 'info'],
  ['default', 'info'],
  ['warn', 'warning'],
  ['warning', 'warning'],
  ['err', 'error'],
  ['erro', 'error'],
  ['error', 'error'],
  ['dpanic', 'error'],
  ['panic', 'error'],
  ['pani', 'error'],
  ['fatal', 'error'],
  ['fata', 'error'],
  ['crit', 'error'],
  ['critical', 'error'],
  ['alert', 'error'],
  ['emerg', 'error'],
  ['emergency', 'error'],
]);
const INCOMING = /rejected connection/;
const OUTGOING =
  /prober detected unhealthy|health check for peer|handshake failed|failed to dial|peer became inactive|unary invoker failed|stream(?:ing)? invoker failed|createTransport failed|Error while dialing|get cluster response|failed to reach the peer|cannot get the version of member|Get \\?"?https?:\/\/[^\s"/]+(?<!:6443)\/(?:members|version|downgrade|raft)/;

/** @internal */
export function levelNamed(name: string): LogLevel | undefined {
  return LEVELS.get(name.toLowerCase());
}

/** @internal */
export function makeLogLine(
  level: LogLevel | undefined,
  segments: readonly string[],
  fields: ReadonlyMap<string, string> = new Map(),
  isCut = false,
): LogLine {
  const all = segments.slice(0, 2).join(' ');
  const role = INCOMING.test(all) ? 'incoming' : OUTGOING.test(all) ? 'outgoing' : undefined;
  return { level, segments: segments.filter((segment) => segment.trim() !== ''), fields, role, isCut };
}
