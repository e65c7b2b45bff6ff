/**
 * Runs one of the installed programs: `node run.mjs <program> [arguments]`. The Inspector and the conformance suite need
 * Node 22; where an older one runs this, they get the one that was installed beside them.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const programs = {
  conformance: "node_modules/@modelcontextprotocol/conformance/dist/index.js",
  inspector: "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js",
  "order-desk": "order-desk.mjs",
};

const [name = "", ...rest] = process.argv.slice(2);
const program = programs[name];
if (program === undefined) {
  fail(`Say which program to run: ${Object.keys(programs).join(", ")}.`);
}
if (!existsSync(join(root, "node_modules"))) {
  fail(`The programs are not installed yet: node ${join(root, "install.mjs")}`);
}

const child = spawn(node22(), [join(root, program), ...rest], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("exit", (code, signal) => process.exit(signal === null ? code : 1));

function node22() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
  const binary = ["node", "node-bin"]
    .map((prefix) => join(root, "node_modules", `${prefix}-${process.platform}-${process.arch}`, "bin", "node"))
    .find(existsSync);
  return binary ?? fail(`This needs Node 22.19 or newer; this is ${process.versions.node}, and none was installed.`);
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
