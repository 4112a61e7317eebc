"""Apache Spark, for dossiers that already lie on a cluster: its session, and the tables it reads.

What is asked of Spark are plans of its own SQL. No Python of ours runs on the machines of a cluster, so this package is
installed where the command is given and nowhere else.
"""

from __future__ import annotations

import os
import re
import tempfile
import warnings
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cchc_calc.dossiers.spark_refusals import check_java, said_plainly
from cchc_calc.errors import SourceRefusedError
from cchc_calc.outcomes import refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark import SparkConf
    from pyspark.sql import SparkSession

SparkFrame: TypeAlias = Any
"""A DataFrame of Spark: columns that are not read yet."""

_SETTINGS: Final = {
    # A moment is the hour that the clocks of Vietnam showed, wherever the machines stand.
    "spark.sql.session.timeZone": "Asia/Ho_Chi_Minh",
    # Else a time that Python hands over is one of the zone of the machine that Python runs on.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    # A sum that is too large is an error and not another number, whatever the cluster was set to.
    "spark.sql.ansi.enabled": "true",
    # What is longer Java never compiles, and works out slowly row by row.
    "spark.sql.codegen.hugeMethodLimit": "8000",
    # A folder "unit=007" means the text "007".
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
_QUIET: Final = {"spark.log.level": "FATAL"}
_ALONE: Final = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.warehouse.dir": (Path(tempfile.gettempdir()) / "spark-warehouse").as_uri(),
}
"""On one machine nothing of Spark can be reached from another, and no folder of its is left where the command runs."""

_HAS_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_WITH_MEANING_IN_PATHS: Final = re.compile(r"[\\{}\[\]*?]")
_PARTITION: Final = re.compile(r"/([^/=]+)=([^/]*)(?=/|$)")
_BYTE_OF_A_LETTER: Final = re.compile(r"%25[89A-Fa-f][0-9A-Fa-f]")
_NAME_PARTS: Final = re.compile(r"`(?:[^`]|``)*`|[^.`]+")
_RENAME: Final = "Đổi tên tệp (bỏ dấu hai chấm, không bắt đầu bằng dấu chấm hay gạch dưới), rồi làm lại."
_CONVERT: Final = "Chuyển tệp CSV thành parquet một lần, rồi tính từ tệp parquet."
_NAME_TABLE: Final = "Ghi delta.`đường dẫn`, hoặc tên bảng trong danh mục của Spark, thay cho đường dẫn."


def session() -> SparkSession:
    """Give the session of Spark, started by what ``spark-submit`` was told, or on all cores of this machine.

    Its log is quiet unless ``spark.log.level`` is set. Texts of days and hours stay what is written; columns of moments
    are read as the hours of Vietnam.

    Raises SourceRefusedError: F15 where Java is missing or too old, F09 where no cluster answers.
    """
    with said_plainly("Spark"), warnings.catch_warnings():
        # It warns of the pandas beside it, which nothing here uses with it.
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark.sql import SparkSession

        builder = SparkSession.builder
        if SparkSession.getActiveSession() is None:
            builder = builder.config(conf=_configuration())
        for name, value in _SETTINGS.items():
            builder = builder.config(name, value)
        _silence()
        return builder.getOrCreate()


def read_parquet(paths: Sequence[str]) -> SparkFrame:
    """Read parquet files, or folders of them; folders "name=value" make a column of texts.

    ``paths`` are of this machine or have a scheme, as hdfs:// or s3a://. Files may differ in which columns they have.

    Raises SourceRefusedError: F00, F04, F05, F09, F15 for what cannot be read; a broken file is found when it is read.
    """
    tops: dict[str, list[str]] = {}
    for path in paths:
        tops.setdefault(_partitioned(path), []).append(path)
    with said_plainly(shown(paths)):
        frames = [_parquet(same, top) for top, same in tops.items()]
        return reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), frames)


def read_named(name: str) -> SparkFrame:
    """Read a table with its own headings: a place with a scheme (parquet), or the name of a table of the catalogue.

    Raises SourceRefusedError: F00 where there is none, and what ``read_parquet`` raises; F04 for csv, whose layout is
    not looked for on a cluster, and for the bare files of a Delta table, where removed rows lie as well.
    """
    if not is_place(name):
        parts = _NAME_PARTS.findall(name)
        with said_plainly(name):
            return session().read.table(".".join(part if part.startswith("`") else f"`{part}`" for part in parts))
    if name.casefold().endswith((".csv", ".csv.gz", ".txt")):
        raise refusal(shown([name]), "F04", "tệp CSV không được đọc thẳng từ cụm máy.", _CONVERT)
    if _is_delta(_partitioned(name) or name.rstrip("/")):
        message = "thư mục là một bảng Delta; các tệp trong đó có cả dòng đã xóa."
        raise refusal(shown([name]), "F04", message, _NAME_TABLE)
    return read_parquet([name])


