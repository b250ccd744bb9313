import type { EtcdSetting } from '../cluster-spec.js';
import type { HostVariables } from '../presets/host-variables.js';
import type { EnvironmentVariable } from '../systemd/environment-file.js';
import type { ExecWord } from '../systemd/quote.js';

/**
 * One flag as a word of ExecStart=, read from the variables where the template comes to the very value that is wanted. So a
 * document that differs from the preset stays right, only with less in the file.
 *
 * @internal
 */
export function flagWord(
  setting: EtcdSetting,
  templates: HostVariables['templates'],
  variables: readonly EnvironmentVariable[],
): ExecWord {
  const template = Object.hasOwn(templates, setting.name) ? templates[setting.name] : undefined;
  const expanded = template
    ?.map((part) =>
      typeof part === 'string' ? part : variables.find(({ name }) => name === part.variable)?.value,
    )
    .join('');
  return template === undefined || expanded !== setting.value
    ? `--${setting.name}=${setting.value}`
    : [`--${setting.name}=`, ...template];
}
