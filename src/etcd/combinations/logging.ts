import { quoteValue } from '../../text/quote-value.js';
import { LOG_ROTATION_CURE, logRotationFault } from '../setting/read/log-rotation.js';
import { isOn, listOf, type SettingRule, type SettingView } from './setting-rule.js';

const JOURNAL = 'systemd/journal';
/** Outputs that are no files. */
const STREAMS: readonly string[] = ['default', 'stdout', 'stderr'];

/**
 * Loggers and where they write (etcd `embed/config_logging.go`). Only 3.4 has two loggers, and each ignores settings of the other.
 *
 * @internal
 */
export const loggingRules: readonly SettingRule[] = [
  {
    id: 'setting-of-another-logger',
    level: 'warning',
    reads: ['debug', 'log-package-levels', 'log-level', 'logger'],
    *check(view) {
      const [foreign, cure] = isCapnslog(view)
        ? [
            view.value('log-level') === undefined ? undefined : 'log-level',
            'Write debug or log-package-levels.',
          ]
        : [zapIgnores(view), 'Write log-level: debug.'];
      if (foreign === undefined) return;
      const logger = isCapnslog(view) ? 'capnslog' : 'zap';
      yield { name: foreign, message: `The logger ${logger} ignores ${foreign}.`, cure };
    },
  },
  {
    id: 'capnslog-one-output',
    level: 'error',
    reads: ['log-outputs', 'logger'],
    *check(view) {
      const outputs = outputsOf(view);
      if (!isCapnslog(view) || (outputs.length === 1 && STREAMS.includes(outputs[0] ?? ''))) return;
      yield {
        name: 'log-outputs',
        message:
          'The logger of etcd 3.4, capnslog, accepts only one of default, stdout and stderr for log-outputs.',
        cure: 'Set logger: zap as well.',
        says:
          outputs.length > 1
            ? `--logger=capnslog supports only 1 value in '--log-outputs', got ${goList(outputs)}`
            : `unknown log-output "${outputs[0]}" (only supports "default", "stderr", "stdout")`,
      };
    },
  },
  {
    id: 'default-output-alone',
    level: 'error',
    reads: ['log-outputs', 'logger'],
    *check(view) {
      const outputs = outputsOf(view);
      if (isCapnslog(view) || outputs.length < 2 || !outputs.includes('default')) return;
      yield {
        name: 'log-outputs',
        message: 'log-outputs has default besides others.',
        cure: 'Write stderr for default.',
        says: 'multi logoutput for "default" is not supported yet',
      };
    },
  },
  {
    id: 'journal-alone',
    level: 'error',
    reads: ['log-outputs', 'logger'],
    *check(view) {
      const outputs = outputsOf(view);
      if (isCapnslog(view) || outputs.length < 2 || outputs.includes('default')) return;
      if (!outputs.includes(JOURNAL)) return;
      yield {
        name: 'log-outputs',
        message: 'log-outputs has systemd/journal besides others.',
        cure: 'Write systemd/journal alone, or leave it out: under systemd, stderr goes to the journal too.',
        says: `running with systemd/journal but other '--log-outputs' values (${goList(outputs)}) are configured with 'default'; override 'default' value with something else`,
      };
    },
  },
  {
    id: 'rotation-of-one-file',
    level: 'error',
    reads: ['enable-log-rotation', 'log-outputs'],
    *check(view) {
      const outputs = outputsOf(view);
      const files = filesOf(view);
      const isTaken = files.length === 1 || (files.length === 0 && outputs.length > 1);
      if (!isOn(view, 'enable-log-rotation') || isTaken) return;
      yield {
        name: 'enable-log-rotation',
        message: `log-outputs names ${files.length === 0 ? 'no file' : `${files.length} files`}, and enable-log-rotation is for one.`,
        cure: 'Name one file in log-outputs.',
        says: '--log-outputs requires a single file path when --log-rotate-config-json is defined',
      };
    },
  },
  {
    id: 'rotation-of-nothing',
    level: 'warning',
    reads: ['enable-log-rotation', 'log-outputs'],
    *check(view) {
      if (!isOn(view, 'enable-log-rotation') || filesOf(view).length > 0 || outputsOf(view).length < 2)
        return;
      yield {
        name: 'enable-log-rotation',
        message: 'log-outputs names no file that enable-log-rotation could rotate.',
        cure: 'Name one file in log-outputs, or leave enable-log-rotation out.',
      };
    },
  },
  {
    id: 'rotation-config',
    level: 'error',
    reads: ['enable-log-rotation', 'log-rotation-config-json'],
    *check(view) {
      const config = view.value('log-rotation-config-json');
      if (!isOn(view, 'enable-log-rotation') || config === undefined) return;
      const says = logRotationFault(config);
      if (says === undefined) return;
      yield {
        name: 'log-rotation-config-json',
        message: `log-rotation-config-json does not accept ${quoteValue(config)}.`,
        cure: LOG_ROTATION_CURE,
        says,
      };
    },
  },
];

function zapIgnores(view: SettingView): string | undefined {
  if (isOn(view, 'debug')) return 'debug';
  return view.value('log-package-levels') === undefined ? undefined : 'log-package-levels';
}

function isCapnslog({ effective }: SettingView): boolean {
  return effective('logger') === 'capnslog';
}

function outputsOf(view: SettingView): readonly string[] {
  return listOf(view, 'log-outputs') ?? [];
}

function filesOf(view: SettingView): readonly string[] {
  return outputsOf(view).filter((output) => !STREAMS.includes(output));
}

/** As Go prints a sorted list of strings with %q. */
function goList(texts: readonly string[]): string {
  return `[${texts
    .toSorted()
    .map((text) => JSON.stringify(text))
    .join(' ')}]`;
}
