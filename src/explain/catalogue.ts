import { authenticationMessages } from './catalogue/authentication.js';
import { bootstrapMessages } from './catalogue/bootstrap.js';
import { certificateToolMessages } from './catalogue/certificate-tools.js';
import { certificateMessages } from './catalogue/certificates.js';
import { clientMessages } from './catalogue/client.js';
import { clusterMessages } from './catalogue/cluster.js';
import { connectionMessages } from './catalogue/connections.js';
import { damagedDataMessages } from './catalogue/damaged-data.js';
import { fileMessages } from './catalogue/files.js';
import { kubernetesMessages } from './catalogue/kubernetes.js';
import { lineMessages } from './catalogue/lines.js';
import { malformedMessages } from './catalogue/malformed.js';
import { membershipMessages } from './catalogue/membership.js';
import { peerMessages } from './catalogue/peers.js';
import { platformMessages } from './catalogue/platform.js';
import { restoreMessages } from './catalogue/restore.js';
import { runningMessages } from './catalogue/running.js';
import { settingMessages } from './catalogue/settings.js';
import { storageMessages } from './catalogue/storage.js';
import { systemdMessages } from './catalogue/systemd.js';
import { tlsSettingMessages } from './catalogue/tls-settings.js';
import { urlSettingMessages } from './catalogue/url-settings.js';
import type { KnownMessage } from './known-message.js';

/**
 * Messages of one kind.
 *
 * @internal
 */
export interface MessageChapter {
  readonly title: string;
  readonly messages: readonly KnownMessage[];
}

/**
 * Every message that is known, the telling ones before those that merely wrap another: the first that fits a line explains it.
 *
 * @internal
 */
export const messageCatalogue: readonly MessageChapter[] = [
  { title: 'Clients', messages: clientMessages },
  { title: 'Certificates', messages: certificateMessages },
  { title: 'Making certificates', messages: certificateToolMessages },
  { title: 'Settings of URLs', messages: urlSettingMessages },
  { title: 'Settings', messages: settingMessages },
  { title: 'Settings of TLS', messages: tlsSettingMessages },
  { title: 'Users and roles', messages: authenticationMessages },
  { title: 'Changing members', messages: membershipMessages },
  { title: 'Kubernetes', messages: kubernetesMessages },
  { title: 'Processor, kernel and firewall', messages: platformMessages },
  { title: 'systemd', messages: systemdMessages },
  { title: 'Damaged data', messages: damagedDataMessages },
  { title: 'Snapshots and restoring', messages: restoreMessages },
  { title: 'Files', messages: fileMessages },
  { title: 'Connections', messages: connectionMessages },
  { title: 'Contents of certificates', messages: malformedMessages },
  { title: 'Forming a cluster', messages: bootstrapMessages },
  { title: 'Cluster', messages: clusterMessages },
  { title: 'Members among each other', messages: peerMessages },
  { title: 'A member that runs', messages: runningMessages },
  { title: 'Storage', messages: storageMessages },
  { title: 'Lines', messages: lineMessages },
];
