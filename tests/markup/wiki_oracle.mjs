// Reads JSON strings of wiki markup, one a line, and answers each with what Atlassian's own parser makes of it.
// Usage: POSTMORTEM_ATLASKIT=folder-with-node_modules node wiki_oracle.mjs
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(join(process.env.POSTMORTEM_ATLASKIT, "package.json"));
const { WikiMarkupTransformer } = require("@atlaskit/editor-wikimarkup-transformer");
const transformer = new WikiMarkupTransformer();

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { document: transformer.parse(JSON.parse(line)).toJSON() };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
