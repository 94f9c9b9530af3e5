#!/usr/bin/env bash
# Ancien script de déploiement : préférer reset_db.py --dev.
set -e
cd "$(dirname "$0")"

read -p "Environnement (staging/production) ? " ENVIRONNEMENT
read -p "Appliquer les migrations ? (o/n) " MIGRER

cd api
if [ "$MIGRER" = "o" ]; then
  npx wrangler d1 migrations apply lanternes --remote --env "$ENVIRONNEMENT"
fi
npx wrangler deploy --env "$ENVIRONNEMENT"

cd ../vitrine
npx wrangler deploy
echo "Terminé."
