"""A moto server with an empty account on a free port of the loopback interface.

Says the port on a line of its own. Every line that it then reads is answered by another: an empty one replaces the
account with an empty one, `keep` keeps the account as it is, and `back` puts it back as it was kept. It ends when its
standard input does, so it never outlives whoever started it.

The account lives in a process forked from this one, and not in this one: moto's own reset keeps some of what was there,
and ids made after it would differ from those of a fresh server.
"""

import importlib
import os
import socket
import sys
import threading

from moto.moto_api._internal import mock_random
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server
from werkzeug.test import Client

# What takes long and is the same for each account is done once, here. The last two use up random numbers when loaded.
for name in "ec2 ecr ecs elbv2 iam s3 sqs sts eks textract".split():
    importlib.import_module(f"moto.{name}.models")
    importlib.import_module(f"moto.{name}.responses")
# moto knows no registry that fetches images from another one: an account has none.
sys.modules["moto.ecr.responses"].ECRResponse.describe_pull_through_cache_rules = lambda self: "{}"
mock_random.seed(42)
application = DomainDispatcherApplication(create_backend_app)
scope = "Credential=test/20260101/us-east-1/sts/aws4_request"
question = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
for _ in range(2):
    Client(application).post("/", data=question, headers={"Authorization": f"AWS4-HMAC-SHA256 {scope}"})

listening = socket.create_server(("127.0.0.1", 0), backlog=128)
port = listening.getsockname()[1]


def begin():
    """Serves the account of this process from now on."""
    server = make_server(
        "127.0.0.1",
        port,
        application,
        threaded=True,
        request_handler=MotoRequestHandler,
        fd=listening.fileno(),
    )
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def fork():
    """Another process with this account, and the pipe that ends it: gives the end to write to, or that to read."""
    reader, writer = os.pipe()
    child = os.fork()
    os.close(reader if child else writer)
    return child, writer if child else reader


def end(child: int, writer: int) -> None:
    """Ends a process, and waits until nothing answers in its place."""
    os.close(writer)
    os.waitpid(child, 0)


def serve(parent: int) -> None:
    """Serves an account until the pipe from the parent is closed."""
    server = begin()
    if os.read(parent, 1) == b"k":
        server.shutdown()
        kept(parent)
    os._exit(0)


def kept(parent: int) -> None:
    """Keeps the account of this process: it is served by another, which is replaced where the account is put back."""
    while True:
        child, pipe = fork()
        if child == 0:
            serve(pipe)
        print(port, flush=True)
        command = os.read(parent, 1)
        end(child, pipe)
        if command == b"":
            return


while True:
    child, pipe = fork()
    if child == 0:
        mock_random.seed(42)
        serve(pipe)
    print(port, flush=True)
    while (line := sys.stdin.readline()).strip():
        os.write(pipe, line[:1].encode())
    end(child, pipe)
    if not line:
        break
