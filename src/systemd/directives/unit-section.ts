import type { SectionDirectives } from './section-directives.js';

/**
 * systemd.unit(5), "[Unit] Section Options".
 *
 * @internal
 */
export const UNIT_SECTION: SectionDirectives = {
  read: `Requires Requisite BindsTo ConditionPathExists ConditionPathIsDirectory ConditionDirectoryNotEmpty ConditionFileNotEmpty
    ConditionFileIsExecutable AssertPathExists AssertPathIsDirectory AssertDirectoryNotEmpty AssertFileNotEmpty AssertFileIsExecutable`,
  harmless: `Description Documentation SourcePath Wants Upholds Before After OnSuccess OnFailure PropagatesReloadTo PropagateReloadTo
    ReloadPropagatedFrom PropagateReloadFrom PropagatesStopTo StopPropagatedFrom PartOf StopWhenUnneeded RefuseManualStop AllowIsolate
    DefaultDependencies OnSuccessJobMode OnFailureJobMode OnFailureIsolate IgnoreOnIsolate JobTimeoutAction JobTimeoutRebootArgument
    StartLimitIntervalSec StartLimitInterval StartLimitBurst StartLimitAction FailureAction SuccessAction FailureActionExitStatus
    SuccessActionExitStatus RebootArgument CollectMode SurviveFinalKillSignal`,
  unjudged: `BindTo Conflicts JoinsNamespaceOf RequiresOverridable RequisiteOverridable RequiresMountsFor WantsMountsFor RefuseManualStart
    JobTimeoutSec JobRunningTimeoutSec
    ConditionPathExistsGlob ConditionPathIsSymbolicLink ConditionPathIsMountPoint ConditionPathIsReadWrite ConditionPathIsEncrypted
    ConditionPathIsSocket ConditionNeedsUpdate ConditionFirstBoot ConditionArchitecture ConditionFirmware ConditionVirtualization
    ConditionHost ConditionKernelCommandLine ConditionKernelVersion ConditionVersion ConditionCredential ConditionSecurity
    ConditionCapability ConditionACPower ConditionMemory ConditionCPUFeature ConditionCPUs ConditionEnvironment ConditionUser
    ConditionGroup ConditionControlGroupController ConditionOSRelease ConditionMemoryPressure ConditionCPUPressure ConditionIOPressure
    ConditionKernelModuleLoaded
    AssertPathExistsGlob AssertPathIsSymbolicLink AssertPathIsMountPoint AssertPathIsReadWrite AssertPathIsEncrypted AssertPathIsSocket
    AssertNeedsUpdate AssertFirstBoot AssertArchitecture AssertFirmware AssertVirtualization AssertHost AssertKernelCommandLine
    AssertKernelVersion AssertVersion AssertCredential AssertSecurity AssertCapability AssertACPower AssertMemory AssertCPUFeature
    AssertCPUs AssertEnvironment AssertUser AssertGroup AssertControlGroupController AssertOSRelease AssertMemoryPressure
    AssertCPUPressure AssertIOPressure AssertKernelModuleLoaded`,
};

/**
 * systemd.unit(5), "[Install] Section Options".
 *
 * @internal
 */
export const INSTALL_SECTION: SectionDirectives = {
  read: 'WantedBy RequiredBy',
  harmless: 'Alias Also DefaultInstance UpheldBy',
  unjudged: '',
};
