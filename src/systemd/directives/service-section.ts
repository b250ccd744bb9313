import type { SectionDirectives } from './section-directives.js';

/**
 * systemd.service(5), systemd.exec(5), systemd.kill(5) and systemd.resource-control(5).
 *
 * @internal
 */
export const SERVICE_SECTION: SectionDirectives = {
  read: `Type ExecStart ExecStartPre ExecCondition ExecStartPost ExecReload ExecStop ExecStopPost Restart TimeoutStartSec TimeoutSec WatchdogSec PermissionsStartOnly
    User Group SupplementaryGroups DynamicUser PrivateUsers CapabilityBoundingSet AmbientCapabilities
    WorkingDirectory RootDirectory Environment EnvironmentFile UnsetEnvironment UMask
    LimitNOFILE LimitAS LimitFSIZE LimitNPROC TasksMax
    ReadWriteDirectories ReadOnlyDirectories InaccessibleDirectories ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths
    BindPaths BindReadOnlyPaths TemporaryFileSystem PrivateTmp ProtectSystem ProtectHome
    RuntimeDirectory RuntimeDirectoryMode RuntimeDirectoryPreserve StateDirectory StateDirectoryMode CacheDirectory CacheDirectoryMode LogsDirectory
    LogsDirectoryMode ConfigurationDirectory ConfigurationDirectoryMode LoadCredential
    PrivateNetwork RestrictAddressFamilies RuntimeMaxSec`,
  harmless: `PIDFile ExecReloadPost RestartSec RestartSteps RestartMaxDelaySec RestartMode TimeoutStopSec
    TimeoutAbortSec TimeoutStartFailureMode TimeoutStopFailureMode TimeoutCleanSec StartLimitInterval StartLimitBurst StartLimitAction
    FailureAction RebootArgument ExitType RemainAfterExit GuessMainPID RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus
    NonBlocking FileDescriptorStoreMax FileDescriptorStorePreserve NotifyAccess OOMPolicy ReloadSignal
    Nice OOMScoreAdjust CoredumpFilter IOSchedulingClass IOSchedulingPriority CPUSchedulingPolicy CPUSchedulingPriority
    CPUSchedulingResetOnFork RemoveIPC StandardInputText StandardInputData TTYReset TTYVHangup TTYVTDisallocate TTYRows TTYColumns
    SyslogIdentifier SyslogFacility SyslogLevel SyslogLevelPrefix LogLevelMax LogRateLimitIntervalSec LogRateLimitBurst LogExtraFields
    LogFilterPatterns LogNamespace TimerSlackNSec NoNewPrivileges KeyringMode ProtectProc ProcSubset SystemCallArchitectures SystemCallErrorNumber
    SystemCallLog     MemoryDenyWriteExecute RestrictNamespaces RestrictRealtime RestrictSUIDSGID LockPersonality LimitCORE LimitRSS LimitLOCKS
    LimitSIGPENDING LimitMSGQUEUE LimitNICE LimitRTPRIO LimitRTTIME LimitMEMLOCK ExecSearchPath PrivateDevices ProtectKernelTunables
    ProtectKernelModules ProtectKernelLogs ProtectClock ProtectControlGroups ProtectHostname PrivateMounts PrivateIPC PrivatePIDs
    PrivateBPF MountFlags MountAPIVFS Personality IgnoreSIGPIPE UtmpIdentifier UtmpMode SetLoginEnvironment
    MemoryKSM SetCredential
    Slice CPUAccounting CPUWeight StartupCPUWeight CPUShares StartupCPUShares CPUQuota CPUQuotaPeriodSec MemoryAccounting MemoryMin
    DefaultMemoryMin DefaultMemoryLow DefaultStartupMemoryLow MemoryLow StartupMemoryLow MemoryHigh StartupMemoryHigh MemorySwapMax
    StartupMemorySwapMax MemoryZSwapMax StartupMemoryZSwapMax MemoryZSwapWriteback MemoryPressureWatch MemoryPressureThresholdSec
    DevicePolicy DeviceAllow IOAccounting IOWeight StartupIOWeight IODeviceWeight IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax
    IOWriteIOPSMax IODeviceLatencyTargetSec BlockIOAccounting BlockIOWeight StartupBlockIOWeight BlockIODeviceWeight BlockIOReadBandwidth
    BlockIOWriteBandwidth TasksAccounting Delegate DelegateSubgroup DisableControllers IPAccounting ManagedOOMSwap
    ManagedOOMMemoryPressure ManagedOOMMemoryPressureLimit ManagedOOMMemoryPressureDurationSec ManagedOOMPreference CoredumpReceive
    SendSIGKILL SendSIGHUP KillMode KillSignal RestartKillSignal FinalKillSignal WatchdogSignal`,
  unjudged: `RuntimeRandomizedExtraSec RootDirectoryStartOnly BusName Sockets OpenFile
    USBFunctionDescriptors USBFunctionStrings RootImage RootImageOptions RootImagePolicy RootHash RootHashSignature RootVerity
    RootEphemeral ExtensionDirectories ExtensionImages ExtensionImagePolicy MountImages MountImagePolicy CPUAffinity NUMAPolicy
    NUMAMask PassEnvironment StandardInput StandardOutput StandardError TTYPath SecureBits SystemCallFilter RestrictFileSystems LimitCPU
    LimitDATA LimitSTACK NetworkNamespacePath IPCNamespacePath BindLogSockets
    SetCredentialEncrypted LoadCredentialEncrypted ImportCredential PAMName SELinuxContext AppArmorProfile SmackProcessLabel
    BPFDelegateCommands BPFDelegateMaps BPFDelegatePrograms BPFDelegateAttachments
    AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes MemoryMax StartupMemoryMax MemoryLimit
    IPAddressAllow IPAddressDeny IPIngressFilterPath IPEgressFilterPath BPFProgram SocketBindAllow SocketBindDeny
    RestrictNetworkInterfaces NFTSet`,
};
