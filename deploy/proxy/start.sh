#!/bin/sh
# Starts the proxy, and says so where it serves without TLS.
# Environment: SITE_ADDRESS, a name such as tickets.example.com, or an address without TLS such as :80.
set -eu

case "${SITE_ADDRESS:-:80}" in
  :443) ;;
  http://* | :* | *:80)
    echo "WARNING: SITE_ADDRESS=${SITE_ADDRESS:-:80} serves without TLS: tokens and what customers write can be read on the way." >&2
    echo "WARNING: set SITE_ADDRESS to the name of this service, or let only a proxy that does TLS reach this port." >&2
    ;;
esac
exec caddy run --config /etc/caddy/Caddyfile --adapter caddyfile
