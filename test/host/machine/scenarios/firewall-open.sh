# shellcheck shell=sh
# Nothing filters what comes in.
set -eu
# Not --now: stopping that unit flushes the tables of the Docker engine too.
systemctl disable --quiet nftables.service
nft delete table inet phare
