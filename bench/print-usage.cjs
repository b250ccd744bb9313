// Prints what the process that loads it took, when that ends: its highest resident memory in KiB, and CPU time in microseconds.
const { writeSync } = require('node:fs');

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(2, `usage ${maxRSS} ${userCPUTime + systemCPUTime}\n`);
});
