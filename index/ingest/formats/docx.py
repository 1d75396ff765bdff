"""A Word file -> its paragraphs, as they read when all tracked changes are accepted.

    the part that _rels/.rels names -> of each alternative the first with text -> paragraphs without what is hidden, deleted,
    moved away, a ruby's reading or a field's code -> lines

Transitional and Strict files are alike but for the namespace. (python-docx and mammoth leave out text boxes and tracked moves.)
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.ingest.formats import tables
from index.ingest.formats.archives import LIMIT
from index.ingest.formats.extracted import Extracted
from index.ingest.formats.printed import described

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WORD = ("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}", "{http://purl.oclc.org/ooxml/wordprocessingml/main}")
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_AWAY = frozenset("del moveFrom rt pPr rPr tblPr tcPr trPr sectPr".split())  # elements without text of the document
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
TINY = 4  # half-points, in which a font's size is given
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that Word and the standard know; others may ask for any memory


def docx(data: bytes, where: str) -> Extracted:
    """The text of a Word file, tables and text boxes included, without headers, footnotes and comments."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _main_part(archive, where)
            body = _parsed(archive, main, where)
            styles = _optional(archive, posixpath.join(posixpath.dirname(main), "styles.xml"), where)
            about = _optional(archive, "docProps/core.xml", where)
    except KeyError:
        raise SourceError(where, "this is a zip file, but no Word document") from None
    except (zipfile.BadZipFile, etree.LxmlError, OSError, EOFError, zlib.error, ValueError, RuntimeError):
        raise SourceError(where, "the Word file is damaged or protected by a password") from None
    text = "\n".join(line for line in _lines(body, _hidden_styles(styles)) if line)
    if not text:
        raise SourceError(where, "the Word file holds no text")
    properties = {etree.QName(element).localname: element.text or "" for element in (about if about is not None else ())}
    return described(text, "docx 2", title=properties.get("title", ""), author=properties.get("creator", ""))


def _main_part(archive: zipfile.ZipFile, where: str) -> str:
    """The part that the package names as its document: "word/document.xml" most often, not always."""
    names = archive.namelist()
    if "_rels/.rels" in names:
        for relation in _parsed(archive, "_rels/.rels", where):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                name = posixpath.normpath((relation.get("Target") or "").lstrip("/"))
                if name in names:
                    return name
    return "word/document.xml"


def _optional(archive: zipfile.ZipFile, name: str, where: str) -> Element | None:
    return _parsed(archive, name, where) if name in archive.namelist() else None


