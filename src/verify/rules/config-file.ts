import { etcdDefault } from '../../etcd/defaults.js';
import { configOf, pathOf, settingValue } from '../../host/settings/settings.js';
import { parseNanoseconds } from '../../text/go-duration.js';
import { notLookedAt } from '../not-looked-at.js';
import type { Rule } from '../rule.js';

const RETENTION = 'auto-compaction-retention';
const MODE = 'auto-compaction-mode';

/** @internal */
export const configFile: Rule = {
  name: 'config-file',
  summary: 'The configuration file exists, is YAML, and its values have the right types.',
  levels: ['error', 'warning'],
  source: 'etcd embed/config.go, configFromFile; etcd-io/etcd#20342',
  *check({ members }) {
    for (const { label, settings } of members) {
      for (const { kind, name, value, path, says } of settings.faults) {
        const fault = { level: 'error', member: label, path, etcdSays: says } as const;
        if (kind === 'file-unseen') yield notLookedAt(label, value, says);
        if (kind === 'file-missing')
          yield {
            ...fault,
            message: `${value} does not exist.`,
            cure: 'Put the file there, or name an existing one.',
          };
        if (kind === 'file-syntax')
          yield {
            ...fault,
            message: 'etcd cannot read the file as YAML.',
            cure: 'Check the indentation; write one key per line.',
          };
        if (kind === 'file-unread')
          yield {
            ...fault,
            message:
              'The file is too long or has too many anchors for a configuration of etcd, and was not read.',
            cure: 'Write each setting once, in less than 64 KiB, without anchors.',
          };
        if (kind === 'file-type') {
          yield {
            ...fault,
            message: `${name} has a value of the wrong type.`,
            cure: /^(?:heartbeat-interval|election-timeout)$/.test(name)
              ? 'Write milliseconds as a number without a unit and without quotes, such as 250.'
              : 'Quote strings, but not numbers and booleans; write durations as nanoseconds and URL lists as one string.',
          };
        }
      }
    }
  },
};

/** @internal */
export const configFileKeys: Rule = {
  name: 'config-file-keys',
  summary: 'Every key of the configuration file exists in this release.',
  levels: ['warning'],
  source: 'etcd embed/config.go, configYAML; etcd-io/etcd#11587, #13117, #20429',
  *check({ members }) {
    for (const { label, settings } of members) {
      for (const { kind, name, path } of settings.faults) {
        if (kind !== 'file-unknown-key') continue;
        const isRevocation = name.includes('crl');
        yield {
          level: 'warning',
          member: label,
          path,
          message: isRevocation
            ? `etcd silently ignores ${name}, and admits revoked certificates.`
            : `etcd silently ignores ${name}: this version has no such key there.`,
          cure: isRevocation
            ? 'Give client-crl-file or peer-crl-file as a flag, and every other setting too: a configuration file cannot name a CRL.'
            : 'Write the key as this version has it; the keys of the two transport-security sections have no "peer-" in front.',
        };
      }
    }
  },
};

/** @internal */
export const configFileAlone: Rule = {
  name: 'config-file-alone',
  summary: 'Nothing is set beside a configuration file, which makes etcd ignore flags and variables.',
  levels: ['warning'],
  source: 'etcd etcdmain/config.go, parse',
  *check({ members }) {
    for (const { label, settings } of members) {
      const ignored = settings.faults.filter(({ kind }) => kind === 'ignored');
      const [first] = ignored;
      if (first === undefined) continue;
      yield {
        level: 'warning',
        member: label,
        path: first.path,
        message: `etcd reads ${settings.path} and ignores ${ignored.map(({ name }) => name).join(', ')}.`,
        cure: 'Move them into the file, or leave the file out.',
        etcdSays: first.says,
      };
    }
  },
};

/** @internal */
export const configFileDefaults: Rule = {
  name: 'config-file-defaults',
  summary: 'A configuration file names the mode of compaction where that has no default.',
  levels: ['error', 'warning'],
  source: 'etcd etcdmain/config.go, newConfig; etcdserver/api/v3compactor, New',
  *check({ members }) {
    for (const { label, settings } of members) {
      const retention = settingValue(settings, RETENTION) ?? '0';
      const mode = settingValue(settings, MODE) ?? etcdDefault(MODE, settings.version, configOf(settings));
      // A number alone is hours or revisions by the mode, and without one it is nothing.
      const isCount = /^\d+$/.test(retention);
      const isNone = isCount ? BigInt(retention) === 0n : (parseNanoseconds(retention) ?? 0n) === 0n;
      if (mode !== undefined || isNone) continue;
      const fault = {
        member: label,
        path: pathOf(settings, RETENTION),
        cure: `Write ${MODE}: periodic, or revision, into the file.`,
      };
      if (isCount)
        yield {
          ...fault,
          level: 'warning',
          message: `This release has no ${MODE} by default in a configuration file, and without one ${RETENTION} ${retention} compacts nothing.`,
        };
      else
        yield {
          ...fault,
          level: 'error',
          message: `This release has no ${MODE} by default in a configuration file, and does not start with ${RETENTION} alone.`,
          etcdSays: 'unsupported compaction mode',
        };
    }
  },
};
