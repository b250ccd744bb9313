import { certificateMessages } from './catalogue/certificates.js';
import { clusterMessages } from './catalogue/cluster.js';
import { connectionMessages } from './catalogue/connections.js';
import { fileMessages } from './catalogue/files.js';
import { peerMessages } from './catalogue/peers.js';
import { settingMessages } from './catalogue/settings.js';
import { storageMessages } from './catalogue/storage.js';
import { systemdMessages } from './catalogue/systemd.js';
import { tlsSettingMessages } from './catalogue/tls-settings.js';
import type { KnownMessage } from './known-message.js';

/**
 * Messages of one kind.
 *
 * @public
 */
export interface MessageChapter {
  readonly title: string;
  readonly messages: readonly KnownMessage[];
}

/**
 * Every message that is known, the telling ones before those that merely wrap another: the first that fits a line explains it.
 *
 * @public
 */
export const messageCatalogue: readonly MessageChapter[] = [
  { title: 'Certificates', messages: certificateMessages },
  { title: 'Settings', messages: settingMessages },
  { title: 'Settings of TLS', messages: tlsSettingMessages },
  { title: 'Files', messages: fileMessages },
  { title: 'Connections', messages: connectionMessages },
  { title: 'Cluster', messages: clusterMessages },
  { title: 'Members among each other', messages: peerMessages },
  { title: 'Storage', messages: storageMessages },
  { title: 'systemd', messages: systemdMessages },
];
