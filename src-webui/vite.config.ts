import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/**
 * Where `npm run dev` finds the API. Signing in there works only if the dev server's own address is a registered
 * redirect URI: give it that port with `--port`.
 */
const api = process.env.API_URL ?? "http://localhost:9080";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "target/classes/META-INF/resources",
    emptyOutDir: true,
    target: "es2023",
    // The page runs under a content security policy without inline code: no data: URLs, no polyfill.
    assetsInlineLimit: 0,
    license: { fileName: "licenses.md" },
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onLog(level, log, report) {
        // assistant-ui and radix mark their files "use client", which means nothing outside of server rendering.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log);
      },
      output: {
        codeSplitting: {
          groups: [
            { name: "msal", test: /node_modules\/@azure\// },
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: "markdown",
              test: /node_modules\/(react-markdown|remark-|micromark|mdast|hast|unist|unified|vfile)/,
            },
            {
              name: "thread",
              test: /node_modules\/(@assistant-ui|assistant-|@radix-ui|radix-ui|zod|zustand)/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/api": api },
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
