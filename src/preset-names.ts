/**
 * The presets by the names an operator writes, the default first.
 *
 * @public
 */
export const PRESET_NAMES = [
  'hardened',
  'plain-http',
  'shared-certificate',
  'environment-file',
  'kubeadm',
  'single-member',
  'tuned',
] as const;

/**
 * A partial document laid under the operator's, and the certificates that go with it.
 *
 * @public
 */
export type PresetName = (typeof PRESET_NAMES)[number];

/**
 * All of them in words: `hardened, plain-http or tuned`.
 *
 * @internal
 */
export function presetList(): string {
  return `${PRESET_NAMES.slice(0, -1).join(', ')} or ${PRESET_NAMES.at(-1)}`;
}
