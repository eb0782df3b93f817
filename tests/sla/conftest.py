from tests.directory.conftest import firm

__all__ = ["firm"]
