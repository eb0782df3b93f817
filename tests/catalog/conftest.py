import pytest

from desk import db
from desk.directory import actions as directory
from tests.directory.conftest import Firm
from tests.directory.conftest import firm as small_firm

__all__ = ["small_firm"]


@pytest.fixture
async def firm(small_firm: Firm) -> Firm:
    """Lin handles what is asked of sales: where nobody does, no service can be offered."""
    async with db.acting_as(db.NOBODY):
        await directory.set_level(small_firm.lin, small_firm.sales, 3)
    return small_firm
