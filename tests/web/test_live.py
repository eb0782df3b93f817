import asyncio
import signal
from types import SimpleNamespace

import pytest

from desk.web import live
from desk.web.live import Event


@pytest.fixture
def app():
    return SimpleNamespace(state=SimpleNamespace(closing=asyncio.Event()))


async def told(*events):
    for event in events:
        yield event


async def silence():
    await asyncio.Event().wait()
    yield Event("never")


async def parts(app, source, heartbeat=30.0):
    return [part async for part in live.stream(app, source, heartbeat=heartbeat).iterator]


async def test_events_are_written_as_the_standard_says(app):
    written = await parts(app, told(Event("changed", {"request": 2081})))

    assert written == [b"retry: 3000\n\n", b'event: changed\ndata: {"request":2081}\n\n']


async def test_a_silent_stream_says_that_it_is_still_here(app):
    stream = live.stream(app, silence(), heartbeat=0.01).iterator

    assert [await anext(stream) for _ in range(3)] == [b"retry: 3000\n\n", b": still here\n\n", b": still here\n\n"]
    await stream.aclose()


async def test_a_silent_stream_asks_whether_it_goes_on(app):
    answers = iter([True, False])

    async def goes_on():
        return next(answers)

    stream = live.stream(app, silence(), goes_on=goes_on, heartbeat=0.01)

    assert [part async for part in stream.iterator] == [b"retry: 3000\n\n", b": still here\n\n"]


@pytest.mark.parametrize("answer", [False, None])
async def test_an_event_is_not_sent_to_whom_nobody_can_vouch_for(app, answer):
    async def goes_on():
        return answer

    stream = live.stream(app, told(Event("changed", {"request": 2081})), goes_on=goes_on)

    assert [part async for part in stream.iterator] == [b"retry: 3000\n\n"]


async def test_a_silent_stream_outlives_a_moment_in_which_nobody_can_say(app):
    answers = iter([None, True, False])

    async def goes_on():
        return next(answers)

    stream = live.stream(app, silence(), goes_on=goes_on, heartbeat=0.01)

    assert len([part async for part in stream.iterator]) == 3


async def test_a_stream_ends_when_the_server_is_told_to_stop(app):
    app.state.closing.set()

    assert await parts(app, silence()) == [b"retry: 3000\n\n"]


async def test_a_reader_who_leaves_closes_the_source(app):
    left = asyncio.Event()

    async def source():
        try:
            yield Event("changed")
            await asyncio.Event().wait()
        finally:
            left.set()

    stream = live.stream(app, source()).iterator
    await anext(stream)
    await anext(stream)
    await stream.aclose()

    assert left.is_set()


async def test_the_lifespan_tells_open_streams_at_shutdown():
    app = SimpleNamespace(state=SimpleNamespace())
    async with live.closing(app):
        assert not app.state.closing.is_set()

    assert app.state.closing.is_set()


async def test_the_signal_to_stop_is_heard_before_the_servers_own_handler():
    heard = []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("server"))
    app = SimpleNamespace(state=SimpleNamespace())
    try:
        async with live.closing(app):
            signal.raise_signal(signal.SIGTERM)
            await asyncio.wait_for(app.state.closing.wait(), 5)
            assert heard == ["server"]
    finally:
        signal.signal(signal.SIGTERM, before)
