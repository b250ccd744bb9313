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

/** A dozen rules ask for the same lists of each member. */
const READ = new WeakMap<SettingView, Map<ListenSetting, readonly EtcdUrl[]>>();

/**
 * Where a member listens by one of its settings.
 *
 * @internal
 */
export function listenUrls(view: SettingView, setting: ListenSetting): readonly EtcdUrl[] {
  const known = READ.get(view) ?? new Map<ListenSetting, readonly EtcdUrl[]>();
  READ.set(view, known);
  const text = view.value(setting) ?? defaultOf(setting);
  const urls = known.get(setting) ?? (text === undefined ? [] : parseUrlList(text).urls);
  known.set(setting, urls);
  return urls;
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