def is_place(name: str) -> bool:
    """Tell a place with a scheme from a path of this machine or the name of a table.

    >>> is_place("hdfs://dau-moi/ho-so"), is_place("file:/du-lieu/ho-so"), is_place("C:/ho-so"), is_place("kho.ho_so")
    (True, True, False, False)
    """
    return _HAS_SCHEME.match(name) is not None


def place_of(path: str) -> str:
    """Write a path of this machine so that Spark takes every sign as it is; with a scheme it may be a pattern."""
    if is_place(path):
        return path
    name = Path(path).name
    if name.startswith((".", "_")) or ":" in name:
        raise refusal(name, "F09", "Spark không đọc tệp có tên như vậy.", _RENAME)
    return _WITH_MEANING_IN_PATHS.sub(r"\\\g<0>", _place(path))


def shown(paths: Sequence[str]) -> str:
    """Name what is read, for a message.

    >>> shown(["/thang-7/ho-so.csv"]), shown(["hdfs://dau-moi/2023/", "hdfs://dau-moi/2024"])
    ('ho-so.csv', '2023, …')
    """
    first = paths[0].rstrip("/").rpartition("/")[2] if paths else "Spark"
    return f"{first}, …" if len(paths) > 1 else first


def _silence() -> None:
    """Keep Spark's part in Python from printing each error with its trace before it is said plainly."""
    from pyspark.logger import PySparkLogger

    for name in ("DataFrameQueryContextLogger", "SQLQueryContextLogger"):
        PySparkLogger.getLogger(name).setLevel("CRITICAL")


def _configuration() -> SparkConf:
    """Take what spark-submit or the defaults of this machine say, and add only what they leave open."""
    from pyspark import SparkConf, SparkContext

    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        check_java()
    # What was said is known once Java runs, and only then.
    SparkContext._ensure_initialized()  # noqa: SLF001 - SparkSession starts it by the same
    conf = SparkConf()
    alone = _ALONE if str(conf.get("spark.master", "local")).startswith("local") else {}
    for name, value in {**_QUIET, **alone}.items():
        conf.setIfMissing(name, value)
    # Spark takes a start from Python for that of its own shell, which draws a bar.
    return conf.set("spark.ui.showConsoleProgress", "false")


def _place(path: str) -> str:
    """Write a path of this machine as one, because Spark's own may lie elsewhere."""
    return path if is_place(path) else f"file://{Path(os.path.abspath(path)).as_posix()}"  # noqa: PTH100 - links stay


def _partitioned(path: str) -> str:
    """Give the folder that is parted by folders "name=value", if one of these is in the path."""
    place = _place(path)
    found = _PARTITION.search(place)
    return place[: found.start()] if found else ""


def _parquet(paths: Sequence[str], top: str) -> SparkFrame:
    reader = session().read.options(mergeSchema=True, **({"basePath": top} if top else {}))
    frame = reader.parquet(*map(place_of, paths))
    folders = {file.rpartition("/")[0] for file in frame.inputFiles()}
    partitions = {pair for folder in folders for pair in _PARTITION.findall(folder)}
    by_bytes = {name for name, value in partitions if _BYTE_OF_A_LETTER.search(value)}
    # A column that is mended is no longer one by which Spark leaves out folders.
    return frame.withColumns({name: _in_utf_8(name) for name in by_bytes & {*frame.columns}})


def _in_utf_8(name: str) -> Any:
    """Mend the text of a folder's name: Spark takes each byte of a letter that is written %C6%B0 for a letter."""
    from pyspark.sql import functions as sf

    text = sf.col(name)
    in_bytes = sf.when(~text.rlike(r"[^\x00-\xFF]"), sf.encode(text, "ISO-8859-1").cast("string"))
    return sf.coalesce(sf.try_validate_utf8(in_bytes), text)


def _is_delta(place: str) -> bool:
    try:
        with said_plainly(shown([place])):
            session().read.text(f"{place}/_delta_log")
    except SourceRefusedError as error:
        if error.code == "F00":
            return False
        raise
    return True
