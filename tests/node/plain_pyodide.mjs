// The functions as plain Python in a browser, no xlwings there:  node plain_pyodide.mjs MODULES WHEEL

import { startPython } from "./browser_python.mjs";
import { answerLines } from "./office.mjs";

const [modules, wheel] = process.argv.slice(2);
const python = await startPython(modules, [wheel]);
python.runPython(`
import json
from cchc_calc.excel import udf

def plain(cell):
    return cell["error"] if isinstance(cell, dict) else cell

def answer(call):
    call = json.loads(call)
    given = [None if rows is None else [[plain(cell) for cell in row] for row in rows] for rows in call["arguments"]]
    cells = getattr(udf, call["function"])(*given)
    return json.dumps(cells if isinstance(cells, list) else [[cells]])
`);
const answer = python.globals.get("answer");
await answerLines((call) => ({ cells: JSON.parse(answer(JSON.stringify(call))), thrown: null }));
