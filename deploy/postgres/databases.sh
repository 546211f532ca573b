#!/bin/sh
# Runs once, when Postgres makes its cluster: an account and databases for the product, and others for Temporal.
set -eu

: "${BIHUAN_DB_PASSWORD:?is the password of the account bihuan}" "${TEMPORAL_DB_PASSWORD:?is the password of the account temporal}"

psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  -v bihuan="$BIHUAN_DB_PASSWORD" -v temporal="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role bihuan login password :'bihuan';
create role temporal login password :'temporal';
create database bihuan owner bihuan;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database bihuan, temporal, temporal_visibility from public;
SQL
