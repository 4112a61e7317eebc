"""What the cells show when the server is killed, stuck, flooded or asked for too much: an answer, always."""

from __future__ import annotations

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from server_client import TOKEN, call_together, excel, serving
from server_requests import CALL, SECONDS, call_body, connect, post

pytestmark = pytest.mark.slow

RATE = ("CCHC_TYLE", (((424,),), ((425,),)))
TOO_BUSY, TOO_LONG = ["máy", "chủ", "đang", "quá"], ["tính", "quá", "lâu", "nên"]
LIMITED = str(Path(__file__).parent / "limited_server.py")


def limited(folder, **limits):
    return serving(folder, command=(LIMITED, json.dumps(limits)))


def slow_call(texts=150_000):
    """A column of texts that takes far longer to read than a small limit allows."""
    return "CCHC_SO", (tuple((f"đạt {number},5%",) for number in range(texts)),)


def test_a_killed_server_says_in_the_cell_what_to_do_and_leaves_no_process(tmp_path):
    with serving(tmp_path) as server, excel(server.address) as talk:
        assert call_together(talk, [RATE]) == [424 / 425]
        workers = children(server.process.pid)
        server.process.kill()
        server.process.wait(SECONDS)
        answers = call_together(talk, [RATE] * 50)
    assert all(answer.startswith("Lỗi: không gọi được máy chủ CCHC. Hãy kiểm tra mạng") for answer in answers)
    wait_until_gone(workers)


def test_a_worker_killed_in_the_middle_costs_its_call_and_no_other(tmp_path):
    with serving(tmp_path) as server, excel(server.address) as talk, ThreadPoolExecutor(1) as beside:
        assert call_together(talk, [RATE]) == [424 / 425]
        asked = beside.submit(call_together, talk, [slow_call()])
        while not asked.done():
            for worker in children(server.process.pid):
                os.kill(worker, signal.SIGKILL)
            time.sleep(0.1)
        assert asked.result()[0].startswith("Lỗi: chương trình tính trên máy chủ bị dừng giữa chừng")
        assert [call_together(talk, [RATE]) for _ in range(2)][-1] == [424 / 425]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_stops_with_its_workers(tmp_path, number):
    with serving(tmp_path) as server, excel(server.address) as talk:
        assert call_together(talk, [RATE]) == [424 / 425]
        workers = children(server.process.pid)
        server.process.send_signal(number)
        server.process.wait(SECONDS)
        wait_until_gone(workers)
        assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_a_call_that_takes_too_long_is_stopped_and_the_others_are_answered(tmp_path):
    with limited(tmp_path, computing_seconds=5, workers=2) as server, excel(server.address) as talk:
        slow, *quick = call_together(talk, [slow_call(), *[RATE] * 20])
        assert slow.startswith("Lỗi: tính quá lâu nên máy chủ đã dừng ô này")
        assert quick == [424 / 425] * 20
        assert call_together(talk, [RATE]) == [424 / 425]


def test_a_call_that_finds_no_free_worker_in_time_is_told_so(tmp_path):
    with limited(tmp_path, computing_seconds=4, waiting_seconds=1, workers=1) as server, excel(server.address) as talk:
        answers = call_together(talk, [slow_call()] * 2)
    assert sorted(answer.split()[1:5] for answer in answers) == [TOO_BUSY, TOO_LONG]


def test_more_calls_than_the_server_takes_are_refused_not_kept_waiting(tmp_path):
    with limited(tmp_path, calls=1, computing_seconds=3, workers=1) as server, excel(server.address) as talk:
        answers = call_together(talk, [slow_call()] * 3)
        assert sum(answer.startswith("Lỗi: máy chủ đang quá bận") for answer in answers) == 2
        assert [call_together(talk, [RATE]) for _ in range(3)] == [[424 / 425]] * 3


def test_the_size_is_counted_whatever_is_announced(tmp_path):
    with limited(tmp_path, call_bytes=1000) as server:
        connection = connect(server.address)
        chunks = (b" " * 500 for _ in range(3))
        connection.request("POST", CALL, chunks, {"Authorization": f"Bearer {TOKEN}"}, encode_chunked=True)
        assert connection.getresponse().status == 413
        connection.close()
        assert post(server.address, call_body())[0] == 200


def test_all_calls_together_may_hold_so_much_and_it_is_given_back(tmp_path):
    with limited(tmp_path, held_bytes=1000) as server:
        assert [post(server.address, " " * 1001)[0] for _ in range(3)] == [503] * 3
        assert [post(server.address, call_body())[0] for _ in range(20)] == [200] * 20


def test_a_call_that_never_arrives_whole_is_given_up(tmp_path):
    with limited(tmp_path, arrival_seconds=1) as server:
        connection = connect(server.address)
        connection.putrequest("POST", CALL)
        connection.putheader("Authorization", f"Bearer {TOKEN}")
        connection.putheader("Content-Length", "100")
        connection.endheaders(b"{")
        assert connection.getresponse().status == 408
        connection.close()


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until_gone(processes):
    assert processes
    until = time.monotonic() + SECONDS
    while (left := [process for process in processes if is_running(process)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left


def is_running(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
