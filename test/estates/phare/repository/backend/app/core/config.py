"""Settings of the assistant, from the environment."""
import secrets

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PHARE_", env_file=".env", extra="ignore")

    secret_key: str = Field(default_factory=lambda: secrets.token_urlsafe(48))
    admin_password: str = "changeme-admin"
    mode: str = "direct"
    token_hours: int = 24
    port: int = 8001
    database_url: str = Field(default="sqlite:///./phare.db", validation_alias="DATABASE_URL")
    allowed_origins: list[str] = ["https://phare.example", "https://www.phare.example"]
    # Read by nobody: commands are not compared with it.
    allowed_commands: list[str] = ["uptime", "df -h", "systemctl status phare-api"]


settings = Settings()
