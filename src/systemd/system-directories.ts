/** Folders of the system (file-hierarchy(7)): a service would fill them, or systemd would set their mode and owner. */
const DIRECTORIES =
  /^\/(?:|bin|boot|etc|home|lib|lib64|media|mnt|opt|root|run|sbin|srv|tmp|usr(?:\/(?:bin|lib|lib64|local|local\/bin|sbin|share))?|var|var\/(?:cache|lib|local|lock|log|mail|opt|run|spool|tmp))$/;
/** What the kernel makes up, and where the bundle's own files for systemd lie, with all that is below. */
const TREES = /^\/(?:dev|proc|sys|etc\/systemd|etc\/sysusers\.d|etc\/tmpfiles\.d)(?:\/|$)/;

/**
 * True for a folder that no service has for itself.
 *
 * @internal
 */
export function isSystemDirectory(directory: string): boolean {
  return DIRECTORIES.test(directory) || TREES.test(directory);
}
