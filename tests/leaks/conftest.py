"""Worlds are made once for all tests of this folder."""

import pytest

from tests.cluster import Cluster
from tests.leaks.worlds import Foundry, Worlds


@pytest.fixture(scope="package")
async def worlds(cluster: Cluster, pool: None, tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    made = Worlds(Foundry(cluster, tmp_path_factory.mktemp("leaks")))
    await made.begin()
    return made
