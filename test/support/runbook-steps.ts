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

const AT_NIGHT = '\n## At night\n';

/** The blocks of a runbook of a change, in its order, without those of the chapters for the night. */
export function runbookBlocks(runbook: string): readonly RunbookBlock[] {
  return sectionsOf(runbook.split(AT_NIGHT)[0] ?? '', /^## \d+\. /m).flatMap(({ title, text }) =>
    [...text.matchAll(/^(.*:)\n\n```sh\n([\s\S]*?)```/gm)].map(([, place = '', block = '']) => ({
      title,
      host: hostOf(place),
      kind: kindOf(place),
      commands: block.trimEnd().split('\n'),
    })),
  );
}

/** The blocks of the chapters for the night; `member` stands for any member. */
export function nightBlocks(runbook: string): readonly Omit<RunbookBlock, 'kind'>[] {
  return sectionsOf(runbook.split(AT_NIGHT)[1] ?? '', /^### /m).flatMap(({ title, text }) =>
    [...text.matchAll(/^(.*)\n\n```sh\n([\s\S]*?)```/gm)].map(([, place = '', block = '']) => ({
      title,
      host: place.startsWith('On a member, as root:') ? 'member' : 'operator',
      commands: block.trimEnd().split('\n'),
    })),
  );
}

function sectionsOf(
  runbook: string,
  heading: RegExp,
): readonly { readonly title: string; readonly text: string }[] {
  return runbook
    .split(heading)
    .slice(1)
    .map((text) => ({ title: text.slice(0, text.indexOf('\n')), text }));
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
