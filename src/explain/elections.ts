/**
 * How the elections of a journal end, by the lines of raft, which are no warnings.
 *
 * @internal
 */
export interface Elections {
  /** Tells whether raft says the line of an election under way. */
  readonly take: (text: string, line: number) => boolean;
  /** Of the elections since the last leader; undefined where there was none, or a leader came of the last. */
  readonly open: () => OpenElections | undefined;
}

/** @internal */
export interface OpenElections {
  readonly id: 'election-started' | 'no-leader-elected';
  /** What the first line says. */
  readonly text: string;
  readonly count: number;
  /** From 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

type Stage = 'starting' | 'candidate' | 'vote';

/** What each election says once: where one of them was left out of what somebody pasted, another one tells. */
const STAGES: readonly (readonly [Stage, RegExp])[] = [
  ['starting', /\b[0-9a-f]{1,16} is starting a new election at term \d/],
  ['candidate', /\b[0-9a-f]{1,16} became (?:pre-)?candidate at term \d/],
  [
    'vote',
    /\b[0-9a-f]{1,16} (?:received (?:MsgVoteResp|MsgPreVoteResp|vote) from|\[logterm: \d{1,20}, index: \d{1,20}\] sent (?:Msg(?:Pre)?Vote|vote) request to) [0-9a-f]/,
  ],
];
const LEADER = /\b[0-9a-f]{1,16} (?:became leader|elected leader [0-9a-f]{1,16}) at term \d/;
/** A start, and a leader that stops, take one or two. */
const REPEATED = 3;

/** @internal */
export function watchElections(): Elections {
  const counts = new Map<Stage, number>();
  let first: { readonly text: string; readonly line: number } | undefined;
  let lastLine = 0;
  return {
    take: (text, line) => {
      const stage = STAGES.find(([, pattern]) => pattern.test(text))?.[0];
      if (LEADER.test(text)) {
        counts.clear();
        first = undefined;
      } else if (stage !== undefined) {
        counts.set(stage, (counts.get(stage) ?? 0) + 1);
        first ??= { text, line };
        lastLine = line;
      }
      return stage !== undefined;
    },
    open: () => {
      if (first === undefined) return undefined;
      const elections = counts.get('starting') ?? counts.get('candidate') ?? 1;
      const id = elections >= REPEATED ? 'no-leader-elected' : 'election-started';
      return { id, text: first.text, count: elections, firstLine: first.line, lastLine };
    },
  };
}
