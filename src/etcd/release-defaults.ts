import type { EtcdSetting, EtcdSpec } from '../cluster-spec.js';
import { CHANGED_DEFAULTS } from './defaults.js';
import { isInSpan } from './release-span.js';

/**
 * The settings that this release needs in this style, to run alike in every style and without a warning; a value of the document takes
 * precedence.
 *
 * @internal
 */
export function releaseDefaults({
  version,
  config,
}: Pick<EtcdSpec, 'version' | 'config'>): readonly EtcdSetting[] {
  // 3.4 warns at every start that its own default, capnslog, is deprecated (etcd `embed/config_logging.go`).
  const logger = isInSpan(version, { until: '3.4' }) ? [{ name: 'logger', value: 'zap' }] : [];
  // Without these etcd says "unsupported compaction mode" once a retention is set, and has no gateway.
  const ofFlags = CHANGED_DEFAULTS.filter((row) => row.ofFlag === true && isInSpan(version, row));
  return config === 'yaml' ? [...logger, ...ofFlags.map(({ name, value }) => ({ name, value }))] : logger;
}
