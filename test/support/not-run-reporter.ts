import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** As many titles of one file as are worth a line. */
const TITLES = 3;

/**
 * Ends a run with the list of what was skipped, so that nothing goes without notice: long tests without `ETCD_BUNDLE_LONG_TESTS=1`,
 * and suites whose programs are missing.
 */
export default class NotRunReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules.flatMap(notRun).sort();
    const hints = isLong()
      ? []
      : ['Properties tried a twentieth of their cases. ETCD_BUNDLE_LONG_TESTS=1 runs what .ci/run does.'];
    if (lines.length + hints.length === 0) return;
    const list = lines.length === 0 ? [] : ['Not run:', ...lines];
    process.stdout.write(`\n${[...list, ...hints].join('\n')}\n\n`);
  }
}

function isLong(): boolean {
  return process.env['ETCD_BUNDLE_LONG_TESTS'] === '1';
}

function notRun(module: TestModule): readonly string[] {
  const skipped = [...module.children.allTests('skipped')];
  if (skipped.length === 0) return [];
  const titles = [...new Set(skipped.map(({ fullName, name }) => fullName.split(' > ')[0] ?? name))];
  const more = titles.length > TITLES ? `; and ${titles.length - TITLES} more` : '';
  const all = [...module.children.allTests()].length;
  return [
    `  ${relative(process.cwd(), module.moduleId)}: ${skipped.length} of ${all}: ${titles.slice(0, TITLES).join('; ')}${more}`,
  ];
}
