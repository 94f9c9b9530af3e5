#!/usr/bin/env python3
"""Ajoute, retire et liste les apprenants qui passent Cloudflare Access."""

import json
import os
import sys
import urllib.request

COMPTE = os.environ["CLOUDFLARE_ACCOUNT_ID"]
JETON = os.environ["CLOUDFLARE_API_TOKEN"]
API = f"https://api.cloudflare.com/client/v4/accounts/{COMPTE}/access"
REGLE = "apprenants inscrits"


def appeler(chemin: str, methode: str = "GET", corps: dict | None = None) -> dict:
    requete = urllib.request.Request(
        f"{API}{chemin}",
        method=methode,
        data=json.dumps(corps).encode() if corps else None,
        headers={"Authorization": f"Bearer {JETON}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(requete, timeout=30) as reponse:
        return json.load(reponse)["result"]


def regle() -> dict:
    return next(une for une in appeler("/policies") if une["name"] == REGLE)


def main() -> None:
    commande, *adresses = sys.argv[1:] or ["list"]
    actuelle = regle()
    if commande == "list":
        for inclus in actuelle["include"]:
            print(json.dumps(inclus, ensure_ascii=False))
        return
    inclus = [un for un in actuelle["include"] if un.get("email", {}).get("email") not in adresses]
    if commande == "add":
        inclus += [{"email": {"email": adresse}} for adresse in adresses]
    appeler(f"/policies/{actuelle['id']}", "PUT", {**actuelle, "include": inclus})


if __name__ == "__main__":
    main()
