// The Python of a browser with packages unpacked into it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export async function startPython(modules, packages) {
  const { loadPyodide } = await import(pathToFileURL(join(modules, "pyodide", "pyodide.mjs")));
  const python = await loadPyodide({ stdout: console.error, stderr: console.error });
  for (const path of packages) {
    python.unpackArchive(new Uint8Array(await readFile(path)), path.endsWith(".whl") ? "wheel" : "zip");
  }
  return python;
}
