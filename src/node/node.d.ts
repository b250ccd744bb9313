// The core is compiled without Node's types (tsconfig.json, "types"); this folder and src/cli need them.
/// <reference types="node" />
