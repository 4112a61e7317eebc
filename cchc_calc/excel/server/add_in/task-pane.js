// The page beside the sheet: the access code is typed in here once, and tried.
Office.onReady(() => {
  const [form, code, state] = ["form", "code", "state"].map((id) => document.getElementById(id));

  async function tryFunctions() {
    state.textContent = "Đang gọi máy chủ…";
    const [[answer]] = await CCHC_TUKIEMTRA(null, { address: "" });
    state.textContent = answer;
  }

  async function recalculate() {
    await Excel.run(async (context) => {
      context.workbook.application.calculate(Excel.CalculationType.full);
      await context.sync();
    });
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    globalThis.cchcToken.write(code.value);
    code.value = "";
    await tryFunctions();
    await recalculate();
  });
  tryFunctions();
});
