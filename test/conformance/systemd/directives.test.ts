import { expect, it } from 'vitest';
import { DIRECTIVES } from '../../../src/systemd/directives/directive-table.js';
import { runProgram } from '../../hosts/process.js';
import { describeWithPrograms } from '../../programs/describe.js';

const SYSTEMD = '/usr/lib/systemd/systemd';
/** That of the oldest distribution that is tested. */
const VERSION = '252';

describeWithPrograms(['systemd-analyze'], 'the table of directives', () => {
  it('has every directive that systemd takes in a service, and no other of its version', async () => {
    const { stdout } = await runProgram(SYSTEMD, ['--dump-configuration-items']);
    const version = (await runProgram(SYSTEMD, ['--version'])).stdout.split(/[ \n]/)[1];
    const taken = new Map<string, Set<string>>();
    let section: Set<string> | undefined;
    for (const line of stdout.split('\n')) {
      const [, header] = /^\[(.*)\]$/.exec(line) ?? [];
      if (header !== undefined) {
        section = DIRECTIVES.has(header) ? new Set() : undefined;
        if (section !== undefined) taken.set(header, section);
      } else if (line.includes('=')) section?.add(line.slice(0, line.indexOf('=')));
    }
    expect([...taken.keys()].sort()).toEqual([...DIRECTIVES.keys()].sort());
    for (const [name, names] of taken) {
      const known = DIRECTIVES.get(name) ?? new Map();
      expect([...names].filter((directive) => !known.has(directive))).toEqual([]);
      const more = [...known.keys()].filter((directive) => !names.has(directive));
      if (version === VERSION) expect(more.sort()).toEqual(NEWER[name] ?? []);
    }
  });
});

/** Of each section the names that came after that version. */
const NEWER: Readonly<Record<string, readonly string[]>> = {
  Unit: 'AssertFirmware AssertKernelModuleLoaded AssertPathIsSocket AssertVersion ConditionKernelModuleLoaded ConditionPathIsSocket ConditionVersion SurviveFinalKillSignal WantsMountsFor'.split(
    ' ',
  ),
  Service:
    'BPFDelegateAttachments BPFDelegateCommands BPFDelegateMaps BPFDelegatePrograms BindLogSockets CoredumpReceive DefaultStartupMemoryLow DelegateSubgroup ExecReloadPost ExtensionImagePolicy FileDescriptorStorePreserve ImportCredential LogFilterPatterns ManagedOOMMemoryPressureDurationSec MemoryKSM MemoryPressureThresholdSec MemoryPressureWatch MemoryZSwapMax MemoryZSwapWriteback MountImagePolicy NFTSet OpenFile PrivateBPF PrivatePIDs ReloadSignal RestartMaxDelaySec RestartMode RestartSteps RootEphemeral RootImagePolicy SetLoginEnvironment StartupMemoryHigh StartupMemoryLow StartupMemoryMax StartupMemorySwapMax StartupMemoryZSwapMax'.split(
      ' ',
    ),
  Install: 'UpheldBy'.split(' '),
};
