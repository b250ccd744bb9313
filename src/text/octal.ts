/**
 * The permissions of a file as chmod(1) takes them, four digits: `0640`.
 *
 * @param mode - bits above the permissions and those for set-user-ID, set-group-ID and sticky are left out
 * @internal
 */
export function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}
