// How the client script of xlwings Server, which follows below, reaches this server and with which access code.
// Whatever goes wrong on the way becomes a sentence in the cell.
(() => {
  const LONGEST_WAIT_SECONDS = 90;
  const UNREACHABLE =
    "Lỗi: không gọi được máy chủ CCHC. Hãy kiểm tra mạng, hỏi người quản trị máy chủ có đang chạy không, " +
    "rồi tính lại (Ctrl+Alt+F9).";
  const TOO_SLOW = `Lỗi: máy chủ CCHC không trả lời sau ${LONGEST_WAIT_SECONDS} giây. Hãy tính lại (Ctrl+Alt+F9).`;

  // Excel for the web keeps what it stores apart for each site that shows the add-in.
  const tokenKey = () => `${Office.context?.partitionKey ?? ""}cchcToken`;

  globalThis.cchcToken = {
    read() {
      try {
        return localStorage.getItem(tokenKey()) ?? "";
      } catch {
        return "";
      }
    },
    write(token) {
      localStorage.setItem(tokenKey(), token.replace(/[^\x21-\x7e]/g, ""));
    },
  };

  async function post(url, call, { headers }) {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body: JSON.stringify(call),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: AbortSignal.timeout(LONGEST_WAIT_SECONDS * 1000),
      });
      const answer = await response.json();
      return { data: response.ok ? answer : { result: [[answer.error ?? UNREACHABLE]] } };
    } catch (error) {
      return { data: { result: [[error.name === "TimeoutError" ? TOO_SLOW : UNREACHABLE]] } };
    }
  }

  globalThis.xwRequest = { post };
  globalThis.getAuth = async () => ({ token: `Bearer ${globalThis.cchcToken.read()}`, provider: "" });
  globalThis.config = { onWasm: false, customFunctionsMaxRetries: 1, customFunctionsRetryCodes: [] };
  // No function answers with a date, so nothing depends on how this machine writes one.
  globalThis.xlwings = { getCultureInfoName: async () => null, getDateFormat: async () => null };
})();
