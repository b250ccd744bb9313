import { isLoopback, parseIpAddress } from '../../net/ip-address.js';
import { clientDials, isAdvertisedBy, isNowhere, toldName } from '../dials/client-dials.js';
import type { Rule } from '../rule.js';
import { hostNameFault } from '../trust/host-name.js';
import { namesOf } from './peer-names.js';

/** @internal */
export const serverNames: Rule = {
  name: 'server-names',
  summary: 'The server certificate matches the URLs that clients are given.',
  levels: ['error', 'warning'],
  source: 'RFC 9525, 6; Go crypto/x509, VerifyHostname; kubernetes/kubeadm#786',
  *check(view) {
    const dials = clientDials(view);
    for (const { label, client, advertiseClient, listenClient } of view.members) {
      const leaf = client.pair?.leaf;
      const path = client.pair?.certificate.path ?? '';
      if (leaf === undefined) continue;
      const isReached = dials.some(
        ({ to, client: dialler, url }) =>
          to.client === client &&
          dialler.endpoints.length > 0 &&
          url.scheme === 'https' &&
          hostNameFault(leaf, url.host) === undefined,
      );
      for (const url of advertiseClient) {
        const says =
          url.scheme === 'https' && !isNowhere(url.host) ? hostNameFault(leaf, url.host) : undefined;
        if (says === undefined) continue;
        yield {
          // Clients that were given another name get through, unless they ask the cluster for its endpoints.
          level: isReached ? 'warning' : 'error',
          member: label,
          path,
          message: `Clients are told to connect to ${url.host}, which is not among the names of the server certificate: ${namesOf(leaf)}.`,
          cure: `Issue it with ${url.host} among its subject alternative names; the common name does not count.`,
          etcdSays: says,
        };
      }
      for (const { scheme, host } of listenClient) {
        if (scheme !== 'https' || isNowhere(host) || advertiseClient.some((url) => url.host === host))
          continue;
        const says = hostNameFault(leaf, host);
        if (says === undefined) continue;
        const address = parseIpAddress(host);
        const who =
          host === 'localhost' || (address !== undefined && isLoopback(address))
            ? 'etcdctl on this host'
            : 'Clients';
        yield {
          level: 'warning',
          member: label,
          path,
          message: `${who} cannot use ${host}, where it listens: the server certificate has ${namesOf(leaf)}.`,
          cure: `Issue it with ${host} among its subject alternative names, or do not listen there.`,
          etcdSays: says,
        };
      }
    }
  },
};

/** @internal */
export const endpointNames: Rule = {
  name: 'endpoint-names',
  summary: 'The server certificate matches the endpoints of every client.',
  levels: ['error'],
  source: 'RFC 9525, 6; kubernetes/kubernetes#72102',
  *check(view) {
    for (const dial of clientDials(view)) {
      const { client, to, url } = dial;
      const leaf = to.client.pair?.leaf;
      const says = toldName(dial);
      // Of what a member advertises itself, another rule tells.
      if (
        leaf === undefined ||
        says === undefined ||
        client.endpoints.length === 0 ||
        isAdvertisedBy(to, url)
      )
        continue;
      yield {
        level: 'error',
        member: to.label,
        path: to.client.pair?.certificate.path ?? '',
        message: `${client.path} of ${client.root.name} connects to ${url.host}, which is not among the names of the server certificate: ${namesOf(leaf)}.`,
        cure: `Issue the certificate with ${url.host} among its subject alternative names, or name another endpoint.`,
        etcdSays: says,
      };
    }
  },
};
