# SPDX-License-Identifier: Apache-2.0
"""A small shop over HTTP: documents that take a moment to be stored, and quotes that can be paid. Python's own library.

usage: shop.py PORT KEY   where KEY is the bearer token that documents want
"""

import itertools
import json
import sys
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = sys.argv[2]
documents = {}  # id -> {"text", "asked"}
quotes = {}  # id -> {"amount", "session"}
numbers = itertools.count(1)


class Shop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=None, **headers):
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Content-Type", "application/json")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(text)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def may(self):
        if self.headers.get("Authorization") == "Bearer " + KEY:
            return True
        self.answer(401, {"error": "no key"})
        return False

    def do_POST(self):
        body = self.body()
        if self.path == "/documents":
            if self.may():
                self.upload(body.decode())
        elif self.path == "/quotes":
            self.quote(json.loads(body))
        elif self.path == "/payments":
            self.pay(json.loads(body))
        else:
            self.answer(404, {"error": "no such thing"})

    def upload(self, text):
        name = "doc/%d" % next(numbers)  # a slash, as ids of others have
        documents[name] = {"text": text, "asked": 0}
        status = "/documents/%s/status" % name.replace("/", "%2F")
        self.answer(202, {"id": name, "links": {"status": status}}, Location=status)

    def quote(self, wanted):
        if wanted["item"] == "slow":
            time.sleep(0.3)
        quote, session = str(uuid.uuid4()), str(uuid.uuid4())
        quotes[quote] = {"amount": wanted["amount"], "session": session}
        self.answer(
            201,
            {"quote": {"id": quote, "amount": wanted["amount"], "currency": "EUR"}},
            Set_Cookie="session=%s; Path=/" % session,
        )

    def pay(self, payment):
        known = quotes.pop(payment["quote"], None)
        if known is None:
            self.answer(409, {"error": "no such quote"})
        elif "session=" + known["session"] not in self.headers.get("Cookie", ""):
            self.answer(403, {"error": "another's quote"})
        elif not self.headers.get("Idempotency-Key"):
            self.answer(400, {"error": "no key"})
        else:
            state = "declined" if known["amount"] == 13 else "paid"
            self.answer(200, {"state": state, "amount": known["amount"]})

    def do_GET(self):
        if self.path == "/health":
            self.answer(200, {"status": "UP", "documents": len(documents), "parts": [{"name": "store", "up": True}]})
        elif self.path.startswith("/documents/") and self.may():
            self.document(self.path[len("/documents/") :])

    def document(self, path):
        asked_for_status = path.endswith("/status")
        document = documents.get(path.removesuffix("/status").replace("%2F", "/"))
        if document is None:
            self.answer(404, {"error": "no such document"})
        elif asked_for_status:
            document["asked"] += 1
            stored = document["asked"] > 2 and "stuck" not in document["text"]
            self.answer(200, {"state": "stored" if stored else "pending"})
        else:
            self.answer(200, document["text"].encode())


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Shop).serve_forever()
