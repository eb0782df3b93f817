import os
import shutil
from pathlib import Path

import pytest

from desk.embedded.folder import Folder
from desk.embedded.postgres import THROWAWAY, Postgres
from desk.i18n import Refused
from tests.cluster import Cluster

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends PostgreSQL to another user")


def test_chinese_words_have_trigrams_because_the_locale_is_right(cluster: Cluster) -> None:
    grams = cluster.postgres.psql(
        "begin; create extension if not exists pg_trgm; select cardinality(show_trgm('发票')); rollback"
    )

    assert int(grams) > 0


def test_only_whoever_owns_the_socket_folder_may_knock(cluster: Cluster) -> None:
    assert cluster.postgres.folder.sockets.stat().st_mode & 0o777 == 0o700
    assert cluster.postgres.psql("show listen_addresses") == ""


def test_desk_is_no_superuser_but_owns_its_database(cluster: Cluster) -> None:
    facts = cluster.postgres.psql(
        "select rolsuper, rolcreaterole, datdba = r.oid, datlocale "
        "from pg_roles r, pg_database where rolname = 'desk' and datname = 'desk'"
    )

    assert facts == "f|t|t|C.UTF-8"


@pytest.mark.slow
def test_what_a_killed_initdb_left_is_no_cluster(folder: Path) -> None:
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n")

    with Postgres(folder, THROWAWAY) as postgres:
        assert postgres.psql("select 1") == "1"


@pytest.mark.slow
def test_a_pid_file_of_somebody_else_is_stale(folder: Path) -> None:
    with Postgres(folder, THROWAWAY) as postgres:
        pid_file = (postgres.folder.cluster / "postmaster.pid").read_text()
    stale = pid_file.replace(pid_file.split("\n")[0], str(os.getpid()), 1)
    (postgres.folder.cluster / "postmaster.pid").write_text(stale)

    with Postgres(folder, THROWAWAY) as postgres:
        assert postgres.psql("select 1") == "1"


@pytest.mark.slow
def test_a_deep_folder_gets_its_sockets_elsewhere_in_private(folder: Path) -> None:
    folder.chmod(0o711)
    deep = folder / ("deep" * 25)
    with Postgres(deep, THROWAWAY) as postgres:
        sockets = postgres.folder.sockets

        assert sockets.parent == Path("/tmp")
        assert sockets.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(sockets)


@as_root
def test_a_socket_folder_that_somebody_else_made_is_refused(folder: Path) -> None:
    folder.chmod(0o711)
    deep = Folder(folder / ("deep" * 25))
    deep.sockets.mkdir(mode=0o700)
    os.chown(deep.sockets, 65534, 65534)

    with pytest.raises(Refused, match="belongs to somebody else"):
        Postgres(deep.root, THROWAWAY).start()
    deep.sockets.rmdir()


@as_root
def test_a_data_folder_that_the_system_user_cannot_reach_is_named(folder: Path) -> None:
    with pytest.raises(Refused, match=f"cannot enter {folder} and so cannot reach"):
        Postgres(folder / "data", THROWAWAY).start()
