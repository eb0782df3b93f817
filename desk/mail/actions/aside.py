import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def aside(call: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
    """In a thread that, unlike those of asyncio.to_thread, does not keep the process from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(how: Callable[[Any], None], what: object) -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(lambda: None if done.done() else how(what))

    def work() -> None:
        try:
            result = call(*values, **named)
        except BaseException as fault:
            tell(done.set_exception, fault)
        else:
            tell(done.set_result, result)

    threading.Thread(target=work, daemon=True).start()
    return await done
