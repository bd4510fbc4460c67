// Which features of a mail do which mail programs lack? Answers from caniemail.com's data.
// Usage: node clients.mjs CLIENTS PAGE.html ...   prints {feature: {none: {client: ""}, partial: {client: note}}}
import { readFileSync } from "node:fs";
import { caniemail, rawData } from "caniemail";

const [clients, ...paths] = process.argv.slice(2);
const unknown = fillGaps(rawData.data);
const found = {};
for (const path of paths) {
  const { issues } = caniemail({ clients: clients.split(","), html: readFileSync(path, "utf8") });
  collect(issues.errors, "none");
  collect(issues.warnings, "partial");
}
console.log(JSON.stringify(found));

// The library refuses to answer when a feature was never tried in a client; say "unknown" instead.
function fillGaps(features) {
  const pairs = features.flatMap(({ stats }) =>
    Object.entries(stats).flatMap(([family, all]) => Object.keys(all).map((one) => [family, one])),
  );
  const missing = new Set();
  for (const { title, stats } of features) {
    for (const [family, platform] of pairs) {
      stats[family] ??= {};
      if (stats[family][platform] === undefined) {
        stats[family][platform] = { "2000-01": "u" };
        missing.add(`${title} ${family}.${platform}`);
      }
    }
  }
  return missing;
}

function collect(issues, support) {
  for (const [client, list] of issues) {
    for (const { title, notes } of list) {
      if (unknown.has(`${title} ${client}`)) continue;
      found[title] ??= { none: {}, partial: {} };
      found[title][support][client] = notes.join(" ");
    }
  }
}
