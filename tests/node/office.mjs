// Excel as far as an add-in with functions sees it: what its script finds around it, and how it is called.
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

export class Excel {
  #functions = new Map();
  #parameters = new Map();

  constructor(origin) {
    const stored = new Map();
    const surroundings = {
      window: globalThis,
      location: { origin },
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
        associate: (id, run) => this.#functions.set(id, run),
        Error: CustomFunctionsError,
        ErrorCode: { invalidValue: "#VALUE!" },
      },
    };
    for (const [name, value] of Object.entries(surroundings)) {
      Object.defineProperty(globalThis, name, { value, configurable: true });
    }
  }

  // The metadata is read and the script run; each has to name the functions of the other.
  addIn(metadata, script) {
    for (const { id, parameters } of metadata.functions) this.#parameters.set(id, parameters);
    runInThisContext(script, { filename: "custom-functions-code.js" });
    const unmatched = new Set(this.#parameters.keys()).symmetricDifference(new Set(this.#functions.keys()));
    if (unmatched.size) throw new Error(`described or associated only: ${[...unmatched]}`);
  }

  async call({ function: name, arguments: given }) {
    const invocation = { address: "'Biểu mẫu'!D5", functionName: name };
    try {
      const cells = await this.#functions.get(name)(...laidOut(this.#parameters.get(name), given), invocation);
      if (!Array.isArray(cells) || !cells.every(Array.isArray)) throw new Error(`${name} gave no rows of cells`);
      return { cells, thrown: null };
    } catch (error) {
      return { cells: null, thrown: `${error.code ?? ""} ${error.message}` };
    }
  }
}

// Every declared parameter is handed over, null where it was left out; repeated ones come as one list.
function laidOut(parameters, given) {
  const grids = given.map((rows) => rows?.map((row) => row.map(asDataType)) ?? null);
  const single = parameters.filter((parameter) => !parameter.repeating).length;
  const padded = [...grids, ...Array(Math.max(0, single - grids.length)).fill(null)];
  return single === parameters.length ? padded : [...padded.slice(0, single), padded.slice(single)];
}

function asDataType(cell) {
  return cell?.error
    ? { type: "Error", errorType: ERROR_TYPES[cell.error], basicType: "Error", basicValue: cell.error }
    : cell;
}

// Python writes one batch of calls a line and reads their answers in one line; a batch is called all at once.
export async function answerLines(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await Promise.all(JSON.parse(line).map(answer))));
  }
}
