"""The API of Phare: answers /health, /api/v1/status, and 404."""
import argparse
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8001)
options = parser.parse_args()


class Api(BaseHTTPRequestHandler):
    server_version = "phare"
    sys_version = ""

    def do_GET(self):
        path = self.path.split("?")[0]
        if path in ("/health", "/api/v1/health"):
            self.answer(200, {"status": "ok"})
        elif path == "/api/v1/status":
            self.answer(200, {"mode": os.environ.get("PHARE_MODE", "observe")})
        else:
            self.answer(404, {"error": "not found"})

    do_HEAD = do_GET

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, *_):
        pass


ThreadingHTTPServer((options.host, options.port), Api).serve_forever()
