#!/usr/bin/env python3
"""Déploie un dossier dans Cloudflare Pages : deploy_pages.py DOSSIER PROJET. Plus utilisé depuis juin."""

import subprocess
import sys

if len(sys.argv) != 3:
    sys.exit(__doc__)
subprocess.run(["npx", "wrangler", "pages", "deploy", sys.argv[1], "--project-name", sys.argv[2]], check=True)
