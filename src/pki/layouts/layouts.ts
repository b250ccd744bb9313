import type { PresetName } from '../../cluster-spec.js';
import { environmentFileLayout, sharedCertificateLayout, singleMemberLayout, tunedLayout } from './cfssl.js';
import { hardenedLayout } from './hardened.js';
import { kubeadmLayout } from './kubeadm.js';
import type { Layout } from './layout.js';

/**
 * The certificates of each preset.
 *
 * @internal
 */
export const layouts: Readonly<Record<PresetName, Layout>> = {
  hardened: hardenedLayout,
  'plain-http': hardenedLayout,
  'shared-certificate': sharedCertificateLayout,
  'environment-file': environmentFileLayout,
  kubeadm: kubeadmLayout,
  'single-member': singleMemberLayout,
  tuned: tunedLayout,
};
