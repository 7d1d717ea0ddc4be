#!/usr/bin/env node
import { pathToFileURL } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `lab: Node ${process.versions.node} is too old: Interleave needs 20.19 or newer. Install a newer Node.`,
  );
  process.exit(3);
}
let main;
try {
  const { built } = await import('./build.js');
  ({ main } = await import(pathToFileURL(`${await built()}/lab.js`).href));
} catch (e) {
  const missing = e?.code === 'ERR_MODULE_NOT_FOUND' && /'(koffi|esbuild)'/.test(e.message);
  console.error(
    missing
      ? 'lab: its dependencies are not installed. Run npm ci in the folder of the lab first.'
      : `lab: the lab itself could not start: ${e?.message ?? e}\nThis is not about your solution. Please report it with the output of: node --version; uname -a`,
  );
  if (process.env.LAB_DEBUG) console.error(e);
  process.exit(3);
}
process.exitCode = await main(process.argv.slice(2));
