"""What every test may ask for. The servers come from tests/cluster.py."""

from tests.cluster import (
    cluster,
    database_url,
    pytest_configure,
    pytest_configure_node,
    pytest_unconfigure,
    valkey_url,
)

__all__ = [
    "cluster",
    "database_url",
    "pytest_configure",
    "pytest_configure_node",
    "pytest_unconfigure",
    "valkey_url",
]
