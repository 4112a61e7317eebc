"""Which files of a folder are read, by which names, and what is said of the others."""

import os
import sys
import unicodedata
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.errors import SourceRefusedError
from cchc_calc.intake import folders
from cchc_calc.intake.folders import list_files
from cchc_calc.intake.receiving import receive
from cchc_calc.intake.shown_names import shown_names

NFC = "Phường Phước Hòa.xlsx"
NFD = unicodedata.normalize("NFD", NFC)


def place(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode("utf-8", "surrogateescape"))
    return folder


def names_of(contents):
    return [file.name for file in contents.files]


@pytest.mark.parametrize(
    "skipped",
    [
        "~$Biểu.xlsx",
        ".~lock.biểu.xlsx#",
        ".tong-hop.cchc",
        ".tong-hop-a1b2.xlsx",
        "Thumbs.db",
        "desktop.ini",
        "Desktop.INI",
        ".DS_Store",
        "chép dở.tmp",
        "tải dở.xlsx.crdownload",
    ],
)
def test_what_no_unit_sent_is_skipped_and_counted(tmp_path, skipped):
    contents = list_files([place(tmp_path, "phường 1.xlsx", skipped, f"cụm A/{skipped}")])
    assert names_of(contents) == ["phường 1.xlsx"]
    assert contents.skipped == tuple(sorted([skipped, f"cụm A/{skipped}"]))
    assert contents.refused == ()


@pytest.mark.parametrize("name", ["phường 1", "phường 1.pdf", "ảnh.jpg", "b.TXT", NFC, "x" * 250 + ".xlsx", "- a.xlsx"])
def test_anything_else_is_a_file_to_read_or_to_refuse_by_name(tmp_path, name):
    assert names_of(list_files([place(tmp_path, name)])) == [name]


def test_folders_are_read_to_the_bottom_and_named_from_the_top(tmp_path):
    place(tmp_path, "b.xlsx", "Huyện Diên Khánh/xã Suối Tiên/quý 3/a.xlsx", "Huyện Diên Khánh/c.xlsx", ".ẩn/d.xlsx")
    contents = list_files([tmp_path])
    expected = ["Huyện Diên Khánh/c.xlsx", "Huyện Diên Khánh/xã Suối Tiên/quý 3/a.xlsx", "b.xlsx"]
    assert names_of(contents) == expected
    assert contents.skipped == (".ẩn",)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["a"], ["1.xlsx", "c/2.xlsx"]),
        (["a", "b"], ["a/1.xlsx", "a/c/2.xlsx", "b/1.xlsx"]),
        (["a/1.xlsx", "a/c"], ["1.xlsx", "c/2.xlsx"]),
        (["a/1.xlsx", "b/1.xlsx"], ["a/1.xlsx", "b/1.xlsx"]),
        (["a/1.xlsx"], ["1.xlsx"]),
        (["a", "a/c", "a/1.xlsx", "a"], ["1.xlsx", "c/2.xlsx"]),
    ],
)
def test_files_of_several_sources_are_told_apart_and_read_once(tmp_path, sources, expected):
    place(tmp_path, "a/1.xlsx", "a/c/2.xlsx", "b/1.xlsx")
    assert names_of(list_files([tmp_path / source for source in sources])) == expected


def test_a_hidden_file_is_read_when_it_is_named(tmp_path):
    place(tmp_path, ".ẩn.xlsx", "~$khóa.xlsx")
    contents = list_files([tmp_path / ".ẩn.xlsx", tmp_path / "~$khóa.xlsx"])
    assert (names_of(contents), contents.skipped) == ([".ẩn.xlsx"], ("~$khóa.xlsx",))


def test_what_the_command_itself_reads_and_writes_is_no_input(tmp_path):
    place(tmp_path, "a.xlsx", "tong-hop.xlsx", "cũ/tong-hop.xlsx", "kỳ trước/b.xlsx")
    contents = list_files(
        [tmp_path], own=[tmp_path / "tong-hop.xlsx", tmp_path / "kỳ trước", tmp_path / "chưa có.json"]
    )
    assert names_of(contents) == ["a.xlsx", "cũ/tong-hop.xlsx"]
    assert contents.skipped == ("kỳ trước", "tong-hop.xlsx")


def test_what_changed_shows(tmp_path):
    path = place(tmp_path, "a.xlsx") / "a.xlsx"
    (before,) = list_files([tmp_path]).files
    status = path.stat()
    assert (before.size, before.modified_ns, before.changed_ns) == (6, status.st_mtime_ns, status.st_ctime_ns)
    path.write_bytes(b"other.")
    os.utime(path, ns=(before.modified_ns, before.modified_ns))
    (after,) = list_files([tmp_path]).files
    # Who sets back the clock of a file does not hide that it was written.
    assert (after.size, after.modified_ns) == (before.size, before.modified_ns)
    assert sys.platform != "linux" or after.changed_ns != before.changed_ns


