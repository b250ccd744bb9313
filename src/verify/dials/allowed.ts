import { isInSpan } from '../../etcd/release-span.js';
import type { MemberView } from '../../host/member-view.js';
import { settingValue } from '../../host/settings/settings.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { hostNameFault } from '../trust/host-name.js';

/**
 * Whom a listener lets in besides its CA (etcd `client/pkg/transport/listener.go`, baseConfig).
 *
 * @internal
 */
export const NOT_ALLOWED = 'client certificate authentication failed';

/**
 * Values of one of the `…-cert-allowed-…` settings: one value up to 3.5.14, commas and all.
 *
 * @internal
 */
export function allowedBy(
  { settings }: MemberView,
  setting: 'peer-cert-allowed-cn' | 'peer-cert-allowed-hostname' | 'client-cert-allowed-hostname',
): readonly string[] | undefined {
  const value = settingValue(settings, setting);
  if (value === undefined) return undefined;
  return isInSpan(settings.version, { since: { '3.5': 15 } }) ? value.split(',') : [value];
}

/** @internal */
export function isNameAllowed(leaf: CertificateView, names: readonly string[] | undefined): boolean {
  return names === undefined || names.includes(leaf.commonName);
}

/** @internal */
export function isHostAllowed(leaf: CertificateView, hosts: readonly string[] | undefined): boolean {
  return hosts === undefined || hosts.some((host) => hostNameFault(leaf, host) === undefined);
}
