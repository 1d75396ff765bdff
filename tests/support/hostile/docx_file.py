"""Word files written by hand."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_NS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:am3d="http://schemas.microsoft.com/office/drawing/2017/model3d" mc:Ignorable=""'
)


def p(*runs: str, ppr: str = "") -> str:
    """A paragraph; a run that begins with < is taken as XML."""
    return (
        "<w:p>"
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + "".join(r if r.startswith("<") else f'<w:r><w:t xml:space="preserve">{r}</w:t></w:r>' for r in runs)
        + "</w:p>"
    )


def docx(
    body: str,
    *,
    main: str = "word/document.xml",
    target: str = "",
    w: str = W,
    r: str = R,
    core: str = "",
    parts: dict | None = None,
    rels: str = "",
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A Word file written by hand. parts: {name below the main part's folder: (kind, xml of its children)}."""
    base = main.rsplit("/", 1)[0] if "/" in main else ""
    parts = parts or {}
    xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    files = {
        "[Content_Types].xml": xml
        + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{_CT}document.main+xml"/>'
        + "".join(f'<Override PartName="/{base}/{n}" ContentType="{_CT}{k}+xml"/>' for n, (k, _) in parts.items())
        + (
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            if core
            else ""
        )
        + "</Types>",
        "_rels/.rels": xml + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId7" Type="{r}/officeDocument" Target="{target or main}"/>'
        + (
            '<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
            if core
            else ""
        )
        + "</Relationships>",
        main: xml + f'<w:document xmlns:w="{w}" xmlns:r="{r}" {_NS}><w:body>{body}<w:sectPr/></w:body></w:document>',
        (base + "/" if base else "") + "_rels/" + main.rsplit("/", 1)[-1] + ".rels": xml
        + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="rId{i}" Type="{r}/{k}" Target="{n}"/>' for i, (n, (k, _)) in enumerate(parts.items(), 20))
        + rels
        + "</Relationships>",
    }
    for n, (k, inner) in parts.items():
        root = {"header": "hdr", "footer": "ftr"}.get(k, k)
        files[f"{base}/{n}"] = xml + f'<w:{root} xmlns:w="{w}" xmlns:r="{r}">{inner}</w:{root}>'
    if core:
        files["docProps/core.xml"] = (
            xml + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{core}</cp:coreProperties>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as z:
        for n, data in files.items():
            z.writestr(zipfile.ZipInfo(n, (2026, 3, 14, 9, 0, 0)), data, compress_type=compression)
    return out.getvalue()
