/** A block of commands of a RUNBOOK.md, as an operator copies it. */
export interface RunbookBlock {
  /** Headline of its section, without the number. */
  readonly title: string;
  /** `operator`, or the host that the line above the block names. */
  readonly host: string;
  /** What the line above says it is. */
  readonly kind: 'commands' | 'gate' | 'back';
  readonly commands: readonly string[];
}

/** The blocks of a runbook of a change, in its order. */
export function runbookBlocks(runbook: string): readonly RunbookBlock[] {
  return runbook
    .split(/^## \d+\. /m)
    .slice(1)
    .flatMap((section) => {
      const title = section.slice(0, section.indexOf('\n'));
      return [...section.matchAll(/^(.*:)\n\n```sh\n([\s\S]*?)```/gm)].map(([, place = '', block = '']) => ({
        title,
        host: hostOf(place),
        kind: kindOf(place),
        commands: block.trimEnd().split('\n'),
      }));
    });
}

function hostOf(place: string): string {
  if (place.includes('control-plane machine')) return 'control-plane';
  const [, host] = /[Oo]n `([^`]+)`, as root/.exec(place) ?? [];
  return host ?? 'operator';
}

function kindOf(place: string): RunbookBlock['kind'] {
  if (place.startsWith('The way back')) return 'back';
  return place.startsWith('Then, ') ? 'gate' : 'commands';
}
