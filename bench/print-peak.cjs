// Prints the highest resident memory of the process that loads it, in KiB, when that ends.
const { writeSync } = require('node:fs');

process.on('exit', () => writeSync(2, `peak ${process.resourceUsage().maxRSS}\n`));
