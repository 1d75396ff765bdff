"""Compressed files and web archives, unpacked within limits.

    unpack(bytes)  ->  bytes, for .gz .xz .bz2        Unpacking(stream)  ->  the same, as a stream
    warc(stream)   ->  Record | SourceError, one by one

What cannot be read raises SourceError, or is one, with one clear line.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from index.errors import SourceError
from index.ingest import publication_date
from index.records import Period

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from warcio.recordloader import ArcWarcRecord

LIMIT = 60_000_000  # bytes of one document, unpacked
RATIO = 200  # unpacked over packed: web archives reach 20, logs 100, a gzip bomb 1,000
HEADER = 2**20  # bytes of one line in the headers of a web archive


def unpack(data: bytes, where: str, limit: int = LIMIT) -> bytes:
    """The contents of a gzip, xz or bzip2 file, at most `limit` bytes. Other data comes back as it is."""
    import bz2
    import lzma

    for magic, opener in ((b"\x1f\x8b", gzip.open), (b"\xfd7zXZ\0", lzma.open), (b"BZh", bz2.open)):
        if not data.startswith(magic):
            continue
        try:
            with opener(io.BytesIO(data), "rb") as stream:
                content = stream.read(limit + 1)
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
            raise SourceError(where, f"the compressed file is damaged or cut short ({type(error).__name__})") from None
        except MemoryError:  # xz names the size of its dictionary itself
            raise SourceError(where, "the compressed file asks for too much memory") from None
        if len(content) > limit:
            raise SourceError(where, f"larger than {limit:,} bytes when unpacked")
        return bytes(content)
    return data


@dataclass(frozen=True, slots=True)
class Record:
    """A page of a web archive."""

    url: str
    body: bytes
    content_type: str = ""  # "text/html"
    charset: str = ""
    fetched: Period | None = None  # when the archive took it; not a publication date


class Unpacking(io.RawIOBase):
    """A decompressed stream that ends with an OSError where it turns out to be a bomb, or is cut short."""

    def __init__(self, unpacked: BinaryIO | gzip.GzipFile, packed: BinaryIO) -> None:
        self._unpacked, self._packed = unpacked, packed
        self._total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        try:
            block = self._unpacked.read(len(view))
        except EOFError:  # which warcio takes for the end of the archive
            raise OSError("the compressed file is damaged or cut short") from None
        self._total += len(block)
        if self._total > LIMIT and self._packed.seekable() and self._total > RATIO * self._packed.tell():
            raise OSError(f"it unpacks to more than {RATIO} times its size: this looks like an attack")
        view[: len(block)] = block
        return len(block)


def _readline(readline: Callable[[int], bytes], length: int | None = None) -> bytes:
    return readline(min(length or HEADER, HEADER))


def _brotli(record: ArcWarcRecord, limit: int) -> bytes:
    """The page of a record packed with brotli, which warcio reads with another library than the one that is kept."""
    import brotli
    from warcio.bufferedreaders import ChunkedDataReader

    raw = record.raw_stream
    if (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        raw = ChunkedDataReader(raw, decomp_type=None)
    packed = raw.read(limit + 1)
    try:
        body: bytes = brotli.Decompressor().process(packed, output_buffer_limit=limit + 1)
    except brotli.error as error:
        raise ValueError(f"brotli: {error}") from None
    return body


def warc(stream: BinaryIO, where: str, limit: int = LIMIT) -> Iterator[Record | SourceError]:
    """The successful answers of a WARC or ARC file, packed or not, one in memory at a time. A damaged record ends it."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    packed = buffered.peek(2)[:2] == b"\x1f\x8b"
    unpacked = io.BufferedReader(Unpacking(gzip.GzipFile(fileobj=buffered), buffered))
    try:
        # Unpacked here: warcio refuses archives that were packed as one piece.
        records = ArchiveIterator(unpacked if packed else buffered, arc2warc=True)
        # warcio takes quadratic time for a line without an end: 100 MB of them would take hours.
        records.reader.readline = partial(_readline, records.reader.readline)
        while True:
            with redirect_stderr(io.StringIO()):  # it prints what it thinks of a record
                record = next(records, None)
            if record is None:
                break
            number += 1
            if record.rec_type not in ("response", "resource"):
                continue
            headers = record.http_headers
            status = headers.get_statuscode() if headers else "200"
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            if status != "200" or not address.startswith(("http://", "https://")):
                continue
            packing = (headers.get_header("Content-Encoding") if headers else "") or "identity"
            if packing.lower() not in ("identity", "gzip", "x-gzip", "deflate", "br"):
                yield SourceError(f"{where}:{number}", f"a page packed as {packing[:20]}, which is not read")
                continue
            body = _brotli(record, limit) if packing.lower() == "br" else record.content_stream().read(limit + 1)
            if len(body) > limit:
                yield SourceError(f"{where}:{number}", f"a page larger than {limit:,} bytes")
                continue
            media = (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
            charset = re.search(r"charset=[\"']?([\w.:-]+)", media, re.IGNORECASE)
            yield Record(
                address.replace(" ", "%20"),
                body,
                media.partition(";")[0].strip().lower(),
                charset[1] if charset else "",
                publication_date.parse(record.rec_headers.get_header("WARC-Date") or ""),
            )
    except (ArchiveLoadFailed, zlib.error, OSError, EOFError, ValueError, TypeError, AttributeError, LookupError) as error:
        why = re.sub(r"\s+", " ", str(error)).strip()[:120]
        yield SourceError(f"{where}:{number + 1}", f"the archive is damaged here: {why or type(error).__name__}")
