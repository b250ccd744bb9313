/** Folders of the system (file-hierarchy(7)): a service would fill them, or systemd would set their mode and owner. */
const DIRECTORIES =
  /^\/(?:|bin|boot|efi|etc|home|lib|lib32|lib64|libx32|lost\+found|media|mnt|opt|root|run|sbin|srv|tmp|usr|var)$/;
/** Those below /usr, /run and /var, whose own modes others rely on. */
const BELOW =
  /^\/(?:usr\/(?:bin|include|lib|lib64|libexec|sbin|share|src)|usr\/local(?:\/(?:bin|etc|include|lib|lib64|libexec|sbin|share|src))?|usr\/(?:local\/)?share\/(?:ca-certificates|pki)|run\/(?:dbus|lock|systemd|user|user\/\d+)|var\/(?:backups|cache|lib|local|lock|log|mail|opt|run|spool|tmp)|var\/log\/(?:audit|journal|private)|var\/lib\/(?:apt|cni|containerd|containers|dbus|docker|dpkg|kubelet|mysql|pgsql|postgresql|private|rpm|sss|systemd)|var\/(?:cache\/private|spool\/cron))$/;
/** Those of /etc that Debian, Fedora and their kin come with. */
const CONFIGURATION =
  /^\/etc\/(?:X11|alternatives|apparmor|apparmor\.d|apt|audit|ca-certificates|cni|containerd|containers|cron(?:\.(?:d|daily|hourly|monthly|weekly))|crypto-policies|dbus-1|default|dhcp|dnf|docker|dpkg|environment\.d|firewalld|fonts|grub\.d|init\.d|iproute2|kernel|ld\.so\.conf\.d|ldap|logrotate\.d|modprobe\.d|modules-load\.d|netplan|network|NetworkManager|nftables|opt|openldap|pam\.d|pki(?:\/(?:CA|ca-trust|nssdb|rpm-gpg|tls|tls\/certs|tls\/misc|tls\/private))?|polkit-1|postgresql|profile\.d|rc\d\.d|rcS\.d|rpm|rsyslog\.d|security|selinux|skel|ssh|ssl(?:\/(?:certs|private))?|sssd|sudoers\.d|sysconfig|sysctl\.d|udev|update-motd\.d|xdg|yum|yum\.repos\.d)$/;
/** A home, and where ssh(1) and gpg(1) look closely at modes. */
const HOMES = /^(?:\/root|\/home\/[^/]+)(?:\/\.(?:ssh|gnupg|config|cache|local))?$/;
/** What the kernel makes up, and where the bundle's own files for systemd lie, with all that is below. */
const TREES = /^\/(?:dev|proc|sys|etc\/systemd|etc\/sysusers\.d|etc\/tmpfiles\.d)(?:\/|$)/;

/**
 * True for a folder that no service has for itself.
 *
 * @internal
 */
export function isSystemDirectory(directory: string): boolean {
  return [DIRECTORIES, BELOW, CONFIGURATION, HOMES, TREES].some((pattern) => pattern.test(directory));
}
