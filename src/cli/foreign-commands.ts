/**
 * Names that other tools have for what a command does: kubeadm, cfssl, step, talosctl, k3s, kubectl, terraform.
 *
 * @internal
 */
export const FOREIGN_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  init: ['new', 'scaffold', 'template'],
  generate: ['bootstrap', 'build', 'create', 'gen', 'gencert', 'issue', 'make', 'render', 'selfsign'],
  verify: ['check', 'doctor', 'lint', 'test', 'validate'],
  inspect: ['cat', 'describe', 'get', 'info', 'list', 'ls', 'print', 'show', 'view'],
  expiry: ['certificate', 'certificates', 'certs', 'check-expiration', 'expiration', 'expire', 'expires'],
  plan: ['diff', 'preview'],
  update: ['apply', 'change', 'edit', 'scale', 'sync', 'upgrade'],
  renew: ['reissue', 'renewal', 'rotate'],
  replace: ['reset', 'swap'],
  restore: ['recover', 'recovery'],
  revoke: ['crl', 'gencrl', 'revocation'],
  explain: ['diagnose', 'logs', 'troubleshoot', 'why'],
  completion: ['completions', 'autocomplete'],
};

/**
 * The command that does what another tool has under a name.
 *
 * @internal
 */
export function commandFor(foreign: string): string | undefined {
  return Object.keys(FOREIGN_COMMANDS).find((name) => FOREIGN_COMMANDS[name]?.includes(foreign));
}
