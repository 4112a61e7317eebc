// Excel with xlwings Lite, as near as it can be had outside Excel: the client script of xlwings in the mode in
// which it calls the Python of the browser, xlwings itself in that Python, and a main.py as the user writes it.
//
//   node lite_excel.mjs MODULES CLIENT_SCRIPT MAIN PACKAGE...

import { readFile } from "node:fs/promises";
import { startPython } from "./browser_python.mjs";
import { Excel, answerLines } from "./office.mjs";

const [modules, clientScript, main, ...packages] = process.argv.slice(2);
const python = await startPython(modules, packages);
python.FS.writeFile("/home/pyodide/main.py", await readFile(main));
python.runPython(`
import os
os.environ.update(XLWINGS_ON_SERVER="true", XLWINGS_LICENSE_KEY="noncommercial")
import json
import js
import main
import xlwings.server
from pyodide.ffi import to_js

metadata = json.dumps(xlwings.server.custom_functions_meta(main))

async def call(data):
    cells = await xlwings.server.custom_functions_call(data.to_py(), main)
    return to_js(cells, dict_converter=js.Object.fromEntries)
`);

globalThis.config = { onWasm: true };
globalThis.xlwings = { getCultureInfoName: async () => null, getDateFormat: async () => null };
globalThis.wasmCustomFunctionsCall = python.globals.get("call");

const metadata = JSON.parse(python.globals.get("metadata"));
const associations = metadata.functions.map(
  ({ id }) => `
    async function ${id}(...given) {
      return await base({ funcName: "${id}", isStreaming: false, isCached: false, callerScoped: false }, ...given);
    }
    CustomFunctions.associate("${id}", ${id});`,
);
const excel = new Excel("https://lite.example.org");
excel.addIn(metadata, [await readFile(clientScript, "utf8"), ...associations].join("\n"));
await answerLines((call) => excel.call(call));