def _parsed(archive: zipfile.ZipFile, name: str, where: str) -> Element:
    """The root of a part. KeyError if there is none of that name, LxmlError for broken XML."""
    from lxml import etree

    if archive.getinfo(name).compress_type not in _METHODS:
        raise SourceError(where, "packed in a way that no word processor uses: open it in one and save it again")
    with archive.open(name) as stream:
        content = stream.read(LIMIT + 1)  # the size a zip declares is only a claim
    if len(content) > LIMIT:
        raise SourceError(where, f"larger than {LIMIT:,} bytes when unpacked")
    if re.search(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", content.replace(b"\0", b"")):
        raise SourceError(where, "the Word file defines XML entities, which no word processor does")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _local(element: Element) -> str:
    """The name of an element of WordprocessingML, "" for others."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return next((tag[len(space) :] for space in _WORD if tag.startswith(space)), "")


def _child(element: Element, *path: str) -> Element | None:
    for name in path:
        following = next((child for child in element if _local(child) == name), None)
        if following is None:
            return None
        element = following
    return element


def _value(element: Element | None) -> str:
    """The w:val of an element; "" if it has none, "0" if there is no such element."""
    if element is None:
        return "0"
    return next((value for name, value in element.attrib.items() if name.endswith("}val")), "")


def _hidden_styles(styles: Element | None) -> frozenset[str]:
    """The styles whose text is hidden, by themselves or by the style that they are based on."""
    based: dict[str, str] = {}
    hidden: dict[str, bool] = {}
    for style in styles if styles is not None else ():
        if _local(style) == "style":
            name = next((value for key, value in style.attrib.items() if key.endswith("}styleId")), "")
            based[name] = _value(_child(style, "basedOn"))
            vanish = _child(style, "rPr", "vanish")
            if vanish is not None:
                hidden[name] = _value(vanish) not in ("0", "false", "off")
    style_ids = set()
    for name in based:
        above, seen = name, set()
        while above not in hidden and above in based and above not in seen:
            seen.add(above)
            above = based[above]
        if hidden.get(above):
            style_ids.add(name)
    return frozenset(style_ids)


def _lines(root: Element, hidden: frozenset[str]) -> Iterator[str]:
    """The paragraphs, each text in the innermost one around it: a text box stands inside a paragraph."""
    from lxml import etree

    open_: list[list[str]] = []
    carried = ""  # of a paragraph whose end was deleted
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = _local(element)
        if event == "start":
            if name in _AWAY or _is_left_out(element, name, hidden):
                walk.skip_subtree()
            elif name == "tbl" and (told := _told(element, hidden)):
                yield from told
                walk.skip_subtree()
            elif name == "p":
                open_.append([])
        elif name == "p" and open_:
            text = "".join(open_.pop())
            if _child(element, "pPr", "rPr", "del") is not None or _child(element, "pPr", "rPr", "moveFrom") is not None:
                carried += text
            else:
                yield (carried + text).strip()
                carried = ""
        elif open_ and name == "t" and not _is_hidden(element, hidden):
            open_[-1].append(element.text or "")
        elif open_ and name in _SIGNS and not _is_hidden(element, hidden):
            open_[-1].append(_SIGNS[name])
    yield carried.strip()


def _told(table: Element, hidden: frozenset[str]) -> list[str]:
    """The rows of a table of data, each with its columns' names; none of one that only lays out text."""
    if any(_local(inner) == "tbl" for inner in table.iterdescendants()):
        return []
    rows = [row for row in table if _local(row) == "tr" and not _is_left_out(row, "tr", hidden)]
    return tables.told_rows(
        [[" ".join(filter(None, _lines(cell, hidden))) for cell in row if _local(cell) == "tc"] for row in rows]
    )


def _is_left_out(element: Element, name: str, hidden: frozenset[str]) -> bool:
    """Rows that were deleted, and of each alternative all but the first that has text."""
    if name == "tr":
        return _child(element, "trPr", "del") is not None
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag not in (f"{_ALTERNATIVE}Choice", f"{_ALTERNATIVE}Fallback"):
        return False
    chosen = next(
        (sibling for sibling in element.getparent() if any(_local(part) == "t" and part.text for part in sibling.iter())), None
    )
    return element is not chosen


def _shaded(run: Element) -> bool:
    """Whether something else than the white of the page may be behind a run."""
    if any(_child(run, "rPr", mark) is not None for mark in ("shd", "highlight")):
        return True
    above = list(run.iterancestors())
    return any(_local(one) in ("tc", "txbxContent") or _child(one, "pPr", "shd") is not None for one in above)


def _is_hidden(element: Element, hidden: frozenset[str]) -> bool:
    """By its run's own word, else by the style of its run or paragraph; or too small, or white on a white page, to be seen."""
    run = element.getparent()
    if run is None or _local(run) != "r":
        return False
    size, color = _value(_child(run, "rPr", "sz")), _value(_child(run, "rPr", "color"))
    if (size.isdigit() and 0 < int(size) <= TINY) or (color.upper() == "FFFFFF" and not _shaded(run)):
        return True
    own = _child(run, "rPr", "vanish")
    if own is not None:
        return _value(own) not in ("0", "false", "off")
    if not hidden:
        return False
    paragraph = next((above for above in run.iterancestors() if _local(above) == "p"), run)
    return _value(_child(run, "rPr", "rStyle")) in hidden or _value(_child(paragraph, "pPr", "pStyle")) in hidden
