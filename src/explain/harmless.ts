/** What programs say when nothing is wrong. */
const HARMLESS: readonly RegExp[] = [
  /is healthy: successfully committed proposal/,
  /\bmember [0-9a-f]{1,16} is healthy: got healthy result from /,
  /^cluster is healthy\b/i,
  /^\{"health":\s?"?true"?/,
  /^(?:Snapshot saved at|Snapshot restored|Compacted revision|Finished defragmenting etcd)\b/,
  /^Member +[0-9a-f]{1,16} (?:added to|removed from|updated in|promoted in) cluster /,
  /^(?:Authentication (?:Enabled|Disabled)|(?:User|Role) \S{1,200} (?:created|updated|deleted|is granted to user .*))$/,
  /^(?:etcd|etcdctl|etcdutl) [Vv]ersion: /,
  // Warnings of 3.4 and 3.5.
  /^(?:established TCP streaming connection with remote peer|alarm disarmed)$/,
  /^(?:Starting|Started|Stopping|Stopped|Reloading|Reloaded) \S/,
  /: (?:Succeeded\.|Deactivated successfully\.)$/,
  /^Sent signal SIG\w+ to main process /,
  /^active \(running\)$/,
  // kubeadm, of what is not etcd's.
  /\bNo kubeproxy\.config\.k8s\.io\/\w+ config is loaded\b/,
  /^detected that the sandbox image "[^"]*" of the container runtime is inconsistent\b/,
];
const CONSUMED = ': Consumed ';
const STOP_BEGIN =
  /received signal; shutting down|received (?:terminated|interrupt|hangup|quit) signal, shutting down|^Stopping \S|\bsystemd\[1\]: Stopping \S/i;
const START_BEGIN =
  /starting etcd|Starting an etcd server|starting server\.\.\.|^(?:Starting|Started) \S|etcd Version: /;

/** @internal */
export function isHarmless(text: string): boolean {
  return HARMLESS.some((pattern) => pattern.test(text)) || isConsumption(text);
}

/**
 * Whether a member stops or starts from this line on.
 *
 * @internal
 */
export function lifeSign(text: string): 'stops' | 'starts' | undefined {
  if (STOP_BEGIN.test(text)) return 'stops';
  return START_BEGIN.test(text) ? 'starts' : undefined;
}

/** `etcd.service: Consumed 1min 2.3s CPU time.` */
function isConsumption(text: string): boolean {
  const at = text.lastIndexOf(CONSUMED);
  const left = text.length - at - CONSUMED.length;
  return at >= 0 && left > 0 && left <= 200;
}
