import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../../src/etcd/setting/nearest-name.js';

const NAMES = ['quota-backend-bytes', 'listen-peer-urls', 'listen-client-urls', 'cors'];

describe('nearestName', () => {
  it.each([
    ['--quota-backend-bytes', 'quota-backend-bytes'],
    ['ETCD_QUOTA_BACKEND_BYTES', 'quota-backend-bytes'],
    ['quotaBackendBytes', 'quota-backend-bytes'],
    ['quota_backend_bytes', 'quota-backend-bytes'],
    ['quota-backend-byte', 'quota-backend-bytes'],
    ['listen-peers-url', 'listen-peer-urls'],
    ['cor', 'cors'],
  ])('takes %s for %s', (text, expected) => {
    expect(nearestName(text, NAMES)).toBe(expected);
  });

  it.each(['', 'x', 'bytes', 'something-else-entirely'])('makes nothing of %j', (text) => {
    expect(nearestName(text, NAMES)).toBeUndefined();
  });
});
