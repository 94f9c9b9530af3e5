import os

MODE = os.getenv("PHARE_OLD_MODE", "direct")
SMTP = os.getenv("PHARE_SMTP_HOST", "localhost")
