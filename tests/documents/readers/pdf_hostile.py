"""PDFs made by hand: what no honest producer writes, and small files with exact content."""

from __future__ import annotations

import hashlib

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def assemble(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, with its table of offsets."""
    out = bytearray(b"%PDF-1.7\n")
    offsets: dict[int, int] = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1)
    for number in range(1, max(objects) + 1):
        out += b"%010d 00000 n \n" % offsets.get(number, 0)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def one_page(content: bytes, *, box: bytes = b"0 0 595 842", page: bytes = b"", catalog: bytes = b"") -> bytes:
    """One page in Helvetica (F1), Helvetica-Bold (F2) and ZapfDingbats (F3)."""
    fonts = b"/F1 5 0 R /F2 6 0 R /F3 7 0 R"
    return assemble(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << %s >> >> %s >>"
            % (box, fonts, page),
            4: stream(content),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            7: b"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
        }
    )


def text_at(x: float, y: float, words: str, *, font: str = "F1", size: float = 11) -> bytes:
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, x, y, words.encode("cp1252"))


def encrypt(password: bytes) -> bytes:
    """One page of text locked with the 40-bit standard handler and this user password."""
    owner_key = hashlib.md5(_pad(b"owner")).digest()[:5]
    owner = _rc4(owner_key, _pad(password))
    identity = b"0123456789abcdef"
    permissions = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(_pad(password) + owner + permissions + identity).digest()[:5]
    user = _rc4(key, _PADDING)
    content = text_at(72, 700, "Locked words of the Calder Vale panel.")
    object_key = hashlib.md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        4: stream(_rc4(object_key, content)),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), user.hex().encode()),
    }
    ids = identity.hex().encode()
    return assemble(objects, b"/Root 1 0 R /Encrypt 6 0 R /ID [<%s> <%s>]" % (ids, ids))


def _pad(password: bytes) -> bytes:
    return (password + _PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
