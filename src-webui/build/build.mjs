/**
 * Builds the web chat for Maven: installs, checks and bundles, but only when an input has changed since the last
 * build of this `target` folder, so that a warm build costs a hash and no more.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const installInputs = ["package.json", "package-lock.json", ".npmrc"];
const buildInputs = [
  ...installInputs,
  "build",
  "index.html",
  "public",
  "src",
  "tsconfig.json",
  "vite.config.ts",
  ".prettierrc.json",
  ".prettierignore",
];
const installMarker = join(root, "node_modules", ".throughline-install");
const buildMarker = join(root, "target", "webui-build.sha256");
const product = join(root, "target", "classes", "META-INF", "resources", "index.html");

requireNode();
const installHash = hashOf(installInputs);
const buildHash = hashOf(buildInputs);
if (contentOf(installMarker) !== installHash) {
  npm("ci", "--no-progress");
  writeFileSync(installMarker, installHash);
}
if (contentOf(buildMarker) !== buildHash || !existsSync(product)) {
  npm("run", "--silent", "check");
  npm("run", "--silent", "build", "--", "--logLevel", "warn");
  mkdirSync(dirname(buildMarker), { recursive: true });
  writeFileSync(buildMarker, buildHash);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  fail(`The web chat needs Node 20.19 or newer, or 22.12 or newer; this is ${process.versions.node}.`);
}

function hashOf(inputs) {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0] ?? "");
  for (const file of inputs.flatMap((input) => filesBelow(join(root, input)))) {
    hash.update(`\0${file.slice(root.length).split(sep).join("/")}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function contentOf(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function npm(...args) {
  // On Windows npm is a script, which only a shell starts; the arguments are our own.
  const windows = process.platform === "win32";
  const result = spawnSync(windows ? "npm.cmd" : "npm", args, {
    cwd: root,
    stdio: "inherit",
    shell: windows,
  });
  if (result.error !== undefined) fail(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) fail(`npm ${args.join(" ")} failed.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
