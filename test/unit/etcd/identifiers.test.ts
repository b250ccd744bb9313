import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { clusterId, memberId } from '../../../src/etcd/identifiers.js';

const digest = async (hash: 'SHA-1' | 'SHA-256', data: Uint8Array): Promise<Uint8Array> =>
  createHash(hash.replace('-', '')).update(data).digest();

/** What etcd logged for a cluster with the token `tk` and these two peers. */
describe('identifiers', () => {
  it('are those that etcd computes, without leading zeros', async () => {
    const ids = [
      await memberId(['https://127.0.0.1:2380'], 'tk', digest),
      await memberId(['https://127.0.0.2:2380'], 'tk', digest),
    ];
    expect(ids).toEqual(['66b44afd6101cb0', 'e1e647dcd450b56']);
    expect(await clusterId(ids, digest)).toBe('3ea38d2da51e7dde');
  });

  it('do not depend on the order of URLs and members', async () => {
    const urls = ['https://a:1', 'https://b:1'];
    expect(await memberId(urls, 't', digest)).toBe(await memberId([...urls].reverse(), 't', digest));
    expect(await clusterId(['10', '9'], digest)).toBe(await clusterId(['9', '10'], digest));
    expect(await memberId(urls, 't', digest)).not.toBe(await memberId(urls, 'u', digest));
  });
});
