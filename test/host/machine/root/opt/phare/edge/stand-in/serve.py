"""Stands in for Traefik, which is too large to be brought for tests: answers its API on 8080 as Traefik 3.6.7 was seen to
answer with the files of this folder's parent (api/*.json; the version is that of a release), and on 80 and 443 sends
requests on as the routers in that answer say. No middlewares."""
import json
import pathlib
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = pathlib.Path(__file__).parent
ANSWERS = {f"/api/{file.stem.replace('_', '/')}": file.read_text() for file in (HERE / "api").glob("*.json")}
RAW = json.loads(ANSWERS["/api/rawdata"])


def routers(entry_point):
    """Host, path prefix and server of each router that is not disabled, those with the highest priority first."""
    for router in sorted(RAW["routers"].values(), key=lambda one: -one["priority"]):
        # A router with TLS takes nothing that comes without, and the other way round.
        speaks = ("tls" in router) == (entry_point == "websecure")
        if speaks and entry_point in router["entryPoints"] and router["status"] == "enabled":
            host = re.search(r"Host\(`([^`]+)`\)", router["rule"])
            prefix = re.search(r"PathPrefix\(`([^`]+)`\)", router["rule"])
            service = RAW["services"].get(f"{router['service']}@{router.get('provider', 'file')}")
            if service:
                server = service["loadBalancer"]["servers"][0]["url"]
                yield host and host[1], prefix[1] if prefix else "/", server


class Quiet(BaseHTTPRequestHandler):
    server_version = ""
    sys_version = ""

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="text/plain"):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Api(Quiet):
    def do_GET(self):
        found = ANSWERS.get(self.path.split("?")[0])
        if found is None:
            self.answer(404, b"404 page not found\n")
        else:
            self.answer(200, found.encode(), "application/json")

    do_HEAD = do_GET


def edge(entry_point):
    class Edge(Quiet):
        def do_GET(self):
            name = self.headers.get("host", "").split(":")[0]
            for host, prefix, server in routers(entry_point):
                if host == name and self.path.startswith(prefix):
                    return self.send_on(server)
            return self.answer(404, b"404 page not found\n")

        do_HEAD = do_GET

        def send_on(self, server):
            try:
                with urllib.request.urlopen(f"{server}{self.path}", timeout=5) as answer:
                    self.answer(answer.status, answer.read(), answer.headers.get_content_type())
            except urllib.error.HTTPError as error:
                self.answer(error.code, error.read())
            except OSError:
                self.answer(502, b"Bad Gateway")

    return Edge


class BothFamilies(ThreadingHTTPServer):
    address_family = socket.AF_INET6


web = BothFamilies(("::", 80), edge("web"))
websecure = BothFamilies(("::", 443), edge("websecure"))
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain("/etc/ssl/phare/phare.example.crt", "/etc/ssl/phare/phare.example.key")
websecure.socket = tls.wrap_socket(websecure.socket, server_side=True)
for server in (web, websecure):
    threading.Thread(target=server.serve_forever, daemon=True).start()
BothFamilies(("::", 8080), Api).serve_forever()
