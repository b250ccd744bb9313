/** A case that is judged otherwise than etcd and systemd do. */
export interface LaboratoryException {
  /** As the case is called: `kind: name`. */
  readonly name: string;
  /** Why it stays so: a sentence for people. */
  readonly why: string;
}

export const EXCEPTIONS: readonly LaboratoryException[] = [
  {
    name: 'ports and sockets: an address of another host',
    why: 'Only the running host knows which addresses it has.',
  },
  {
    name: 'ports and sockets: two of three members that are down',
    why: 'The files of one host do not say whether the others are up.',
  },
  {
    name: 'variables: lines with export',
    why: 'etcd starts, with its defaults in the place of all that was meant: that is an error.',
  },
];
