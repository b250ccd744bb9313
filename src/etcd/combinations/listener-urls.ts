import { type EtcdUrl, parseUrlList } from '../../net/etcd-url.js';
import { ETCD_DEFAULTS } from '../defaults.js';
import type { SettingView } from './setting-rule.js';

/**
 * The settings that make etcd listen; of two that clash the later one is blamed.
 *
 * @internal
 */
export const LISTEN_SETTINGS = [
  'listen-client-urls',
  'listen-peer-urls',
  'listen-metrics-urls',
  'listen-client-http-urls',
] as const;

/** @internal */
export type ListenSetting = (typeof LISTEN_SETTINGS)[number];

/**
 * Where a member listens by one of its settings.
 *
 * @internal
 */
export function listenUrls({ value }: SettingView, setting: ListenSetting): readonly EtcdUrl[] {
  const text = value(setting) ?? defaultOf(setting);
  return text === undefined ? [] : parseUrlList(text).urls;
}

/**
 * The first URL that wants a certificate.
 *
 * @internal
 */
export function secureUrl(view: SettingView, settings: readonly ListenSetting[]): EtcdUrl | undefined {
  return settings
    .flatMap((setting) => listenUrls(view, setting))
    .find(({ scheme }) => scheme === 'https' || scheme === 'unixs');
}

/**
 * Whether a setting has a URL that wants a certificate.
 *
 * @internal
 */
export function isSecure(view: SettingView, setting: ListenSetting): boolean {
  return secureUrl(view, [setting]) !== undefined;
}

function defaultOf(setting: ListenSetting): string | undefined {
  return setting === 'listen-client-urls' || setting === 'listen-peer-urls'
    ? ETCD_DEFAULTS[setting]
    : undefined;
}
