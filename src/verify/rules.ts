import type { Rule } from './rule.js';
import { advertisedSchemes, advertiseUrls } from './rules/advertise-urls.js';
import { algorithms } from './rules/algorithms.js';
import { authTokenKeys } from './rules/auth-token-keys.js';
import { bootstrap } from './rules/bootstrap.js';
import { bundleModes, readable } from './rules/bundle-folder.js';
import { certificateValidity, expirySoon } from './rules/certificate-validity.js';
import { checksums } from './rules/checksums.js';
import { clientAllowed } from './rules/client-allowed.js';
import { clientAuth } from './rules/client-auth.js';
import { clientAccess, clientChain } from './rules/client-chain.js';
import { clusterAgreement, memberNames } from './rules/cluster-agreement.js';
import { configFile, configFileAlone, configFileDefaults, configFileKeys } from './rules/config-file.js';
import { containerFiles } from './rules/container-files.js';
import { dataAccess } from './rules/data-access.js';
import { dataDirectory } from './rules/data-directory.js';
import { dataKept } from './rules/data-kept.js';
import { defaultDirectory } from './rules/default-directory.js';
import { directiveValues } from './rules/directive-values.js';
import { environmentConflict, environmentNames } from './rules/environment.js';
import { etcdFlags } from './rules/etcd-flags.js';
import { gateway } from './rules/gateway.js';
import { hostFiles, hostModes } from './rules/host-files.js';
import { hostGeneration } from './rules/host-generation.js';
import { hostIdentity } from './rules/host-identity.js';
import { ignoredLines } from './rules/ignored-lines.js';
import { keyAccess, keyModes } from './rules/key-access.js';
import { kubernetes } from './rules/kubernetes.js';
import { listenUrls, mixedSchemes, portClash } from './rules/listen-urls.js';
import { membersFound } from './rules/members-found.js';
import { nameConstraints } from './rules/name-constraints.js';
import { pairFiles } from './rules/pair-files.js';
import { peerAccess } from './rules/peer-access.js';
import { peerAllowed } from './rules/peer-allowed.js';
import { peerChain } from './rules/peer-chain.js';
import { peerNames, peerSource } from './rules/peer-names.js';
import { plainHttp } from './rules/plain-http.js';
import { portAccess } from './rules/port-access.js';
import { release } from './rules/release.js';
import { revocationLists, revokedCertificates } from './rules/revocation.js';
import { rootGaps } from './rules/root-gaps.js';
import { sandbox } from './rules/sandbox.js';
import { authorityKeys, foreignSecrets, sharedAuthority, sharedCertificate } from './rules/secrets.js';
import { endpointNames, serverNames } from './rules/server-names.js';
import { servicesRead } from './rules/services-read.js';
import { settingCombinations } from './rules/setting-combinations.js';
import { settingValues } from './rules/setting-values.js';
import { sharedHost } from './rules/shared-host.js';
import { socketAccess, socketNames, socketPaths } from './rules/sockets.js';
import { tlsPairs } from './rules/tls-pairs.js';
import { trustFiles } from './rules/trust-files.js';
import { unit } from './rules/unit.js';
import { unitDirectives } from './rules/unit-directives.js';
import { unitEnabled } from './rules/unit-enabled.js';
import { unitIsolation } from './rules/unit-isolation.js';
import { unitStart } from './rules/unit-start.js';
import { unknownValues } from './rules/unknown-values.js';
import { wideTrust } from './rules/wide-trust.js';

/**
 * Every rule, in the order in which a member would meet them: starting, its peers, its clients, and what is only unwise.
 *
 * @internal
 */
export const RULES: readonly Rule[] = [
  readable,
  rootGaps,
  checksums,
  hostIdentity,
  hostFiles,
  hostGeneration,
  hostModes,
  bundleModes,
  servicesRead,
  unit,
  unitStart,
  unitIsolation,
  directiveValues,
  ignoredLines,
  etcdFlags,
  environmentConflict,
  configFile,
  configFileDefaults,
  settingValues,
  settingCombinations,
  listenUrls,
  portClash,
  sharedHost,
  advertiseUrls,
  advertisedSchemes,
  tlsPairs,
  pairFiles,
  trustFiles,
  containerFiles,
  authTokenKeys,
  keyAccess,
  dataAccess,
  dataKept,
  portAccess,
  sandbox,
  socketPaths,
  socketAccess,
  bootstrap,
  clusterAgreement,
  memberNames,
  certificateValidity,
  algorithms,
  nameConstraints,
  peerAccess,
  peerChain,
  peerNames,
  peerSource,
  peerAllowed,
  clientAuth,
  serverNames,
  socketNames,
  clientChain,
  clientAccess,
  clientAllowed,
  endpointNames,
  kubernetes,
  revocationLists,
  revokedCertificates,
  gateway,
  mixedSchemes,
  plainHttp,
  environmentNames,
  configFileKeys,
  configFileAlone,
  expirySoon,
  sharedCertificate,
  authorityKeys,
  foreignSecrets,
  keyModes,
  dataDirectory,
  unitDirectives,
  unitEnabled,
  defaultDirectory,
  release,
  sharedAuthority,
  wideTrust,
  unknownValues,
  membersFound,
];
