#!/usr/bin/env python3
"""Liste ce que le compte Cloudflare contient, en Markdown."""

import json
import os
import urllib.request

COMPTE = os.environ["CLOUDFLARE_ACCOUNT_ID"]
JETON = os.environ["CLOUDFLARE_API_TOKEN"]


def lire(chemin: str) -> list[dict]:
    requete = urllib.request.Request(
        f"https://api.cloudflare.com/client/v4/accounts/{COMPTE}{chemin}",
        headers={"Authorization": f"Bearer {JETON}"},
    )
    with urllib.request.urlopen(requete, timeout=30) as reponse:
        return json.load(reponse)["result"]


for titre, chemin, cle in (
    ("Workers", "/workers/scripts", "id"),
    ("Bases D1", "/d1/database", "name"),
    ("Espaces KV", "/storage/kv/namespaces", "title"),
):
    print(f"## {titre}\n")
    for un in lire(chemin):
        print(f"- `{un[cle]}`")
    print()
