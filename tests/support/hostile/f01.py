"""Empty user password: AES-128 with clear metadata (EncryptMetadata false) and Adobe 9's AES-256 (revision 5); and one ."""

from __future__ import annotations

import functools
import hashlib
import operator
from pathlib import Path

from tests.support.hostile.files import write
from tests.support.hostile.pdf_file import at, build, stream


def _tables():
    sbox, a, b = [0x63] * 256, 1, 1
    while True:  # b is the inverse of a in GF(2^8)
        a ^= (a << 1) ^ (0x11B if a & 0x80 else 0)
        a &= 0xFF
        for sh in (1, 2, 4):
            b ^= (b << sh) & 0xFF
        if b & 0x80:
            b ^= 0x09
        x = b
        for sh in (1, 2, 3, 4):
            x ^= ((b << sh) | (b >> (8 - sh))) & 0xFF
        sbox[a] = x ^ 0x63
        if a == 1:
            return sbox


_S = _tables()


def _block(key: bytes, data: bytes) -> bytes:
    """AES encryption of one block."""
    nk = len(key) // 4
    rounds = nk + 6
    w = [list(key[4 * i : 4 * i + 4]) for i in range(nk)]
    rc = 1
    for i in range(nk, 4 * (rounds + 1)):
        t = list(w[-1])
        if i % nk == 0:
            t = [_S[v] for v in t[1:] + t[:1]]
            t[0] ^= rc
            rc = (rc << 1) ^ (0x11B if rc & 0x80 else 0)
        elif nk > 6 and i % nk == 4:
            t = [_S[v] for v in t]
        w.append([u ^ v for u, v in zip(w[i - nk], t, strict=False)])
    keys = [functools.reduce(operator.iadd, w[4 * r : 4 * r + 4], []) for r in range(rounds + 1)]
    st = [u ^ v for u, v in zip(data, keys[0], strict=False)]
    dbl = lambda v: ((v << 1) ^ (0x1B if v & 0x80 else 0)) & 0xFF  # noqa: E731
    for r in range(1, rounds + 1):
        st = [_S[st[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if r < rounds:
            new = []
            for c in range(0, 16, 4):
                q = st[c : c + 4]
                tot = q[0] ^ q[1] ^ q[2] ^ q[3]
                new += [q[i] ^ tot ^ dbl(q[i] ^ q[(i + 1) % 4]) for i in range(4)]
            st = new
        st = [u ^ v for u, v in zip(st, keys[r], strict=False)]
    return bytes(st)


def cbc(key: bytes, data: bytes, iv: bytes = bytes(16), pad: bool = False) -> bytes:
    if pad:
        n = 16 - len(data) % 16
        data += bytes([n]) * n
    out, prev = b"", iv
    for i in range(0, len(data), 16):
        prev = _block(key, bytes(u ^ v for u, v in zip(data[i : i + 16], prev, strict=False)))
        out += prev
    return out


def rc4(key: bytes, data: bytes) -> bytes:
    st, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + st[i] + key[i % len(key)]) % 256
        st[i], st[j] = st[j], st[i]
    i = j = 0
    for c in data:
        i = (i + 1) % 256
        j = (j + st[i]) % 256
        st[i], st[j] = st[j], st[i]
        out.append(c ^ st[(st[i] + st[j]) % 256])
    return bytes(out)


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
ID = bytes(range(16))
IV = bytes(range(7, 23))


def _objs(content: bytes, enc) -> list:
    """Catalog, pages, font, page, content, info; enc(number, bytes) encrypts."""
    e = enc(5, content)
    title = enc(6, "Sjöfart".encode("cp1252"))
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        stream(e),
        b"<< /Title <%s> >>" % title.hex().encode(),
    ]


def v4(content: bytes, user: bytes = b"") -> bytes:
    perm = -3392
    pad = lambda pw: (pw + PAD)[:32]  # noqa: E731
    k = hashlib.md5(pad(b"owner")).digest()
    for _ in range(50):
        k = hashlib.md5(k).digest()
    o = pad(user)
    for i in range(20):
        o = rc4(bytes(c ^ i for c in k), o)
    key = hashlib.md5(pad(user) + o + perm.to_bytes(4, "little", signed=True) + ID + b"\xff\xff\xff\xff").digest()
    for _ in range(50):
        key = hashlib.md5(key).digest()
    u = hashlib.md5(PAD + ID).digest()
    for i in range(20):
        u = rc4(bytes(c ^ i for c in key), u)
    enc = lambda n, data: IV + cbc(hashlib.md5(key + n.to_bytes(3, "little") + b"\0\0sAlT").digest(), data, IV, True)  # noqa: E731
    e = (
        b"<< /Filter /Standard /V 4 /R 4 /Length 128 /P %d /EncryptMetadata false /O <%s> /U <%s> /CF << /StdCF << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >> "
        b"/StmF /StdCF /StrF /StdCF >>" % (perm, o.hex().encode(), (u + bytes(16)).hex().encode())
    )
    return build(
        [*_objs(content, enc), e], b"/Info 6 0 R /Encrypt 7 0 R /ID [<%s> <%s>] " % (ID.hex().encode(), ID.hex().encode())
    )


def v5r5(content: bytes) -> bytes:
    perm, key = -3392, hashlib.sha256(b"file key").digest()
    sha = lambda b: hashlib.sha256(b).digest()  # noqa: E731
    vs, ks, ovs, oks = b"validsal", b"keysalt1", b"ownerval", b"ownerkey"
    u = sha(vs) + vs + ks
    o = sha(b"owner" + ovs + u) + ovs + oks
    ue, oe = cbc(sha(ks), key), cbc(sha(b"owner" + oks + u), key)
    perms = cbc(key, perm.to_bytes(4, "little", signed=True) + b"\xff\xff\xff\xffTadbrand")
    enc = lambda n, data: IV + cbc(key, data, IV, True)  # noqa: E731
    x = lambda b: b.hex().encode()  # noqa: E731
    e = (
        b"<< /Filter /Standard /V 5 /R 5 /Length 256 /P %d /O <%s> /U <%s> /OE <%s> /UE <%s> /Perms <%s> /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> "
        b"/StmF /StdCF /StrF /StdCF >>" % (perm, x(o), x(u), x(oe), x(ue), x(perms))
    )
    return build([*_objs(content, enc), e], b"/Info 6 0 R /Encrypt 7 0 R /ID [<%s> <%s>] " % (x(ID), x(ID)))


def lines(*text: str) -> bytes:
    return b"".join(at(60, 780 - 16 * i, t) for i, t in enumerate(text))


def make(folder: Path) -> None:
    write(
        folder,
        "input/sv-aes128.pdf",
        v4(
            lines(
                "Hamnen i Norby håller stängt till fredag, sade hamnkapten Åsa Ek på måndagen.",
                "Färjan till Lirio ställs också in.",
            )
        ),
    )
    write(
        folder,
        "input/it-aes256-r5.pdf",
        v5r5(
            lines(
                "La sindaca Rosa Tèndola ha detto che il traghetto è più caro da venerdì.", "Il biglietto costerà nove corone."
            )
        ),
    )
    write(folder, "input/de-needs-password.pdf", v4(lines("Der geheime Bericht nennt den Minister Nagelberg."), b"geheim"))
