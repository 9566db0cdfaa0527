// Ask an endpoint with Comunica; print what came back as one line of JSON.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [home, address, rows, truth, triples] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${home}/`));
const { QueryEngine } = await import(pathToFileURL(require.resolve("@comunica/query-sparql")));
const engine = new QueryEngine();
const context = { sources: [{ type: "sparql", value: address }] };
const found = await (await engine.queryBindings(rows, context)).toArray();
const made = await (await engine.queryQuads(triples, context)).toArray();
console.log(
  JSON.stringify({
    rows: found.map((row) => row.get("case").value),
    truth: await engine.queryBoolean(truth, context),
    triples: made.length,
  }),
);
