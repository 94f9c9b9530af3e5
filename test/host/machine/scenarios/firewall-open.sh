# shellcheck shell=sh
# Nothing filters what comes in.
set -eu
systemctl disable --quiet --now nftables.service
nft delete table inet phare 2>/dev/null || :
