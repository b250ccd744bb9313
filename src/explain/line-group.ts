import { readContainerPart, splitPrefix } from './line-prefix.js';

/**
 * Lines that may be one: a line and those behind it that do not begin like lines of a log.
 *
 * @internal
 */
export interface LineGroup {
  /** From 1. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** @internal */
export interface Grouping {
  readonly take: (line: string) => void;
  readonly finish: () => void;
}

interface OpenObject {
  readonly firstLine: number;
  readonly lines: string[];
  depth: number;
  size: number;
}

const MAX_GROUP = 8;
const MAX_OBJECT_LINES = 1_000;
const MAX_CHARACTERS = 65_536;
/** An object that spreads over lines begins so: journalctl -o json-pretty, Kibana, Ansible with indentation. */
const OBJECT_BEGIN = /^\s{0,40}\{\s*$|=> \{\s*$/;
/** A fault of Go itself: which code it happened in, the first frame below tells. */
const PANIC = /\bpanic: runtime error: /;
/** What may stand between the two, and the frame: `example.org/package.(*Type).method(0x1, …)`. */
const ABOVE_FRAME = /^(?:\[signal .*\]|goroutine \d+ \[.*\]:)?$/;
const FRAME = /^[\w./-]+\.(?:\(\*?\w+\)\.)?\w+\(.*\)$/;
const LINE_BEGIN =
  /^\s{0,20}(?:\{\s?\\?"|\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|[IWEF]\d{4} \d\d:|time="|(?:DEBU|INFO|WARN|ERRO|FATA|PANI)\[|(?:INFO|WARNING|ERROR): |Error: |error execution phase |\[(?:preflight|init|join|reset|certs|kubeconfig|kubelet|etcd|control-plane|mark-control-plane|wait-control-plane|upgrade|check-etcd)[\w/-]{0,40}\] |panic: |goroutine \d|fatal: \[|\[ERROR )/;

/**
 * Puts together what was taken apart: parts of a line that a container runtime has split (its own marks say so), objects in
 * indented JSON, and, as far as it can be told, lines that were wrapped. Holds no more than one group.
 *
 * @internal
 */
export function startGrouping(emit: (group: LineGroup) => void): Grouping {
  let count = 0;
  let group: { readonly firstLine: number; readonly lines: string[] } | undefined;
  let container: { readonly firstLine: number; text: string } | undefined;
  let object: OpenObject | undefined;

  const flush = (): void => {
    if (group !== undefined) emit(group);
    group = undefined;
  };

  const closeObject = (): void => {
    if (object === undefined) return;
    const { firstLine, lines } = object;
    object = undefined;
    if (lines.length > 1) emit({ firstLine, lines: [lines.map((line) => line.trim()).join('')] });
  };

  const takeObject = (line: string, open: OpenObject): void => {
    open.lines.push(line);
    open.size += line.length;
    const trimmed = line.trim();
    if (/^[}\]]/.test(trimmed)) open.depth -= 1;
    if (/[{[]$/.test(trimmed)) open.depth += 1;
    if (open.depth <= 0 || open.lines.length >= MAX_OBJECT_LINES || open.size >= MAX_CHARACTERS)
      closeObject();
  };

  const takeLine = (line: string, firstLine: number): void => {
    if (object !== undefined) {
      takeObject(line, object);
      return;
    }
    if (OBJECT_BEGIN.test(line)) {
      flush();
      object = { firstLine, lines: [line], depth: 1, size: line.length };
      return;
    }
    if (group !== undefined && PANIC.test(group.lines[0] ?? '')) {
      const { text, rest } = splitPrefix(line);
      const said = (text === '' ? line : rest).trim();
      if (FRAME.test(said) || ABOVE_FRAME.test(said)) {
        group.lines.splice(0, 1, `${group.lines[0]} ${said}`.trim());
        if (FRAME.test(said)) flush();
        return;
      }
    }
    const begins = LINE_BEGIN.test(line) || splitPrefix(line).text !== '';
    if (begins || group === undefined || group.lines.length >= MAX_GROUP || line.trim() === '') flush();
    if (group === undefined) group = { firstLine, lines: [line] };
    else group.lines.push(line);
  };

  return {
    take: (line) => {
      count += 1;
      const part = readContainerPart(line);
      if (part === undefined) {
        takeLine(line, count);
        return;
      }
      container ??= { firstLine: count, text: '' };
      if (container.text.length < MAX_CHARACTERS) container.text += part.text;
      if (!part.isLast) return;
      flush();
      takeLine(container.text, container.firstLine);
      container = undefined;
    },
    finish: () => {
      if (container !== undefined) takeLine(container.text, container.firstLine);
      container = undefined;
      closeObject();
      flush();
    },
  };
}
