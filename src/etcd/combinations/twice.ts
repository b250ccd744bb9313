import { FEATURE_GATES, gateOfFlag } from '../feature-gates.js';
import { SETTINGS } from '../setting/table.js';
import { isOn, type SettingRule } from './setting-rule.js';

/** Settings that 3.6 knows by two names. */
const RENAMED = SETTINGS.flatMap(({ name, renamedTo }) =>
  renamedTo !== undefined && name.startsWith('experimental-') ? [{ name, renamedTo }] : [],
);
const GATES = FEATURE_GATES.flatMap(({ name, flag }) => (flag === undefined ? [] : [{ gate: name, flag }]));
const PERSIST = 'experimental-enable-lease-checkpoint-persist';
const CHECKPOINT = 'experimental-enable-lease-checkpoint';
const GATE = 'LeaseCheckpointPersist';
const GATE_SAYS = `enabling feature gate ${GATE} requires enabling feature gate LeaseCheckpoint`;

/**
 * One thing set under two names, and what needs or excludes another (etcd `embed/config.go`, `etcdmain/config.go`,
 * `server/features/etcd_features.go`).
 *
 * @internal
 */
export const twiceRules: readonly SettingRule[] = [
  {
    id: 'renamed-flag-twice',
    level: 'error',
    reads: [],
    *check({ value }) {
      for (const { name, renamedTo } of RENAMED) {
        if (value(name) === undefined || value(renamedTo) === undefined) continue;
        yield {
          name,
          message: `${name} is the former name of ${renamedTo}, which is set as well.`,
          cure: `Keep ${renamedTo}.`,
          says: `cannot set --${name} and --${renamedTo} at the same time, please use --${renamedTo} only`,
        };
      }
    },
  },
  {
    id: 'gate-and-flag',
    level: 'error',
    reads: [],
    *check(view) {
      for (const { gate, flag } of GATES) {
        const [asFlag, asGate] = [view.value(flag), view.value(gate)];
        if (asFlag === undefined || asGate === undefined) continue;
        const set = `--feature-gates=${gate}=${isOn(view, gate)}`;
        yield {
          name: flag,
          message: `${flag} is the former name of the feature gate ${gate}, which is set as well.`,
          cure: `Keep ${gate} in feature-gates.`,
          says: `cannot specify both flags: --${flag}=${isOn(view, flag)} and ${set} at the same time, please just use ${set}`,
        };
      }
    },
  },
  {
    id: 'lease-checkpoint-flags',
    level: 'error',
    reads: [PERSIST, CHECKPOINT],
    *check(view) {
      if (!isOn(view, PERSIST) || isOn(view, CHECKPOINT)) return;
      yield {
        name: PERSIST,
        message: `${PERSIST} is on without ${CHECKPOINT}.`,
        cure: `Set ${CHECKPOINT}: true as well.`,
        // Where there are gates, the flags set these.
        says:
          gateOfFlag(PERSIST, view.version) !== undefined
            ? GATE_SAYS
            : 'setting experimental-enable-lease-checkpoint-persist requires experimental-enable-lease-checkpoint',
      };
    },
  },
  {
    // An alpha gate is on where it is set so, or where AllAlpha is and it is not set.
    id: 'lease-checkpoint-gates',
    level: 'error',
    reads: [GATE, 'AllAlpha', 'LeaseCheckpoint'],
    *check(view) {
      const all = String(isOn(view, 'AllAlpha'));
      if (!isOn(view, GATE, all) || isOn(view, 'LeaseCheckpoint', all)) return;
      yield {
        name: view.value(GATE) === undefined ? 'AllAlpha' : GATE,
        message: `The feature gate ${GATE} is on without LeaseCheckpoint.`,
        cure: 'Set both gates to the same value.',
        says: GATE_SAYS,
      };
    },
  },
  {
    id: 'v2-and-its-end',
    level: 'error',
    reads: ['enable-v2', 'v2-deprecation'],
    *check(view) {
      const stage = view.effective('v2-deprecation');
      if (!isOn(view, 'enable-v2') || stage === undefined || stage === 'not-yet') return;
      yield {
        name: 'enable-v2',
        message: `enable-v2 is on, and v2-deprecation is ${stage}.`,
        cure: 'Leave one of them out.',
        says: `--enable-v2 and --v2-deprecation=${stage} are mutually exclusive`,
      };
    },
  },
  {
    id: 'force-new-cluster-stays',
    level: 'warning',
    reads: ['force-new-cluster'],
    *check(view) {
      if (!isOn(view, 'force-new-cluster')) return;
      yield {
        name: 'force-new-cluster',
        message: 'force-new-cluster in a configuration makes a new cluster of one member at every start.',
        cure: 'Leave it out; as a last resort, run etcd by hand with --force-new-cluster, once.',
      };
    },
  },
];
