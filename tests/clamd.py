"""A clamd that speaks INSTREAM and knows three words; for tests of files that are sent."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 1 << 20
"""Its StreamMaxLength in bytes."""
ANSWERS = {
    b"EICAR": (b"stream: Win.Test.", b"EICAR_HDB-1 FOUND\0"),
    b"BUSY": (b"stream: Can't allocate memory ERROR\0",),
    b"GONE": (),
}
"""What it says of a file that holds the words, in parts; of any other that it is clean."""


class _Clamd(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        seen = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            seen += self.rfile.read(size)
            if len(seen) > MOST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        if b"SILENCE" in seen:
            self.rfile.read(1)  # until the caller has had enough
        said = next((ANSWERS[word] for word in ANSWERS if word in seen), (b"stream: OK\0",))
        for part in said:
            self.wfile.write(part)


@contextmanager
def listening() -> Iterator[str]:
    """Let it listen on a port of this machine; yield `host:port`."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
