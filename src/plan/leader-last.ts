/**
 * A command that prints members' names in the order in which they are to be started again, one a line: the leader last, whoever that is by
 * then. It fails where there is no leader.
 *
 * @internal
 */
export function leaderLastCommand(names: readonly string[]): string {
  const leader = `etcdctl endpoint status -w fields | sed -n 's/^"Leader" : //p' | head -n 1`;
  // Ids have 64 bits, which awk would round as numbers.
  const print = [
    '$1=="\\"ID\\"" {isLeader = ($2 "" == leader "")}',
    '$1=="\\"Name\\"" {gsub(/"/, "", $2); if (isLeader) {found = 1}; if (index(names, " " $2 " ")) {if (isLeader) {last = $2} else {print $2}}}',
    'END {if (last != "") {print last}; exit !found}',
  ].join(' ');
  return `etcdctl member list -w fields | awk -F' : ' -v names=' ${names.join(' ')} ' -v leader="$(${leader})" '${print}'`;
}
