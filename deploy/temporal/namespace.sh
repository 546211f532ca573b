#!/bin/sh
# Makes the namespace of the tickets, or gives the one that is there its retention.
# Environment: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, RETENTION (such as 720h).
set -eu

for _ in $(seq 60); do
  if temporal operator cluster health >/dev/null 2>&1; then break; fi
  sleep 1
done

if temporal operator namespace describe -n "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace update --retention "$RETENTION" -n "$TEMPORAL_NAMESPACE"
else
  temporal operator namespace create --retention "$RETENTION" -n "$TEMPORAL_NAMESPACE"
fi
