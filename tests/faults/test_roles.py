"""`desk doctor` on roles, which belong to a whole cluster: hence on servers of their own."""

import pytest

from tests.faults.trial import Trial
from tests.test_doctor import broken, examined, sentence

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("fault", "mend", "named"),
    [
        ("alter role desk_search bypassrls", "alter role desk_search nobypassrls", "strong_role"),
        ("alter role desk_search superuser", "alter role desk_search nosuperuser", "strong_role"),
        ("revoke desk_search from desk cascade", "grant desk_search to desk with inherit false, set true", "foreign_role"),
        ("alter role desk_search rename to gone", "alter role gone rename to desk_search", "no_role"),
    ],
)  # fmt: skip
async def test_a_role_that_is_not_as_it_must_be_is_named(trial: Trial, fault: str, mend: str, named: str):
    async with broken(trial.superuser, fault, mend):
        assert sentence(named, role="desk_search") in await examined()
    assert sentence(named, role="desk_search") not in await examined()
