# SPDX-License-Identifier: Apache-2.0
"""HTTP clients that cost little themselves: raw sockets, keep-alive, no delay."""

import random
import selectors
import socket
import time

BUFFER = 1 << 20


class Scraper:
    """One connection that scrapes again and again."""

    def __init__(self, port, gzip=False, path="/metrics", timeout=10):
        encoding = "gzip" if gzip else "identity"
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/plain;version=0.0.4\r\n"
            f"Accept-Encoding: {encoding}\r\n\r\n").encode()
        self.buffer = memoryview(bytearray(BUFFER))
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self):
        """Sends the request; the answer is taken by receive()."""
        self.head = b""
        self.left = None
        self.tail = b""
        self.body = []
        self.begun = time.perf_counter()
        self.socket.sendall(self.request)

    def receive(self, keep=False):
        """Takes what has come; returns whether that was the end of the answer."""
        count = self.socket.recv_into(self.buffer)
        if count == 0:
            raise ConnectionError("closed in the middle of an answer")
        view = self.buffer[:count]
        if self.left is None:
            self.head, end, rest = (self.head + bytes(view)).partition(b"\r\n\r\n")
            if not end:
                return False
            self.parse(self.head)
            view = memoryview(rest)
        if keep:
            self.body.append(bytes(view))
        if self.chunked:
            self.tail = (self.tail + bytes(view[-5:]))[-5:]
            return self.tail == b"0\r\n\r\n"
        self.left -= len(view)
        return self.left <= 0

    def parse(self, head):
        self.status = int(head[9:12])
        headers = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        self.chunked = headers.get(b"transfer-encoding") == b"chunked"
        self.left = int(headers.get(b"content-length", 0))

    def scrape(self, keep=False):
        """One scrape; returns its seconds."""
        self.ask()
        while not self.receive(keep):
            pass
        return time.perf_counter() - self.begun

    def text(self):
        """The body of the last scrape, when it was kept."""
        body = b"".join(self.body)
        if self.chunked:
            body = unchunked(body)
        return body.decode()

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def unchunked(body):
    text = []
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        text.append(body[:length])
        body = body[length + 2:]
    return b"".join(text)


def fetch(port, path="/metrics", timeout=10):
    """Status and text of one answer on a connection of its own."""
    with Scraper(port, path=path, timeout=timeout) as scraper:
        scraper.scrape(keep=True)
        return scraper.status, scraper.text()


def in_a_row(port, count, gzip=False, pause=0.0):
    """Seconds of each of so many scrapes over one connection, the first of them left out."""
    seconds = []
    with Scraper(port, gzip) as scraper:
        scraper.scrape()
        for _ in range(count):
            if pause:
                time.sleep(pause * random.uniform(0.5, 1.5))
            seconds.append(scraper.scrape())
    return seconds


def at_once(ports, connections, duration, gzip=False):
    """Seconds of each scrape of so many connections to each port, each of which asks again when it has its answer."""
    scrapers = [Scraper(port, gzip, timeout=60) for port in ports for _ in range(connections)]
    seconds = []
    with selectors.DefaultSelector() as selector:
        for scraper in scrapers:
            selector.register(scraper.socket, selectors.EVENT_READ, scraper)
            scraper.ask()
        end = time.perf_counter() + duration
        while time.perf_counter() < end:
            for key, _ in selector.select(1):
                if key.data.receive():
                    seconds.append(time.perf_counter() - key.data.begun)
                    key.data.ask()
    for scraper in scrapers:
        scraper.close()
    return seconds


def every_second(ports, duration):
    """Scrapes each port once a second for so long."""
    scrapers = [Scraper(port) for port in ports]
    start = time.monotonic()
    for turn in range(round(duration)):
        time.sleep(max(0.0, start + turn - time.monotonic()))
        for scraper in scrapers:
            scraper.scrape()
    time.sleep(max(0.0, start + duration - time.monotonic()))
    for scraper in scrapers:
        scraper.close()
