// Prints what the process that loads it took, when that ends: its highest resident memory in KiB, and CPU time in microseconds.
const { readFileSync, writeSync } = require('node:fs');

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(2, `usage ${ownPeak() ?? maxRSS} ${userCPUTime + systemCPUTime}\n`);
});

// getrusage(2) counts what the process that started this one had in memory (Linux, fs/exec.c, exec_mmap); proc_pid_status(5) does not.
function ownPeak() {
  try {
    return /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
