// Excel with the add-in of a server:  node served_excel.mjs ADDRESS TOKEN

import { Excel, answerLines } from "./office.mjs";

const [address, token] = process.argv.slice(2);

async function load(path) {
  const response = await fetch(address + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

const metadata = await (await load("/functions.json")).json();
const script = await (await load("/custom-functions-code.js")).text();
const excel = new Excel(address);
excel.addIn(metadata, script);
globalThis.cchcToken.write(token);
await answerLines((call) => excel.call(call));
