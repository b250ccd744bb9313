import type { ConfigStyle, EtcdSetting, EtcdSpec } from '../cluster-spec.js';
import { isInSpan, type ReleaseSpan } from './release-span.js';

interface ReleaseDefault extends ReleaseSpan {
  readonly styles: readonly ConfigStyle[];
  readonly setting: EtcdSetting;
}

/** Settings that a release has to be given for it to run alike in every style, and without a warning. */
const DEFAULTS: readonly ReleaseDefault[] = [
  // 3.4 warns at every start that its own default, capnslog, is deprecated (etcd `embed/config_logging.go`).
  {
    until: '3.4',
    styles: ['flags', 'environment', 'yaml'],
    setting: { name: 'logger', value: 'zap' },
  },
  // The defaults of these two belong to the flags there, and a configuration file starts without them: etcd then says
  // "unsupported compaction mode" once a retention is set, and has no gateway.
  {
    until: '3.5',
    styles: ['yaml'],
    setting: { name: 'auto-compaction-mode', value: 'periodic' },
  },
  {
    until: '3.4',
    styles: ['yaml'],
    setting: { name: 'enable-grpc-gateway', value: 'true' },
  },
];

/**
 * The settings that this release needs in this style; a value of the document takes precedence.
 *
 * @internal
 */
export function releaseDefaults({
  version,
  config,
}: Pick<EtcdSpec, 'version' | 'config'>): readonly EtcdSetting[] {
  return DEFAULTS.filter((row) => isInSpan(version, row) && row.styles.includes(config)).map(
    ({ setting }) => setting,
  );
}
