import type { PresetName } from '../preset-names.js';
import { environmentFile } from './environment-file.js';
import { hardened } from './hardened.js';
import { kubeadm } from './kubeadm.js';
import { plainHttp } from './plain-http.js';
import type { Preset } from './preset.js';
import { sharedCertificate } from './shared-certificate.js';
import { singleMember } from './single-member.js';
import { tuned } from './tuned.js';

/**
 * Every preset by the name an operator writes.
 *
 * @internal
 */
export const presets: Readonly<Record<PresetName, Preset>> = {
  hardened,
  'plain-http': plainHttp,
  'shared-certificate': sharedCertificate,
  'environment-file': environmentFile,
  kubeadm,
  'single-member': singleMember,
  tuned,
};
