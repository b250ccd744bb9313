// The core is compiled without Node's types (tsconfig.json, "types"); this folder and src/cli need them. `process` is taken as the
// global here: an import of node:process as a module reads all that it has, and so opens the three standard streams.
/// <reference types="node" />
