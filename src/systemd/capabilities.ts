import type { SystemdSection } from '../cluster-spec.js';
import { assignedValues } from './directive-values.js';

/**
 * The capabilities that decide what etcd may reach (capabilities(7)).
 *
 * @internal
 */
export type Capability = 'CAP_DAC_OVERRIDE' | 'CAP_DAC_READ_SEARCH' | 'CAP_NET_BIND_SERVICE';

const CAPABILITIES: readonly Capability[] = [
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_NET_BIND_SERVICE',
];

/**
 * What the process has in effect: root what CapabilityBoundingSet= leaves, others of AmbientCapabilities= what is also in that
 * (systemd.exec(5), "Capabilities"; capabilities(7), "Transformation of capabilities during execve()").
 *
 * @internal
 */
export function capabilitiesOf(
  sections: readonly SystemdSection[],
  isRoot: boolean,
): ReadonlySet<Capability> {
  const bounding = setOf(assignedValues(sections, 'CapabilityBoundingSet'), new Set(CAPABILITIES));
  if (isRoot) return bounding;
  const ambient = setOf(assignedValues(sections, 'AmbientCapabilities'), new Set());
  return new Set([...ambient].filter((name) => bounding.has(name)));
}

/** An empty value or the first one replaces what was there, later ones add or, with `~`, take away (systemd `src/core/load-fragment.c`, config_parse_capability_set). */
function setOf(lines: readonly string[], initial: ReadonlySet<Capability>): ReadonlySet<Capability> {
  let current = initial;
  let isInitial = true;
  for (const line of lines) {
    const isInverted = line.startsWith('~');
    const words = line
      .replace(/^~/, '')
      .toUpperCase()
      .split(/[\s"']+/);
    const listed = CAPABILITIES.filter((name) => words.includes(name));
    const isEmpty = words.every((word) => word === '');
    const replaces = isEmpty || isInitial;
    isInitial = false;
    if (isInverted)
      current = new Set([...(replaces ? CAPABILITIES : current)].filter((name) => !listed.includes(name)));
    else current = new Set(replaces ? listed : [...current, ...listed]);
  }
  return current;
}
