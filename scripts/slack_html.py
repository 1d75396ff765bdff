"""Messages of Slack as a page to look at: Block Kit to HTML, the few kinds of block and of Markdown that the bot sends.

    python scripts/slack_demo.py --library .demo/library --html slack.html

It looks like Slack from afar, no more: what is checked with it is what stands where, not what a client does with it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

STYLE = """
body { font: 15px/1.46 system-ui, sans-serif; color: #1d1c1d; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
article { margin: 0 0 1rem; padding: .5rem .75rem; border-left: 3px solid #ddd } article.reply { margin-left: 2rem }
article.only { background: #f8f8f8; border-color: #bbb } header { font-weight: 700 } small { color: #616061; font-weight: 400 }
blockquote { margin: .25rem 0; padding-left: .6rem; border-left: 4px solid #ddd } a { color: #1264a3 } p { margin: .4rem 0 }
button { font: 700 13px system-ui; border: 1px solid #bbb; border-radius: 4px; background: #fff; margin: .2rem }
"""

Block = dict[str, object]


def page(messages: Iterable[tuple[str, str, str, Sequence[Block]]], title: str = "Slack") -> str:
    """(who, class, Markdown, blocks below) -> a page of its own, with no script and nothing fetched."""
    shown = "\n".join(message(*one) for one in messages)
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{STYLE}</style>'
    return f"<!doctype html><html lang=en><head>{head}</head><body>\n{shown}\n</body></html>\n"


def message(who: str, kind: str, text: str, blocks: Sequence[Block]) -> str:
    note = " <small>only visible to you</small>" if "only" in kind else ""
    body = "".join(block(one) for one in blocks)
    return f'<article class="{kind}"><header>{html.escape(who)}{note}</header>{markdown(text)}{body}</article>'


def block(one: Block) -> str:
    """One block; a kind that is not known here says so."""
    elements = one.get("elements")
    parts: Sequence[Block] = elements if isinstance(elements, list) else []
    match one["type"]:
        case "markdown":
            return markdown(str(one["text"]))
        case "header":
            return f"<h2>{html.escape(_text(one))}</h2>"
        case "divider":
            return "<hr>"
        case "rich_text":
            return "".join(f"<p>{''.join(map(_rich, section['elements']))}</p>" for section in parts)  # type: ignore[call-overload]
        case "actions":
            return "".join(f"<button>{html.escape(_text(button))}</button>" for button in parts)
        case "context_actions":
            return "<p><button>👍</button><button>👎</button></p>"
    return f"<p>[{html.escape(str(one['type']))}]</p>"


def _text(one: Block) -> str:
    inner = one["text"]
    return str(inner["text"]) if isinstance(inner, dict) else str(inner)


def _rich(element: Block) -> str:
    kind, style = element["type"], element.get("style")
    styles = style if isinstance(style, dict) else {}
    if kind in ("user", "usergroup"):
        return f"<b>@{html.escape(str(element.get('user_id') or element.get('usergroup_id')))}</b>"
    shown = html.escape(str(element["text"])).replace("\n", "<br>")
    shown = f"<b>{shown}</b>" if styles.get("bold") else shown
    shown = f"<i>{shown}</i>" if styles.get("italic") else shown
    return f'<a href="{html.escape(str(element["url"]))}">{shown}</a>' if kind == "link" else shown


def markdown(text: str) -> str:
    """Paragraphs with bold, italics, links, quotations and bullets; a backslash takes a mark its meaning."""
    return "".join(_paragraph(one) for one in re.split(r"\n\n+", text.strip()) if one)


def _paragraph(text: str) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[1])
        return f"\0{len(kept) - 1}\0"

    text = re.sub(r"\\(.)", keep, text)
    text = html.escape(html.unescape(text), quote=False)
    text = re.sub(r"\[(\[\d+\]|[^\[\]]+)\]\(([^)\s]+)\)", lambda m: f'<a href="{html.escape(m[2])}">{m[1]}</a>', text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<!\w)_(.+?)_(?!\w)", r"<i>\1</i>", text)
    text = re.sub(r"\0(\d+)\0", lambda m: html.escape(kept[int(m[1])], quote=False), text)
    if text.startswith("&gt; "):
        return f"<blockquote>{text[5:]}</blockquote>"
    return f"<p>{text.replace(chr(10), '<br>')}</p>"
