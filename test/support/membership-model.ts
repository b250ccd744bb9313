import { type ClusterSpec, endpointUrl, type MemberSpec, type Step, type Update } from '../../src/index.js';

interface ModelMember {
  readonly peerUrls: string;
  /** A member that was added has no vote before it is promoted. */
  isVoter: boolean;
  isRunning: boolean;
}

/** What a member is started with. */
type InitialCluster = (name: string) => string | undefined;

/**
 * A cluster by etcd's rules, on which the steps of a change are run, command by command. What is no command of membership is passed over. Throws
 * where etcd would refuse one, where the members that run are no majority, and where clients have an endpoint that nobody serves.
 */
export class MembershipModel {
  readonly #members = new Map<string, ModelMember>();
  readonly #copied = new Set<string>();
  readonly #extracted = new Set<string>();
  readonly #after: ClusterSpec;
  readonly #initialCluster: InitialCluster;
  readonly #lost: readonly string[];
  /** Whom clients dial, but for those that were lost. */
  #known: readonly string[];

  constructor(
    before: ClusterSpec,
    { spec, hosts }: Pick<Update, 'spec' | 'hosts'>,
    lost: readonly string[] = [],
  ) {
    for (const member of before.members)
      this.#members.set(member.name, {
        peerUrls: peerUrls(member),
        isVoter: true,
        isRunning: !lost.includes(member.name),
      });
    this.#after = spec;
    this.#lost = lost;
    this.#known = this.#toldOf(before);
    const bootstraps = new Map(hosts.map(({ name, bootstrap }) => [name, bootstrap?.initialCluster]));
    this.#initialCluster = (name) => bootstraps.get(name);
    this.#check('at first');
  }

  /** In the order of the document that it is to become. */
  get voters(): readonly string[] {
    return [...this.#members].flatMap(([name, { isVoter, isRunning }]) =>
      isVoter && isRunning ? [name] : [],
    );
  }

  #toldOf({ members }: ClusterSpec): readonly string[] {
    return members.map(({ name }) => name).filter((name) => !this.#lost.includes(name));
  }

  run({ title, host, commands }: Step): void {
    for (const command of commands) {
      this.#runCommand(host, command);
      this.#check(`${title}: ${command}`);
    }
  }

  #runCommand(host: string, command: string): void {
    const [, copied] = /^scp (\S+)\.tar\.gz /.exec(command) ?? [];
    const [, added, urls] = /etcdctl member add (\S+) (?:--learner )?--peer-urls=(\S+) /.exec(command) ?? [];
    const [, promoted] = /member promote .*\$3 == "([^"]+)"/.exec(command) ?? [];
    const [, removed] = /\$3 == "([^"]+)".* etcdctl member remove "\$id"/.exec(command) ?? [];
    if (copied !== undefined) this.#copied.add(copied);
    if (command.includes(`tar -xzf /root/${host}.tar.gz`)) {
      const isMember = this.#after.members.some(({ name }) => name === host);
      if (isMember && !this.#copied.has(host)) throw new Error(`${host} has no tarball`);
      this.#extracted.add(host);
    }
    if (command.includes('tar -xzf admin.tar.gz')) this.#known = this.#toldOf(this.#after);
    if (added !== undefined) this.#add(added, urls ?? '', !command.includes(' --learner '));
    if (promoted !== undefined) this.#promote(promoted);
    if (removed !== undefined) this.#remove(removed);
    if (command.startsWith('systemctl enable --now')) this.#start(host);
    if (command.startsWith('systemctl disable --now')) this.#stop(host);
    if (command.includes('systemctl restart')) {
      // Alone, it has no majority while it starts.
      const { size } = this.#members;
      this.#stop(host);
      if (size > 2) this.#check(`restart of ${host}`);
      this.#get(host).isRunning = true;
    }
  }

  #add(name: string, urls: string, isVoter: boolean): void {
    const isLearnerThere = [...this.#members.values()].some((member) => !member.isVoter);
    if (!isVoter && isLearnerThere) throw new Error('too many learner members');
    if (this.#members.has(name)) throw new Error(`${name} is there already`);
    if ([...this.#members.values()].some((member) => member.peerUrls === urls))
      throw new Error('Peer URLs already exists');
    this.#members.set(name, { peerUrls: urls, isVoter, isRunning: false });
  }

  #start(name: string): void {
    const told = new Map<string, string[]>();
    for (const entry of this.#initialCluster(name)?.split(',') ?? []) {
      const at = entry.indexOf('=');
      told.set(entry.slice(0, at), [...(told.get(entry.slice(0, at)) ?? []), entry.slice(at + 1)]);
    }
    const there = [...this.#members].map(([member, one]) => `${member} ${one.peerUrls}`).sort();
    const wanted = [...told].map(([member, urls]) => `${member} ${urls.join(',')}`).sort();
    if (there.join() !== wanted.join())
      throw new Error(`error validating peerURLs: ${wanted}, and there are ${there}`);
    if (!this.#extracted.has(name)) throw new Error(`${name} has no files`);
    this.#get(name).isRunning = true;
  }

  #promote(name: string): void {
    const member = this.#get(name);
    if (!member.isRunning) throw new Error('can only promote a learner member which is in sync with leader');
    member.isVoter = true;
  }

  #stop(name: string): void {
    const member = this.#members.get(name);
    if (member !== undefined) member.isRunning = false;
  }

  #remove(name: string): void {
    this.#get(name);
    this.#members.delete(name);
  }

  #get(name: string): ModelMember {
    const member = this.#members.get(name);
    if (member === undefined) throw new Error(`there is no member ${name}`);
    return member;
  }

  #check(when: string): void {
    const voters = [...this.#members.values()].filter(({ isVoter }) => isVoter);
    if (voters.filter(({ isRunning }) => isRunning).length * 2 <= voters.length)
      throw new Error(`no quorum: ${when}`);
    const dead = this.#known.filter((name) => this.#members.get(name)?.isVoter !== true);
    if (dead.length > 0) throw new Error(`clients look for ${dead.join(', ')}: ${when}`);
  }
}

function peerUrls({ initialAdvertisePeerUrls }: MemberSpec): string {
  return initialAdvertisePeerUrls.map(endpointUrl).join(',');
}
