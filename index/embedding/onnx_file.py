"""An ONNX graph as the bytes of its file, which is a protocol buffer: the few messages that our graph needs.

The package `onnx` would do it with 29 MB. Numbers are those of the fields in onnx.proto (ONNX 1.17, IR version 10);
https://protobuf.dev/programming-guides/encoding tells how a message is laid out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

IR_VERSION = 10
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}  # TensorProto.DataType
_FLOAT, _INT, _TENSOR = 1, 2, 4  # AttributeProto.AttributeType
Attribute = int | float | NDArray[Any]


def tensor(name: str, value: NDArray[Any]) -> bytes:
    """A constant: a TensorProto."""
    value = np.ascontiguousarray(value)
    data = value.astype(value.dtype.newbyteorder("<"), copy=False).tobytes()
    return b"".join(
        [*(_number(1, size) for size in value.shape), _number(2, _TYPES[value.dtype.name]), _text(8, name), _bytes(9, data)]
    )


def node(kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str, attributes: Mapping[str, Attribute]) -> bytes:
    """An operator: a NodeProto."""
    parts = [*(_text(1, name) for name in inputs), *(_text(2, name) for name in outputs), _text(4, kind)]
    parts += [_bytes(5, _attribute(name, value)) for name, value in sorted(attributes.items())]
    return b"".join([*parts, _text(7, domain)])


def value(name: str, shape: Sequence[int | str]) -> bytes:
    """An input or output of floats, a named size being any: a ValueInfoProto."""
    sizes = b"".join(_bytes(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, _TYPES["float32"]) + _bytes(2, sizes)))


def model(
    name: str, nodes: Iterable[bytes], constants: Iterable[bytes], inputs: Iterable[bytes], outputs: Iterable[bytes],
    opsets: Mapping[str, int],
) -> bytes:  # fmt: skip
    """The whole file: a ModelProto. `opsets`: version by domain."""
    graph = b"".join(
        [
            *(_bytes(1, one) for one in nodes), _text(2, name), *(_bytes(5, one) for one in constants),
            *(_bytes(11, one) for one in inputs), *(_bytes(12, one) for one in outputs),
        ]
    )  # fmt: skip
    versions = [_bytes(8, _text(1, domain) + _number(2, version)) for domain, version in opsets.items()]
    return b"".join([_number(1, IR_VERSION), _bytes(7, graph), *versions])


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, _INT)
    if isinstance(value, float):
        return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, _FLOAT)
    return _text(1, name) + _bytes(5, tensor(name, value)) + _number(20, _TENSOR)


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; negative ones as 64 bits."""
    number &= (1 << 64) - 1
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes([*made, number])


def _number(field: int, number: int) -> bytes:
    return _varint(field << 3) + _varint(number)


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())
