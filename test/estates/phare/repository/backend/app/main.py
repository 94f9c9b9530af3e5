"""The API of Phare."""
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from app.api import tools
from app.core.auth import issue
from app.core.config import settings

app = FastAPI(title="Phare")
app.add_middleware(CORSMiddleware, allow_origins=settings.allowed_origins, allow_credentials=True)
app.include_router(tools.router)


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/api/v1/health")
def api_health() -> dict[str, str]:
    return {"status": "ok", "mode": settings.mode, "database": settings.database_url.split(":", 1)[0]}


@app.post("/api/v1/session")
def session(password: str) -> dict[str, str]:
    if password != settings.admin_password:
        return {}
    return {"token": issue("admin")}
