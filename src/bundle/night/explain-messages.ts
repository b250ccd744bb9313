import type { ClusterSpec } from '../../cluster-spec.js';
import { fence } from '../fence.js';
import type { NightChapter } from './chapter.js';

/** @internal */
export function explainMessages({ systemd, kubernetes }: ClusterSpec): NightChapter {
  const log = 'etcd.log';
  // Where the kubelet keeps what containers print (kubernetes.io, "Logging Architecture").
  const command =
    kubernetes?.staticPod === true
      ? `cat /var/log/pods/kube-system_etcd-*/etcd/*.log > /root/${log}`
      : `journalctl --no-pager --output cat --lines 2000 --unit ${systemd.unit} > /root/${log}`;
  return {
    title: 'What the log says',
    parts: [
      'On a member, as root:',
      fence([command]),
      `Where that file is, \`etcd-bundle explain < ${log}\` gives cause and cure of each message, the root before what follows from it; \`etcd-bundle explain "…"\` of one line. Each has an id, such as \`no-space\` or \`certificate-expired\`: \`docs/messages.md\` of the package lists them all.`,
    ],
  };
}
