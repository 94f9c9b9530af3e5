#!/usr/bin/env bash
# Answers 0 when the shop of an environment answers.
set -euo pipefail
case "${1:?environment}" in
  prod) host=www.boutique-du-quai.fr ;;
  *) host="$1.boutique-du-quai.fr" ;;
esac
for _ in 1 2 3 4 5; do
  curl -fsS "https://$host/health" && exit 0
  sleep 10
done
exit 1
