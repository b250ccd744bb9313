import { array, literal, looseObject, object, picklist, pipe, regex, safeParse, string } from 'valibot';
import type { Manifest } from './manifest.js';

/**
 * Reads `bundle.json`, which may come from anyone.
 *
 * @returns undefined where it is none
 * @internal
 */
export function readManifest(text: string): Manifest | undefined {
  const sum = pipe(string(), regex(/^[0-9a-f]{64}$/));
  const texts = array(string());
  const schema = looseObject({
    format: literal(1),
    generator: string(),
    cluster: object({ name: string(), token: string() }),
    tarballs: array(
      object({
        path: string(),
        kind: picklist(['member', 'control-plane', 'admin', 'client']),
        sha256: sum,
        files: array(
          object({
            path: string(),
            mode: pipe(string(), regex(/^[0-7]{4}$/)),
            owner: string(),
            kind: picklist([
              'certificate',
              'private-key',
              'authority-certificate',
              'authority-key',
              'systemd-unit',
              'systemd-drop-in',
              'sysusers',
              'tmpfiles',
              'environment',
              'etcd-config',
              'kubeadm-config',
              'kubelet-config',
              'static-pod',
            ]),
            sha256: sum,
          }),
        ),
      }),
    ),
    certificates: array(
      object({
        id: string(),
        role: string(),
        subject: string(),
        issuer: string(),
        serialNumber: string(),
        altNames: texts,
        keyUsage: texts,
        extendedKeyUsage: texts,
        key: string(),
        notBefore: string(),
        notAfter: string(),
        fingerprint: string(),
        tarballs: texts,
        path: string(),
      }),
    ),
    document: string(),
  });
  try {
    const read = safeParse(schema, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}
