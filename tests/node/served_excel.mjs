// Excel as far as an add-in with functions sees it. It loads what the server serves and calls the functions the
// way Excel does; Python writes one batch of calls a line and reads their answers in one line.
//
//   node served_excel.mjs ADDRESS TOKEN
//
// A call is {function, arguments}: an argument is null (left out) or rows of cells; a cell is null (blank), a
// number, a text, true/false or {error: "#N/A"}. An answer is {cells, thrown}.

import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";

const ERROR_TYPES = {
  "#DIV/0!": "Div0",
  "#N/A": "NotAvailable",
  "#NAME?": "Name",
  "#NULL!": "Null",
  "#NUM!": "Num",
  "#REF!": "Ref",
  "#VALUE!": "Value",
};

const [address, token] = process.argv.slice(2);
const functions = new Map();

class CustomFunctionsError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

class RequestContext {
  workbook = { load() {}, name: "bieu-mau.xlsx" };
  async sync() {}
}

const stored = new Map();
const stubs = {
  window: globalThis,
  location: { origin: address },
  localStorage: {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
  },
  Office: {
    onReady: async (ready) => ready?.({ host: "Excel" }),
    context: { requirements: { isSetSupported: () => true } },
  },
  Excel: { RequestContext },
  CustomFunctions: {
    associate: (id, run) => functions.set(id, run),
    Error: CustomFunctionsError,
    ErrorCode: { invalidValue: "#VALUE!" },
  },
};
for (const [name, value] of Object.entries(stubs)) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}

async function load(path) {
  const response = await fetch(address + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

function excelCell(cell) {
  return cell?.error
    ? { type: "Error", errorType: ERROR_TYPES[cell.error], basicType: "Error", basicValue: cell.error }
    : cell;
}

function excelArguments(parameters, given) {
  const grids = given.map((rows) => rows?.map((row) => row.map(excelCell)) ?? null);
  const single = parameters.filter((parameter) => !parameter.repeating).length;
  const padded = [...grids, ...Array(Math.max(0, single - grids.length)).fill(null)];
  return single === parameters.length ? padded : [...padded.slice(0, single), padded.slice(single)];
}

async function call({ function: name, arguments: given }) {
  const invocation = { address: "'Biểu mẫu'!D5", functionName: name };
  try {
    const cells = await functions.get(name)(...excelArguments(descriptions.get(name).parameters, given), invocation);
    if (!Array.isArray(cells) || !cells.every(Array.isArray)) throw new Error(`${name} gave no rows of cells`);
    return { cells, thrown: null };
  } catch (error) {
    return { cells: null, thrown: `${error.code ?? ""} ${error.message}` };
  }
}

const metadata = await (await load("/functions.json")).json();
const descriptions = new Map(metadata.functions.map((described) => [described.id, described]));
runInThisContext(await (await load("/custom-functions-code.js")).text(), { filename: "custom-functions-code.js" });
globalThis.cchcToken.write(token);

const unmatched = new Set(descriptions.keys()).symmetricDifference(new Set(functions.keys()));
if (unmatched.size) throw new Error(`described or associated only: ${[...unmatched]}`);

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await Promise.all(JSON.parse(line).map(call))));
}
