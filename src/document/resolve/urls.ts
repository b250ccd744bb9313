import { type Endpoint, endpointUrl, isWildcard, parseEndpoint } from '../../net/endpoint.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { formatPath } from '../path.js';

/**
 * Reads a list of URLs to listen on. etcd binds IP addresses and exactly `localhost`, nothing else (etcd `embed/config.go`,
 * checkBindURLs: `expected IP in URL for binding`).
 *
 * @internal
 */
export function resolveListenUrls(
  texts: readonly string[],
  path: string,
  issues: IssueList,
): readonly Endpoint[] {
  return resolveUrls(texts, path, issues, (endpoint) => {
    if (endpoint.host.type === 'ip' || endpoint.host.name === 'localhost') return undefined;
    return {
      message: `${endpointUrl(endpoint)} names a host; etcd says "expected IP in URL for binding (${endpointUrl(endpoint)})".`,
      cure: `Listen on an IP address of the member or on ${endpoint.scheme}://0.0.0.0:${endpoint.port}; names go into the advertised URLs.`,
    };
  });
}

/**
 * Reads a list of URLs to advertise: any host that others can dial, so not 0.0.0.0, which etcd itself would take.
 *
 * @internal
 */
export function resolveAdvertiseUrls(
  texts: readonly string[],
  path: string,
  issues: IssueList,
): readonly Endpoint[] {
  return resolveUrls(texts, path, issues, (endpoint) => {
    if (!isWildcard(endpoint)) return undefined;
    return {
      message: `${endpointUrl(endpoint)} cannot be dialled from another host.`,
      cure: "Advertise the member's own address.",
    };
  });
}

interface Refusal {
  readonly message: string;
  readonly cure: string;
}

function resolveUrls(
  texts: readonly string[],
  path: string,
  issues: IssueList,
  refuse: (endpoint: Endpoint) => Refusal | undefined,
): readonly Endpoint[] {
  if (texts.length === 0)
    issues.add('invalid-value', path, 'The list is empty.', 'Write at least one URL or leave the key out.');
  const endpoints = new Map<string, Endpoint>();
  for (const [index, text] of texts.entries()) {
    const where = `${path}${formatPath([index])}`;
    const endpoint = parseEndpoint(text);
    const refusal = endpoint === undefined ? undefined : refuse(endpoint);
    if (endpoint === undefined) {
      issues.add('invalid-value', where, `${quoteValue(text)} is no URL that etcd takes.`, urlCure(text));
    } else if (refusal !== undefined) {
      issues.add('invalid-value', where, refusal.message, refusal.cure);
    } else if (endpoints.has(endpointUrl(endpoint))) {
      issues.add('duplicate', where, `${endpointUrl(endpoint)} is listed twice.`, 'Remove one of the two.');
    } else {
      endpoints.set(endpointUrl(endpoint), endpoint);
    }
  }
  return [...endpoints.values()];
}

function urlCure(text: string): string {
  if (/^unixs?:/.test(text)) return 'Write an http or https URL; unix sockets are not supported.';
  if (/^https?:\/\/.+:\d+\/.*$/.test(text)) return 'Write the URL without a path; etcd refuses even "/".';
  if (/^https?:\/\/[^:]+$/.test(text)) return 'Write the port too, such as https://10.0.0.1:2379.';
  return 'Write scheme, host and port, such as https://10.0.0.1:2379 or https://[fd00::1]:2379.';
}
