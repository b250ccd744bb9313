import type { Issue } from '../../errors.js';
import { settingIssue } from '../../etcd/combinations/check-settings.js';
import { bindAddress, bindProblem } from '../../etcd/combinations/listeners.js';
import { type Endpoint, endpointUrl, isPort, isWildcard, parseEndpoint } from '../../net/endpoint.js';
import { parseUrlList } from '../../net/etcd-url.js';
import { quoteValue } from '../../text/quote-value.js';
import { addListedTwice, type IssueList } from '../issue-list.js';
import { formatPath } from '../path.js';
import { isReachable } from './hosts.js';
import { isSocketText, refuseSocket } from './sockets.js';

/**
 * Reads a list of URLs to listen on.
 *
 * @param takesSockets - whether unix sockets may stand among them, which are read elsewhere
 * @internal
 */
export function resolveListenUrls(
  texts: readonly string[],
  path: string,
  issues: IssueList,
  takesSockets = false,
): readonly Endpoint[] {
  const ofSocket: SocketReader = takesSockets ? () => undefined : refuseSocket;
  return resolveUrls(texts, path, issues, ofSocket, (endpoint) => {
    if (endpoint.host.type === 'ip' && !isWildcard(endpoint) && !isReachable(endpoint.host)) {
      return {
        code: 'unusable-listen-address',
        message: `${endpointUrl(endpoint)} is not an address to listen on.`,
        cure: "Write the member's own IP address.",
      };
    }
    const [url] = parseUrlList(endpointUrl(endpoint)).urls;
    const problem = url === undefined ? undefined : bindProblem('The list', url);
    return problem === undefined ? undefined : settingIssue(bindAddress.id, problem, '');
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
  return resolveUrls(texts, path, issues, refuseAdvertised, (endpoint) => {
    if (endpoint.host.type === 'dns' || isReachable(endpoint.host)) return undefined;
    return {
      code: 'unreachable-url',
      message: `${endpointUrl(endpoint)} cannot be dialled from another host.`,
      cure: "Advertise the member's own address.",
    };
  });
}

type Refusal = Pick<Issue, 'code' | 'message' | 'cure'>;
type SocketReader = (text: string, where: string, issues: IssueList) => void;

function refuseAdvertised(text: string, where: string, issues: IssueList): void {
  issues.add(
    'unreachable-url',
    where,
    `${quoteValue(text)} cannot be dialled from another host.`,
    "Advertise the member's own address; a socket is listened on alone.",
  );
}

function resolveUrls(
  texts: readonly string[],
  path: string,
  issues: IssueList,
  ofSocket: SocketReader,
  refuse: (endpoint: Endpoint) => Refusal | undefined,
): readonly Endpoint[] {
  if (texts.length === 0)
    issues.add('empty-url-list', path, 'The list is empty.', 'Write at least one URL or leave the key out.');
  const endpoints = new Map<string, Endpoint>();
  for (const [index, text] of texts.entries()) {
    const where = `${path}${formatPath([index])}`;
    if (isSocketText(text)) {
      ofSocket(text, where, issues);
      continue;
    }
    const endpoint = parseEndpoint(text);
    const refusal = endpoint === undefined ? undefined : refuse(endpoint);
    if (endpoint === undefined) {
      issues.add('not-a-url', where, `${quoteValue(text)} is not a URL that etcd accepts.`, urlCure(text));
    } else if (refusal !== undefined) {
      issues.add(refusal.code, where, refusal.message, refusal.cure);
    } else if (endpoints.has(endpointUrl(endpoint))) {
      addListedTwice(issues, where, endpointUrl(endpoint));
    } else {
      endpoints.set(endpointUrl(endpoint), endpoint);
    }
  }
  return [...endpoints.values()];
}

/** What people type where one of etcd's URLs belongs, and what they meant. */
function urlCure(text: string): string {
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/.exec(text.trim()) ?? [];
  const [authority = ''] = rest.split(/[/?#]/);
  if (text.includes(',')) return 'Write each URL as a separate entry.';
  if (/\s/.test(text)) return 'Write the URL without spaces.';
  if (scheme === undefined) return EXAMPLE;
  if (!/^https?$/.test(scheme)) return 'Write the scheme as http or https, in small letters.';
  // A password may contain characters that would end the authority.
  if (rest.includes('@')) return 'Write the URL without user and password.';
  if (authority !== rest)
    return 'Write the URL without a path, a query or a fragment; etcd refuses even "/".';
  if (authority.includes('%')) return 'Write the address without its zone.';
  if (/^[^[].*:.*:/.test(authority)) return `Write an IPv6 address in brackets: ${scheme}://[fd00::1]:2379.`;
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority) ?? [];
  if (host === '') return EXAMPLE;
  if (port === undefined) return `Write the port too: ${quoteValue(`${scheme}://${host}:2379`)}.`;
  if (!/^\d+$/.test(port) || !isPort(Number(port))) return 'Write a port from 1 to 65535.';
  return 'Write the host as an IPv4 address, an IPv6 address in brackets, or a DNS name.';
}

const EXAMPLE = 'Write scheme, host and port, such as https://10.0.0.1:2379 or https://[fd00::1]:2379.';
