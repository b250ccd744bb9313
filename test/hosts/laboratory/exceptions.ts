/** Cases that are judged otherwise than etcd and systemd do. */
export const EXCEPTIONS: readonly string[] = [];
