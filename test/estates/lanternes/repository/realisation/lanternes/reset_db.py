#!/usr/bin/env python3
"""Remet la base à zéro, recharge les parcours, et avec --dev déploie tout."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

ICI = Path(__file__).resolve().parent
RACINE = ICI.parent.parent
PARCOURS = RACINE / "pilotage" / "lanternes" / "parcours"
BASE = "lanternes"


def wrangler(*arguments: str) -> None:
    subprocess.run(["npx", "wrangler", *arguments], cwd=ICI / "api", check=True)


def executer(sql: str) -> None:
    wrangler("d1", "execute", BASE, "--remote", "--yes", "--command", sql)


def vider() -> None:
    for table in ("hand_in", "enrolment", "lesson", "course"):
        executer(f"DROP TABLE IF EXISTS {table}")
    wrangler("d1", "execute", BASE, "--remote", "--yes", "--file", str(ICI / "schema.sql"))


def charger() -> None:
    for fichier in sorted(PARCOURS.glob("*.json")):
        parcours = json.loads(fichier.read_text(encoding="utf-8"))
        executer(f"INSERT INTO course (id, title) VALUES ('{parcours['id']}', '{parcours['titre']}')")


def deployer() -> None:
    wrangler("deploy", "--env", "production")
    script = RACINE / "realisation" / "nuage" / "deploy_workers.py"
    subprocess.run([sys.executable, str(script), str(ICI / "vitrine")], check=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--dev", action="store_true", help="déploie aussi l’API et la vitrine")
    choix = arguments.parse_args()
    vider()
    charger()
    if choix.dev:
        deployer()


if __name__ == "__main__":
    main()
