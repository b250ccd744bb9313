/**
 * Why one side refuses the other, in etcd's words.
 *
 * @public
 */
export interface HandshakeRefusal {
  /** Which side broke off. */
  readonly by: 'dialler' | 'listener';
  /** As etcd logs it: `tls: …`, `x509: …`. */
  readonly says: string;
}

/**
 * What came of one connection.
 *
 * @public
 */
export interface HandshakeResult {
  /** Name of a member, or of a client: its host and what it presents, such as `admin:client.crt`. */
  readonly from: string;
  /** Name of the member that is dialled. */
  readonly to: string;
  /** Which of the member's listeners is dialled; `gateway` is the member's own gRPC gateway on its client listener. */
  readonly listener: 'peer' | 'client' | 'gateway';
  /** Whether nobody refused. */
  readonly ok: boolean;
  /** Each once, the first one first. */
  readonly refusals: readonly HandshakeRefusal[];
}
