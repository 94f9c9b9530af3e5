"""Tokens of the assistant's users."""
import datetime

import jwt
from fastapi import Header, HTTPException

from app.core.config import settings


def issue(user: str) -> str:
    until = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=settings.token_hours)
    return jwt.encode({"sub": user, "exp": until}, settings.secret_key, algorithm="HS256")


def current_user(authorization: str = Header()) -> str:
    try:
        token = authorization.removeprefix("Bearer ")
        return jwt.decode(token, settings.secret_key, algorithms=["HS256"])["sub"]
    except jwt.InvalidTokenError as error:
        raise HTTPException(status_code=401) from error
