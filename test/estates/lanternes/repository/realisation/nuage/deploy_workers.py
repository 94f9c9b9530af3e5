#!/usr/bin/env python3
"""Déploie le Worker d’un dossier : deploy_workers.py DOSSIER [ENVIRONNEMENT]."""

import subprocess
import sys
from pathlib import Path


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    dossier = Path(sys.argv[1]).resolve()
    if not any((dossier / nom).exists() for nom in ("wrangler.toml", "wrangler.json", "wrangler.jsonc")):
        sys.exit(f"{dossier} : pas de configuration de Wrangler")
    environnement = ["--env", sys.argv[2]] if len(sys.argv) > 2 else []
    subprocess.run(["npx", "wrangler", "deploy", *environnement], cwd=dossier, check=True)


if __name__ == "__main__":
    main()
