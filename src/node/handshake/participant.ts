/**
 * What one side of TLS is configured with: PEM texts, as the files that etcd's settings name.
 *
 * @public
 */
export interface HandshakeSide {
  readonly certificate: string;
  readonly key: string;
  /** What it presents when it dials; absent: the same pair. */
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  /** CAs whose certificates it accepts; absent: connections need no certificate. */
  readonly ca?: string;
}

/** @public */
export interface HandshakeMember {
  readonly name: string;
  /** Towards other members; absent where peers speak plain HTTP. */
  readonly peer?: HandshakeSide;
  /** Towards clients; absent where they are served plain HTTP. */
  readonly server?: HandshakeSide;
  /** Addresses or DNS names that other members dial. */
  readonly peerHosts: readonly string[];
  /** Addresses or DNS names that clients dial. */
  readonly clientHosts: readonly string[];
  /** Addresses or DNS names that its connections to peers come from; absent: `peerHosts`. */
  readonly sourceHosts?: readonly string[];
  /** Common names that --peer-cert-allowed-cn lets in; absent: all. */
  readonly peerAllowedNames?: readonly string[];
  /** With --enable-grpc-gateway=false the member does not dial its own client listener. */
  readonly hasGateway?: boolean;
  /** With --peer-skip-client-san-verification addresses of peers are not checked against their certificates. */
  readonly skipsPeerNames?: boolean;
}

/** @public */
export interface HandshakeClient {
  readonly name: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly ca: string;
  /** Hosts that it dials; absent: the `clientHosts` of every member. */
  readonly endpoints?: readonly string[];
  /** Member on whose host it runs; of no other member does it dial loopback addresses. */
  readonly on?: string;
}

/**
 * Why one side refuses the other, in etcd's words.
 *
 * @public
 */
export interface HandshakeRefusal {
  readonly by: 'dialler' | 'listener';
  readonly says: string;
}

/** @public */
export interface HandshakeResult {
  readonly from: string;
  readonly to: string;
  /** Which of the member's listeners is dialled; `gateway` is the member's own gRPC gateway on its client listener. */
  readonly listener: 'peer' | 'client' | 'gateway';
  readonly ok: boolean;
  /** Each once, the first one first. */
  readonly refusals: readonly HandshakeRefusal[];
}
