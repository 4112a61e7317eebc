"""What engines raise over files, said to an official: the files are refused, and no fault of ours is hidden."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from cchc_calc.outcomes import refusal
from cchc_calc.shortened_lists import shortened_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.errors import SourceRefusedError

_BROKEN: Final = frozenset(
    {"InvalidInputException", "Error", "SerializationException", "ConversionException", "ComputeError", "ArrowInvalid"}
)
_NO_MEMORY: Final = frozenset({"OutOfMemoryException", "ArrowMemoryError"})
_NOT_READ: Final = frozenset({"IOException", "ArrowIOError"})
_NOT_PLAIN: Final = frozenset({"InvalidInputException", "Error"})
_ENGINES: Final = frozenset({"duckdb", "_duckdb", "polars", "narwhals", "pyarrow"})
_SPARK: Final = frozenset({"pyspark", "py4j"})
_MOST_NAMED: Final = 3
_EXPORT: Final = "Xuất lại tệp ấy từ phần mềm Một cửa, hoặc chép lại, rồi làm lại."
_ROOM: Final = "Kiểm tra ổ đĩa còn chỗ trống và quyền đọc tệp, rồi làm lại."
_SPLIT: Final = "Đóng bớt chương trình khác, hoặc tính từng tháng, từng đơn vị; hoặc dùng --engine duckdb."


@contextmanager
def said_plainly(names: Sequence[str]) -> Iterator[None]:
    """Turn what an engine raises while it reads files into a refusal of these; all else passes.

    It is put around reading as well as counting, because engines read when they count. Raises SourceRefusedError: F02,
    F05, F09, and what Spark's own errors are.
    """
    source = shortened_list(names, _MOST_NAMED, "tệp")
    try:
        yield
    except Exception as error:
        if _package(error) in _SPARK:
            from cchc_calc.dossiers import spark_refusals

            with spark_refusals.said_plainly(source):
                raise
        refused = _refused(error, source)
        if refused is None:
            raise
        raise refused from None


def is_not_plain(error: BaseException) -> bool:
    """Tell an error of DuckDB over a csv file that is odd from any other."""
    return _package(error) in _ENGINES and type(error).__name__ in _NOT_PLAIN


def _refused(error: Exception, source: str) -> SourceRefusedError | None:
    if _package(error) not in _ENGINES:
        return None
    kind = type(error).__name__
    if kind in _NO_MEMORY:
        return refusal(source, "F02", "máy không đủ bộ nhớ.", _SPLIT)
    if kind in _NOT_READ:
        return refusal(source, "F09", "không đọc hoặc ghi được tệp.", _ROOM)
    if kind in _BROKEN:
        return refusal(source, "F05", "tệp bị cắt cụt hoặc bị hỏng.", _EXPORT)
    return None


def _package(error: BaseException) -> str:
    return type(error).__module__.partition(".")[0]
