"""Everything of web that the application needs, in one place: Litestar(..., plugins=[WebPlugin()])."""

from litestar.config.app import AppConfig
from litestar.config.compression import CompressionConfig
from litestar.plugins import InitPlugin

from desk.web import errors, live, page, security, static


class WebPlugin(InitPlugin):
    def __init__(self, *, busy: tuple[type[Exception], ...] = errors.BUSY) -> None:
        """`busy`: exceptions that mean "no connection or time to give now" (503 with Retry-After)."""
        self._busy = busy

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        app_config.route_handlers.append(static.serve)
        app_config.before_send.append(security.add_headers)
        app_config.before_request = page.read_clock
        app_config.guards.append(security.check)  # one guard: Litestar copies the handler for each
        app_config.exception_handlers = {**app_config.exception_handlers, **errors.handlers(self._busy)}
        app_config.lifespan.append(live.closing)
        app_config.compression_config = CompressionConfig(
            backend="brotli", brotli_quality=1, brotli_gzip_fallback=True, exclude=["^/static/"]
        )
        return app_config