def test_links_are_listed_and_refused_but_never_followed(tmp_path):
    place(tmp_path, "thật/a.xlsx")
    (tmp_path / "nộp").mkdir()
    (tmp_path / "nộp" / "b.xlsx").symlink_to(tmp_path / "thật" / "a.xlsx")
    (tmp_path / "nộp" / "vòng").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "nộp" / "ống.xlsx")
    contents = list_files([tmp_path / "nộp"])
    assert names_of(contents) == ["b.xlsx", "vòng", "ống.xlsx"]
    received = [receive(Path(file.path), file.name) for file in contents.files]
    assert [one.refusal.code for one in received] == ["F08", "F08", "F08"]


@pytest.mark.parametrize(
    ("missing", "code"), [("không có", "F00"), ("không có.xlsx", "F00"), ("a.xlsx/b.xlsx", "F00"), ("x\0y", "F00")]
)
def test_a_source_that_is_not_there_is_named(tmp_path, missing, code):
    place(tmp_path, "a.xlsx")
    with pytest.raises(SourceRefusedError) as refused:
        list_files([tmp_path, tmp_path / missing])
    assert refused.value.code == code
    assert refused.value.source == missing.rpartition("/")[2]


@pytest.fixture
def closed(monkeypatch):
    """Make folders of a name unreadable, also for root."""
    real = os.scandir

    def scandir(path):
        if "đóng" in str(path):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(folders.os, "scandir", scandir)


@pytest.mark.usefixtures("closed")
def test_a_folder_that_nobody_can_read_is_refused_by_name(tmp_path):
    place(tmp_path, "đóng/a.xlsx")
    with pytest.raises(SourceRefusedError, match="không có quyền đọc thư mục") as refused:
        list_files([tmp_path / "đóng"])
    assert (refused.value.source, refused.value.code) == ("đóng", "F09")


@pytest.mark.usefixtures("closed")
def test_a_folder_within_that_nobody_can_read_is_not_left_out_without_a_word(tmp_path):
    place(tmp_path, "cụm/đóng/a.xlsx", "cụm/b.xlsx")
    contents = list_files([tmp_path])
    assert names_of(contents) == ["cụm/b.xlsx"]
    (refusal,) = contents.refused
    assert (refusal.source, refusal.code) == ("cụm/đóng/", "F09")
    assert "chưa tệp nào trong đó được tính" in refusal.remedy


def test_a_file_that_is_gone_at_once_is_no_error(tmp_path, monkeypatch):
    place(tmp_path, "a.xlsx", "b.xlsx")
    listed = list(os.scandir(tmp_path))
    (tmp_path / "a.xlsx").unlink()
    monkeypatch.setattr(folders.os, "scandir", lambda _: nullcontext(listed))
    assert sorted(entry.name for entry in listed) == ["a.xlsx", "b.xlsx"]
    assert names_of(list_files([tmp_path])) == ["b.xlsx"]


def test_paths_of_any_length_are_read(tmp_path):
    deep = tmp_path.joinpath(*["Thư mục của một phường có tên rất dài"] * 9)
    place(deep, NFC)
    (file,) = list_files([tmp_path]).files
    assert len(file.path) > 260
    assert receive(Path(file.path), file.name).refusal.code == "F04"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (NFD, NFC),
        ("a\x1b[2Jb.xlsx", "a\\x1b[2Jb.xlsx"),
        ("a\nb.xlsx", "a\\nb.xlsx"),
        ("\u202exslx.exe", "\\u202exslx.exe"),
        ("hỏng\udcff.xlsx", "hỏng\\udcff.xlsx"),
        ("cách\xa0ra.xlsx", "cách\xa0ra.xlsx"),
    ],
)
def test_every_name_can_be_printed(tmp_path, name, shown):
    contents = list_files([place(tmp_path, name)])
    assert names_of(contents) == [shown]
    assert Path(contents.files[0].path).exists()


def test_two_names_that_look_alike_are_numbered(tmp_path):
    contents = list_files([place(tmp_path, NFC, NFD)])
    assert names_of(contents) == [NFC, f"{NFC} (2)"]
    assert len({file.path for file in contents.files}) == 2


NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=12)


@given(st.lists(NAMES, max_size=8), st.randoms(use_true_random=False))
def test_names_are_unique_printable_and_the_same_in_any_order(names, shuffler):
    shown = shown_names(names)
    assert set(shown) == set(names)
    assert len(set(shown.values())) == len(shown)
    for name in shown.values():
        name.encode("utf-8")
        assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Cf"} for sign in name)
    shuffled = list(names)
    shuffler.shuffle(shuffled)
    assert shown_names(shuffled) == shown


def test_the_order_of_the_file_system_changes_nothing(tmp_path, monkeypatch):
    place(tmp_path, *[f"{number % 3}/phường {number}.xlsx" for number in range(30)])
    expected = list_files([tmp_path])
    real = folders._entries

    def turned(folder):
        return sorted(real(folder), key=lambda found: hash(found[0].name), reverse=True)

    monkeypatch.setattr(folders, "_entries", turned)
    assert list_files([tmp_path]) == expected
    assert names_of(expected) == sorted(names_of(expected))
