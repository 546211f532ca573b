#!/bin/sh
# Brings Temporal's two databases to the schema of its version. With nothing to do it does nothing, so it runs at every start.
# Environment: SQL_HOST, SQL_PORT, SQL_USER, SQL_PASSWORD of Postgres.
set -eu

for store in temporal visibility; do
  database=temporal
  [ "$store" = visibility ] && database=temporal_visibility
  # The first makes the table of versions where there is none, the second brings what is missing.
  temporal-sql-tool --plugin postgres12 --database "$database" setup-schema --version 0.0
  temporal-sql-tool --plugin postgres12 --database "$database" update-schema --schema-name "postgresql/v12/$store"
done
