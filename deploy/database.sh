#!/bin/sh
# Run once by the postgres image. The login is no superuser, so that row security binds it; `desk migrate` makes the rest.
set -eu
psql -X -v ON_ERROR_STOP=1 -v password="$DATABASE_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
create role desk login createrole password :'password';
create database desk owner desk;
alter database desk set log_error_verbosity = terse; -- details of errors quote what people wrote
SQL
