"""What went wrong in Spark, said to an official: each fault a user can cause is a refusal with its remedy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.errors import SourceRefusedError

OLDEST_JAVA: Final = 17
"""The oldest Java that Spark 4 runs on."""

_INSTALL_JAVA: Final = (
    f"Cài Java {OLDEST_JAVA} (Debian, Ubuntu: apt install openjdk-{OLDEST_JAVA}-jre-headless), đặt JAVA_HOME nếu có "
    "nhiều bản; hoặc dùng --engine duckdb, không cần Java."
)
_CHECK: Final = "Kiểm tra lại đường dẫn hoặc tên bảng (kể cả chữ hoa, chữ thường)."
_OTHER_ENGINE: Final = "Ghi lại tệp rồi làm lại; nếu tệp nằm trên máy này, dùng --engine duckdb."
_ASK_ADMINISTRATOR: Final = "Hỏi người quản trị cụm máy."
_SHARE: Final = "Chép tệp lên hdfs, s3 hoặc ổ đĩa mà mọi máy của cụm đều thấy, rồi ghi đường dẫn ở đó."
_MORE_MEMORY: Final = "Tăng --driver-memory hoặc --executor-memory của spark-submit."
_QUOTES: Final = "Kiểm tra các dấu nháy kép trong tệp, hoặc lưu bảng thành tệp .xlsx rồi làm lại."
_ADD_CONNECTOR: Final = "Thêm thư viện ấy bằng --packages của spark-submit (s3a: hadoop-aws)."
_RESAVE_TIMES: Final = "Ghi lại tệp với giờ tới phần triệu giây, hoặc dùng --engine duckdb."

_NO_TABLE: Final = ("F00", "danh mục của Spark không có bảng này.", _CHECK)
_NO_NAME: Final = ("F00", "không phải đường dẫn, cũng không phải tên bảng đúng cách ghi.", _CHECK)
_NOT_SHARED: Final = ("F00", "máy của cụm không thấy tệp này.", _SHARE)
_NO_PARQUET: Final = ("F04", "không phải tệp parquet, hoặc tệp bị cắt cụt.", _OTHER_ENGINE)
_DIFFERENT: Final = ("F04", "các tệp có cột cùng tên nhưng khác kiểu, nên không đọc chung được.", _OTHER_ENGINE)
_NOT_ALLOWED: Final = ("F09", "không có quyền đọc.", _ASK_ADMINISTRATOR)
_NOT_REACHED: Final = ("F09", "không nối được tới nơi chứa dữ liệu hoặc tới cụm Spark.", _ASK_ADMINISTRATOR)
_NO_CONNECTOR: Final = ("F15", "Spark chưa có thư viện đọc nơi chứa dữ liệu này.", _ADD_CONNECTOR)

_REFUSALS: Final = {
    "PATH_NOT_FOUND": ("F00", "không có tệp hoặc thư mục này.", _CHECK),
    "TABLE_OR_VIEW_NOT_FOUND": _NO_TABLE,
    "SCHEMA_NOT_FOUND": _NO_TABLE,
    "CATALOG_NOT_FOUND": _NO_TABLE,
    "REQUIRES_SINGLE_PART_NAMESPACE": _NO_TABLE,
    "PARSE_SYNTAX_ERROR": _NO_NAME,
    "PARSE_EMPTY_STATEMENT": _NO_NAME,
    "INVALID_IDENTIFIER": _NO_NAME,
    "UNABLE_TO_INFER_SCHEMA": ("F05", "không có tệp parquet nào ở đây.", _CHECK),
    "AccessControlException": _NOT_ALLOWED,
    "AccessDeniedException": _NOT_ALLOWED,
    "Permission denied": _NOT_ALLOWED,
    "FILE_NOT_EXIST": _NOT_SHARED,
    "java.io.FileNotFoundException": _NOT_SHARED,
    "CANNOT_READ_FILE_FOOTER": _NO_PARQUET,
    "MALFORMED_CSV_RECORD": ("F12", "tệp CSV ghi sai quy cách: dấu nháy kép không đóng, hoặc một ô quá dài.", _QUOTES),
    "PARQUET_TYPE_ILLEGAL": (
        "F04",
        "tệp có cột thuộc kiểu mà Spark không đọc (giờ tới phần tỷ giây).",
        _RESAVE_TIMES,
    ),
    "CANNOT_MERGE_SCHEMAS": _DIFFERENT,
    "PARQUET_COLUMN_DATA_TYPE_MISMATCH": _DIFFERENT,
    "COLUMN_ALREADY_EXISTS": ("F04", "có hai cột cùng tên (không kể chữ hoa, chữ thường).", _OTHER_ENGINE),
    "No FileSystem for scheme": _NO_CONNECTOR,
    "Class org.apache.hadoop.fs.": _NO_CONNECTOR,
    "ConnectException": _NOT_REACHED,
    "UnknownHostException": _NOT_REACHED,
    "All masters are unresponsive": _NOT_REACHED,
    "OutOfMemoryError": ("F02", "Spark hết bộ nhớ.", _MORE_MEMORY),
    "FAILED_READ_FILE": ("F05", "tệp bị cắt cụt hoặc bị hỏng.", _OTHER_ENGINE),
}
"""Words of Spark's errors, the most telling first, and what they mean."""

_FILE: Final = re.compile(r"while reading file (\S.*?)\. ")
_VERSION: Final = re.compile(r'version "(?:1\.)?(\d+)')


@contextmanager
def said_plainly(source: str) -> Iterator[None]:
    """Turn what Spark raises into a refusal of ``source``, or of the file that Spark names; all else passes.

    It is put around reading as well as counting, because Spark reads when it counts. Raises SourceRefusedError.
    """
    try:
        yield
    except Exception as error:
        refused = _refused(error, source)
        if refused is None:
            raise
        raise refused from None


def check_java() -> None:
    """Let a machine pass that has a Java on which Spark runs. Raises SourceRefusedError: F15."""
    java = _java()
    if java is None:
        raise refusal("Spark", "F15", "máy chưa cài Java, mà Spark chạy trên Java.", _INSTALL_JAVA)
    told = subprocess.run(  # noqa: S603 - the Java that Spark is about to start
        [java, "-version"], capture_output=True, check=False, encoding="utf-8", errors="replace"
    )
    version = _VERSION.search(told.stderr)
    if version is not None and int(version[1]) < OLDEST_JAVA:
        message = f"Java của máy là bản {version[1]}; Spark cần Java {OLDEST_JAVA} trở lên."
        raise refusal("Spark", "F15", message, _INSTALL_JAVA)


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin") if home else None)


def _refused(error: Exception, source: str) -> SourceRefusedError | None:
    if not type(error).__module__.startswith(("pyspark.", "py4j.")):
        return None
    said = str(error)
    found = next((refused for words, refused in _REFUSALS.items() if words in said), None)
    if found is None:
        return None
    file = _FILE.search(said)
    code, message, remedy = found
    return refusal(file[1].rpartition("/")[2] if file else source, code, message, remedy)
