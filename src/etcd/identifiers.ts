import type { CryptoProvider } from '../crypto/provider.js';

/**
 * The ID that etcd gives a member of a statically bootstrapped cluster: the first eight bytes of SHA-1 over its peer URLs,
 * sorted, and the token, as hexadecimal digits without leading zeros, the way etcd prints it (etcd
 * `server/etcdserver/api/membership/member.go`). Members that are added later get one that the time of day is part of.
 *
 * @public
 */
export async function memberId(
  peerUrls: readonly string[],
  token: string,
  digest: CryptoProvider['digest'],
): Promise<string> {
  const text = [...peerUrls].sort().join('') + token;
  return firstEightBytes(await digest('SHA-1', new TextEncoder().encode(text))).toString(16);
}

/**
 * The ID of the cluster that members with these IDs bootstrap: the first eight bytes of SHA-1 over the IDs, sorted, in eight
 * bytes each (etcd `server/etcdserver/api/membership/cluster.go`, genID).
 *
 * @param memberIds - as {@link memberId} returns them, in any order
 * @public
 */
export async function clusterId(
  memberIds: readonly string[],
  digest: CryptoProvider['digest'],
): Promise<string> {
  const sorted = memberIds.map((id) => id.padStart(16, '0')).sort();
  const bytes = Uint8Array.from(
    sorted.flatMap((id) => (id.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))),
  );
  return firstEightBytes(await digest('SHA-1', bytes)).toString(16);
}

function firstEightBytes(bytes: Uint8Array): bigint {
  return bytes.subarray(0, 8).reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}
