import os
import signal
import socket
from contextlib import suppress

import pytest

from tests.cluster import Cluster
from tests.embedded.conftest import Desk, eventually

pytestmark = pytest.mark.slow

PATIENCE = 120  # seconds; only a fault lasts that long


def test_a_second_start_on_the_same_folder_is_refused_and_the_first_goes_on(desk: Desk) -> None:
    first = desk.running()
    second = desk.start()
    _, complaint = second.communicate()

    assert second.returncode == 1
    assert f"Another desk is using the data folder {desk.folder} (process {first.pid})" in complaint
    assert first.poll() is None


@pytest.mark.parametrize("name", ["postgres", "valkey", "web", "worker", "postroom"])
def test_whatever_is_killed_is_started_again(desk: Desk, name: str) -> None:
    desk.running()
    killed = desk.pid(name)
    os.kill(killed, signal.SIGKILL)

    eventually(lambda: desk.pid(name) not in (0, killed) and desk.answers())


def test_a_killed_supervisor_leaves_no_process_and_the_next_start_recovers(desk: Desk) -> None:
    desk.running().kill()
    second = desk.running()
    second.kill()

    eventually(lambda: not desk.processes())


def test_the_next_start_recovers_when_everything_was_killed_at_once(desk: Desk) -> None:
    desk.running()
    for pid in desk.processes():
        with suppress(ProcessLookupError):  # whose parent is killed may be gone already
            os.kill(pid, signal.SIGKILL)

    desk.running()


@pytest.mark.parametrize("farewell", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_whole_tree(desk: Desk, farewell: signal.Signals) -> None:
    running = desk.running()
    assert len(desk.processes()) > 5
    running.send_signal(farewell)

    _, complaint = running.communicate(timeout=PATIENCE)
    assert (running.returncode, complaint) == (0, "")
    assert desk.processes() == {}


def test_the_story_is_told_once_into_a_new_folder(desk: Desk) -> None:
    for _ in range(2):
        desk.running().send_signal(signal.SIGTERM)
        desk.started[-1].wait()

    assert "Log in as one of these; the password is a password" in desk.printed
    assert desk.log("seed") == ["told"]
    assert desk.log("migrate") == ["migrated", "migrated"]


def test_an_empty_desk_stays_empty_and_says_how_to_begin(desk: Desk) -> None:
    for words in (["--empty"], []):
        desk.running(*words).send_signal(signal.SIGTERM)
        desk.started[-1].wait()

        assert "desk people import" in desk.printed
    assert not (desk.folder / "log" / "seed.log").exists()


def test_servers_given_by_address_are_used_instead_of_our_own(desk: Desk, cluster: Cluster) -> None:
    desk.running(DESK_DATABASE_URL=cluster.postgres.url(), DESK_VALKEY_URL=cluster.valkey.url())

    assert (desk.pid("postgres"), desk.pid("valkey")) == (0, 0)
    assert desk.pid("web") != 0


def test_a_taken_port_is_named(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", desk.port)):
        _, complaint = desk.start().communicate()

    assert f"Port {desk.port} of 127.0.0.1 is taken" in complaint
    assert desk.processes() == {}


def test_a_taken_port_for_letters_is_told_and_the_rest_goes_on(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", desk.port + 25)):
        desk.running()

    assert f"Letters cannot be taken at port {desk.port + 25} of 127.0.0.1" in desk.printed
    assert desk.answers()
