import { describe, expect, it } from 'vitest';
import {
  type RotationDirection,
  type RotationMove,
  type RotationPhase,
  rotationMove,
} from '../../../src/plan/rotation.js';

/** Three members, and a client that reads its CA file at its start, as kube-apiserver does. */
const HOSTS = 4;
const CLIENT = 3;
const OLD = 1;
const NEW = 2;
/** Directions that an operator of a cluster that is up takes. */
const WAYS = ['forward', 'back'] as const satisfies readonly RotationDirection[];

/** Bits: the CAs that the file on disk holds, those that were read at the start, and whose pair it has. */
interface HostState {
  readonly disk: number;
  readonly loaded: number;
  readonly pair: number;
}

interface World {
  readonly phase: RotationPhase;
  /** The move whose generation is being brought to the hosts, or was. */
  readonly move: RotationMove | undefined;
  readonly hosts: readonly HostState[];
}

const TRUSTS = { old: OLD, new: NEW, both: OLD | NEW } as const;
const PAIRS = { old: OLD, new: NEW } as const;
const SETTLED: World = {
  phase: 'settled',
  move: undefined,
  hosts: Array.from({ length: HOSTS }, () => ({ disk: OLD, loaded: OLD, pair: OLD })),
};

/** A connection is made anew at any moment: each end has to trust the CA of the other's pair. */
function takes(one: HostState, other: HostState): boolean {
  return (one.loaded & other.pair) !== 0 && (other.loaded & one.pair) !== 0;
}

/** Members dial each other, a client dials members. */
function isWorking({ hosts }: World): boolean {
  return hosts.every((one, index) =>
    hosts.every(
      (other, place) => (index === CLIENT && place === CLIENT) || index === place || takes(one, other),
    ),
  );
}

/** What a gate proves of what is in effect, by commands that dial and look, not by what the bundle says. */
function isOpen(move: RotationMove, { hosts }: World): boolean {
  switch (move.gate) {
    case 'accepted':
      return hosts.every(({ loaded }) => (loaded & PAIRS[move.pairs ?? 'old']) !== 0);
    case 'presented':
      return hosts.every(({ pair }) => pair === TRUSTS[move.trusts ?? 'both']);
    case 'healthy':
    case 'none':
      return true;
  }
}

function withHost(world: World, index: number, change: Partial<HostState>): World {
  return {
    ...world,
    hosts: world.hosts.map((host, place) => (place === index ? { ...host, ...change } : host)),
  };
}

/** What may happen next: a host gets what the generation has for it, or is started again, whoever does that; the operator makes the next generation. */
function successors(
  world: World,
  mayMove: (move: RotationMove, world: World) => boolean,
  ways: readonly RotationDirection[] = WAYS,
): readonly World[] {
  const { phase, move, hosts } = world;
  const installed = hosts.map((_, index) =>
    withHost(world, index, {
      ...(move?.trusts === undefined ? {} : { disk: TRUSTS[move.trusts] }),
      ...(move?.pairs === undefined ? {} : { pair: PAIRS[move.pairs] }),
    }),
  );
  const restarted = hosts.map(({ disk }, index) => withHost(world, index, { loaded: disk }));
  const moved = ways.flatMap((way): readonly World[] => {
    const next = rotationMove(phase, way);
    // Once it has ended, the new CA is the one that is there: what follows is another rotation.
    const isOver = phase === 'settled' && move !== undefined;
    return next === undefined || isOver || !mayMove(next, world)
      ? []
      : [{ ...world, phase: next.to, move: next }];
  });
  return [...installed, ...restarted, ...moved];
}

function reachable(
  first: World,
  mayMove: (move: RotationMove, world: World) => boolean,
  goOn: (world: World) => boolean = () => true,
): readonly World[] {
  const seen = new Map([[JSON.stringify(first), first]]);
  const open = [first];
  for (let world = open.pop(); world !== undefined; world = open.pop()) {
    if (!goOn(world)) continue;
    for (const next of successors(world, mayMove)) {
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.set(key, next);
      open.push(next);
    }
  }
  return [...seen.values()];
}

/** Whatever follows of a world without another move. */
function within(world: World): readonly World[] {
  return reachable(world, () => false);
}

describe('the phases of a rotation', () => {
  const followed = reachable(SETTLED, isOpen);

  it('end with the new CA alone, or with the old one alone where they are taken back', () => {
    const ended = followed.filter(
      ({ phase, hosts }) => phase === 'settled' && hosts.every(({ disk, loaded }) => disk === loaded),
    );
    const kinds = new Set(ended.map(({ hosts }) => JSON.stringify(hosts)));
    for (const ca of [OLD, NEW])
      expect(kinds).toContain(
        JSON.stringify(Array.from({ length: HOSTS }, () => ({ disk: ca, loaded: ca, pair: ca }))),
      );
    expect(followed.length).toBeGreaterThan(400);
  });

  it('keep every dial working in every order of hosts, restarts and ways back, where gates are followed', () => {
    expect(followed.filter((world) => !isWorking(world))).toEqual([]);
  });

  it('are safe to stop at: any host may be started again at any time', () => {
    for (const world of followed) {
      const all = { ...world, hosts: world.hosts.map((host) => ({ ...host, loaded: host.disk })) };
      expect(isWorking(all), JSON.stringify(world)).toBe(true);
    }
  });

  it('have a gate that is shut wherever to go on would break a dial, however one came there', () => {
    // From every world in which all still works, wrong ones included, in which hosts were forgotten.
    const careless = reachable(SETTLED, () => true, isWorking).filter(isWorking);
    let caught = 0;
    for (const world of careless) {
      // The fault that matters is the move's own: without it, the hosts that are late break nothing.
      if (within(world).some((later) => !isWorking(later))) continue;
      for (const next of successors(world, () => true).filter(({ move }) => move !== world.move)) {
        if (next.move === undefined || within(next).every(isWorking)) continue;
        caught += 1;
        expect(isOpen(next.move, world), JSON.stringify({ world, next })).toBe(false);
      }
    }
    expect(caught).toBeGreaterThan(50);
  });

  it.each(['accepted', 'presented'] as const)('would break without the gate that asks what is %s', (gate) => {
    const without = reachable(SETTLED, (move, world) => move.gate === gate || isOpen(move, world), isWorking);
    expect(without.some((world) => !isWorking(world))).toBe(true);
  });

  it('at once need nobody to take anybody on the way: all are stopped', () => {
    for (const phase of ['settled', 'trust', 'reissue'] as const)
      expect(rotationMove(phase, 'at-once')).toEqual({
        from: phase,
        to: 'settled',
        trusts: 'new',
        pairs: 'new',
        gate: 'none',
      });
  });

  it('have no way back once the old CA is trusted no more', () => {
    expect(rotationMove('settled', 'back')).toBeUndefined();
  });
});
