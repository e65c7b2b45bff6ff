/**
 * Installs the clients for Maven, and only when what is to be installed has changed: a warm build costs a hash. No
 * package may run a script of its own while it is installed.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const marker = join(root, "node_modules", ".throughline-install");
const wanted = hashOf(["package.json", "package-lock.json", ".npmrc"]);

if (!existsSync(marker) || readFileSync(marker, "utf8") !== wanted) {
  install();
  writeFileSync(marker, wanted);
}

function hashOf(files) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${process.version}`);
  files.forEach((file) => hash.update(`\0${file}\0`).update(readFileSync(join(root, file))));
  return hash.digest("hex");
}

function install() {
  // Level "error": npm warns that some packages want Node 22, which is among what it installs.
  const command = ["ci", "--no-progress", "--loglevel=error"];
  // On Windows npm is a script, which only a shell starts; the arguments are our own.
  const windows = process.platform === "win32";
  const result = spawnSync(windows ? "npm.cmd" : "npm", command, { cwd: root, stdio: "inherit", shell: windows });
  if (result.error !== undefined || result.status !== 0) {
    console.error(`npm ${command.join(" ")} failed in ${root}: ${result.error?.message ?? result.status}`);
    process.exit(1);
  }
}
