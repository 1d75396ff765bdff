"""Chroma's graph on disk, looked over before Chroma reads it: from a damaged one it takes any number for an address.

    data_level0.bin half empty, or with other numbers in it   ->  chromadb 1.5.9 ends the process (SIGSEGV)
    a file of it missing                                       ->  it starts an empty graph, and finds nothing any more

The layout is that of hnswlib as Chroma's fork writes it, version 1; of another version nothing is said here.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HEADER = struct.Struct("<i6QiI3QdQ")
VERSION = 1
FILES = ("header.bin", "data_level0.bin", "length.bin", "link_lists.bin", "index_metadata.pickle")
# Segments whose graph was written; before that all vectors are in the queue.
WRITTEN = "SELECT s.id FROM segments s JOIN max_seq_id m ON m.segment_id = s.id WHERE s.scope = 'VECTOR'"
BLOCK = 20_000  # elements


def problem(folder: Path) -> str:
    """What is wrong with the graphs in Chroma's folder, in a few words; "" if nothing is. Reads each once.

    Raises sqlite3.Error if Chroma's own database cannot be read.
    """
    with closing(sqlite3.connect(folder / "chroma.sqlite3")) as db:
        graphs = [str(id) for (id,) in db.execute(WRITTEN)]
    return next((why for name in graphs if (why := _graph(folder / name))), "")


def _graph(folder: Path) -> str:
    if missing := [name for name in FILES if not (folder / name).is_file()]:
        return f"{missing[0]} is missing"
    head = (folder / "header.bin").read_bytes()
    if len(head) != HEADER.size or HEADER.unpack(head)[0] != VERSION:
        return ""  # of another version, or unreadable: Chroma says so itself
    _, _, _, elements, size, label, data, top, entry, wide, wide0, *_ = HEADER.unpack(head)
    if not data == 4 + 4 * wide0 <= label == size - 8 or (folder / "data_level0.bin").stat().st_size != elements * size:
        return "data_level0.bin is not as long as header.bin says"
    if not elements:
        return ""
    levels = _levels((folder / "link_lists.bin").read_bytes(), elements, wide)
    if levels is None:
        return "link_lists.bin is damaged"
    if entry >= elements or top != levels[entry] or top != levels.max():
        return "header.bin is damaged"
    rows = np.memmap(folder / "data_level0.bin", np.uint8, "r", shape=(elements, size))
    for at in range(0, elements, BLOCK):
        lists = np.ascontiguousarray(rows[at : at + BLOCK, :data])
        counts, links = lists[:, :2].copy().view(np.uint16)[:, 0], lists[:, 4:].copy().view(np.uint32)
        used = np.arange(wide0) < counts[:, None]
        if (counts > wide0).any() or (links[used] >= elements).any():
            return "data_level0.bin is damaged"
    return ""


def _levels(lists: bytes, elements: int, wide: int) -> NDArray[np.int64] | None:
    """(elements,) on how many levels above the lowest each is; None if a list leads to where nothing is."""
    levels = np.zeros(elements, np.int64)
    size, at = 4 + 4 * wide, 0  # of one list: how many, and the elements it leads to
    places: list[tuple[int, int]] = []
    for n in range(elements):
        if at + 4 > len(lists):
            return None
        (length,) = struct.unpack_from("<I", lists, at)
        at += 4
        if length:
            if length % size or at + length > len(lists):
                return None
            levels[n] = length // size
            places += [(level, at + (level - 1) * size) for level in range(1, length // size + 1)]
            at += length
    for level, place in places:
        (count,) = struct.unpack_from("<H", lists, place)
        links = np.frombuffer(lists, np.uint32, min(count, wide), place + 4)
        if count > wide or (links >= elements).any() or (levels[links] < level).any():
            return None
    return levels if at == len(lists) else None
