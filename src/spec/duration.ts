const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g;

/**
 * Reads a Go duration such as `8760h` or `1h30m` (Go `time.ParseDuration`, without signs and the bare `0`).
 *
 * @returns nanoseconds, or undefined where the text is no such duration
 * @internal
 */
export function parseGoDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let nanoseconds = 0;
  for (const [, amount = '0', unit = 's'] of text.matchAll(PART))
    nanoseconds += Number(amount) * (UNITS[unit] ?? 0);
  return nanoseconds;
}

/**
 * Writes whole seconds as kubeadm prints a period: `8760h0m0s`.
 *
 * @internal
 */
export function formatGoDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${hours}h${minutes}m${seconds % 60}s`;
}
