import type { SystemdSection } from '../cluster-spec.js';
import { lastValue } from './directive-values.js';

/**
 * Whether a service itself tells systemd, at a socket, that it has started (systemd.service(5), Type=; sd_notify(3)).
 *
 * @internal
 */
export function isNotifying(sections: readonly SystemdSection[]): boolean {
  return ['notify', 'notify-reload'].includes(lastValue(sections, 'Type'));
}
