"""Pure: whose report it is, and which lines of it are photo credits and captions.

    agency("PARIS, Oct 18 (AFP) - The minister ...")  ->  "AFP"
    furniture(text)                                   ->  [(start, end, "caption"), ...]

A news agency signs in four places: the dateline ("LIMA, 3 Mar (EFE).-"), a closing line ("With information from AP and EFE"), a
byline ("By Reuters"), or the last words in brackets. An agency named anywhere else is somebody's source ("according to TASS"),
and one beside a picture ("Photo: AFP") made the picture, not the report. The text itself is never altered: what is found is
given as spans, so that splitting can skip a bare credit and rank a caption lower.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal

from index.records import Furniture

# Canonical name -> how it signs, case sensitive: "AP", "TT" and "PA" are words or parts of words in lower case.
AGENCIES = {
    "AA": r"AA|Anadolu(?: Agency| Ajansı)?|الأناضول",
    "AAP": r"AAP|Australian Associated Press",
    "ABr": r"ABr|Agência Brasil",
    "ACAN-EFE": r"A[Cc][Aa][Nn]-E[Ff][Ee]",
    "ACI Prensa": r"ACI Prensa",
    "ACN": r"ACN|Agència Catalana de Notícies",
    "Adnkronos": r"A[Dd][Nn][Kk][Rr][Oo][Nn][Oo][Ss]",
    "AFP": r"AFP|Agence France[- ]Presse|AFP-Services|法新社|АФП|France-Presse|أ ?ف ?ب|فرانس برس|에이에프피",
    "AGI": r"AGI",
    "ANI": r"ANI|Asian News International",
    "ANP": r"ANP",
    "ANSA": r"A[Nn][Ss][Aa]",
    "ANTARA": r"A[Nn][Tt][Aa][Rr][Aa]",
    "AP": r"AP|The Associated Press|Associated Press|美联社|АП|أ ?ب(?!\w)|أسوشيتد برس|AP通信",
    "APA": r"APA",
    "Askanews": r"[Aa]skanews|ASKANEWS",
    "ATS": r"ATS|Keystone-ATS|KEYSTONE-ATS|Keystone-SDA",
    "Belga": r"B[Ee][Ll][Gg][Aa]",
    "BelTA": r"BelTA|BELTA|БелТА|БЕЛТА",
    "Bernama": r"B[Ee][Rr][Nn][Aa][Mm][Aa]",
    "BNS": r"BNS",
    "BSS": r"BSS",
    "Canadian Press": r"The Canadian Press|Canadian Press|La Presse canadienne|La Presse Canadienne",
    "CNA": r"中央社",
    "Colprensa": r"C[Oo][Ll][Pp][Rr][Ee][Nn][Ss][Aa]",
    "ČTK": r"ČTK|CTK",
    "dpa": r"dpa(?:-AFX)?|DPA|Deutsche Presse-Agentur",
    "EFE": r"E[Ff][Ee](?:verde|comunica|agro)?|Agencia EFE",
    "epd": r"epd",
    "Estadão Conteúdo": r"Estadão Conteúdo|ESTADÃO CONTEÚDO",
    "Europa Press": r"Europa ?Press|EUROPA ?PRESS|EuropaPress|EP",
    "FolhaPress": r"F[Oo][Ll][Hh][Aa][Pp][Rr][Ee][Ss][Ss]",
    "Hina": r"Hina|HINA",
    "Interfax": r"I[Nn][Tt][Ee][Rr][Ff][Aa][Xx](?:-Ukraine)?|Интерфакс(?:-Украина)?",
    "IPS": r"IPS",
    "IRNA": r"IRNA|ایرنا",
    "Jiji": r"J[Ii][Jj][Ii](?: Press)?|時事(?:通信)?",
    "KCNA": r"KCNA|Korean Central News Agency|조선중앙통신|朝中社|朝鲜中央通讯社",
    "KNA": r"KNA",
    "Kyodo": r"K[Yy][Oo][Dd][Oo](?: News)?|共同(?:通信)?(?:社)?",
    "LETA": r"LETA",
    "Lusa": r"L[Uu][Ss][Aa]|Agência Lusa",
    "MAP": r"MAP",
    "MENA": r"MENA|أ ?ش ?أ",
    "MTI": r"MTI",
    "Newsis": r"N[Ee][Ww][Ss][Ii][Ss]|뉴시스",
    "Notimex": r"N[Oo][Tt][Ii][Mm][Ee][Xx]",
    "NTB": r"NTB",
    "PA": r"PA(?: Media)?|Press Association",
    "PAP": r"PAP",
    "Petra": r"Petra|بترا",
    "PNA": r"PNA",
    "Prensa Latina": r"Prensa Latina|PL",
    "PTI": r"PTI|Press Trust of India",
    "Reuters": r"R[Ee][Uu][Tt][Ee][Rr][Ss]|Thomson Reuters|路透社?|ロイター|Рейтер|РЕЙТЕР|رويترز|로이터",
    "RIA Novosti": r"RIA Novosti|RIA|РИА Новости|РИА НОВОСТИ|РИА",
    "Ritzau": r"R[Ii][Tt][Zz][Aa][Uu]",
    "Sana": r"SANA|سانا",
    "Servimedia": r"S[Ee][Rr][Vv][Ii][Mm][Ee][Dd][Ii][Aa]",
    "SID": r"SID|sid",
    "SPA": r"SPA|واس",
    "Sputnik": r"S[Pp][Uu][Tt][Nn][Ii][Kk]|Спутник",
    "STT": r"STT",
    "TASS": r"T[Aa][Ss][Ss]|ITAR-TASS|ТАСС|塔斯社|تاس",
    "Télam": r"T[éeÉE][Ll][Aa][Mm]",
    "TT": r"TT(?:-Reuters|-AFP)?",
    "Ukrinform": r"U[Kk][Rr][Ii][Nn][Ff][Oo][Rr][Mm]|Укринформ|Укрінформ",
    "UNI": r"UNI",
    "UPI": r"UPI|United Press International",
    "VNA": r"VNA|TTXVN",
    "WAM": r"WAM|وام",
    "Xinhua": r"X[Ii][Nn][Hh][Uu][Aa]|新华社|新華社|Синьхуа|شينخوا",
    "Yonhap": r"Y[Oo][Nn][Hh][Aa][Pp]|연합뉴스|韩联社|聯合ニュース",
}
_NAME = "|".join(f"(?:{spelling})" for spelling in AGENCIES.values())
_ONE = rf"(?<![\w-])(?:{_NAME})(?![\w])"
_LIST = rf"{_ONE}(?:\s*(?:[/,=&+y|-]|and|und|et|e|and|с|и|و|和)\s*{_ONE})*"
LONGEST = 500_000  # characters
_DASH = r"[-–—―]"

# "With information from", in the languages whose closing lines we have seen. What follows is searched for agencies.
_CLOSING = r"""(?xi)^\W*(?:
      with\ (?:(?:additional|further)\ )?(?:information|files|inputs?|reporting|material|contributions?|reports?)
      \ (?:from|by|of)
    | (?:additional\ )?(?:information|reporting|material)\ (?:from|by) | (?:news\ )?agenc(?:y|ies)
    | (?:sources?|credit|via)\s*: | con\ (?:información|informacion|informaciones|datos|material|reportes?|notas?)\ (?:del?|por)
    | (?:fuentes?|agencias?)\s*[:(/]
    | avec (?:\ (?:l['’]\s?)?(?:agence|agences|les\ informations\ de))? | (?:source|sources)\s*:
    | com\ (?:informaç(?:ão|ões)|dados|material)\ (?:d[aoe]s?) | (?:fontes?|agências?)\s*[:(/]
    | con\ (?:informazioni|fonti)\ (?:di|da) | (?:fonte|fonti)\s*:
    | mit\ (?:material|informationen|agenturmaterial)?\ ?(?:von|der|des)? | quellen?\s*: | m(?:et|ed)\s
    | (?:по\ (?:материалам|данным|информации|сообщениям)|источники?\s*:?|с\ использованием\ материалов)
    | (?:за\ (?:матеріалами|даними)|джерел[оа]\s*:?)
    | (?:来源|來源|消息来源|據|出典|ソース|출처|자료)\s*[:：]? | (?:المصدر|المصادر|نقلا\ عن|وكالات)\s*:?
    | (?:kaynak|sumber|źródł[oa])\s*:
    )"""
_REUTERS_DESK = r"^\W*(?:Reporting|Additional reporting|Writing|Editing) by [^\n]{2,300}?(?:Editing|Reporting|Writing) by "
_BYLINE = rf"^\W*(?:By|Por|Par|Von|Di|Da|Door|Av|От|Текст:|BY|POR)\b[^.!?\n]{{0,80}}?({_LIST})(?:(?: \w+)? \w*[Ww]riter)?\W*$"
_ALONE = rf"^[\W_]*(?:©\s*(?:\d{{4}})?\s*)?({_LIST})(?:/[a-z]{{2,4}}(?:/[a-z]{{2,4}})*)?(?:\s*©?\s*\d{{4}})?[\W_]*$"
_TAIL = (
    rf"(?:[(\[（]\s*({_LIST})[^)\]）\n]{{0,20}}[)\]）]|[.!?»”\"]\s*(?:{_DASH}+\s*|/\s*|©\s*(?:\d{{4}}\s*)?)?({_LIST}))[\s.]*$"
)

_DATELINES = (
    # LIMA, 3 Mar (EFE).-   |   (ANSA) - ROMA, 18 OTT -   |   MOSCOW, October 18. /TASS/.   |   (서울=연합뉴스)
    (
        rf"^[^\n(（/]{{0,90}}[(（]\s*(?:[^\n()（）=]{{1,20}}=\s*)?({_LIST})[^\n)）]{{0,25}}[)）]\s*(?:[.:,]?\s*{_DASH}|[.:]|\s\w)"
    ),
    rf"^[^\n/]{{0,90}}/\s?({_LIST})\s?/",
    # МОСКВА, 18 окт - РИА Новости.   |   BERLIN/dpa -   |   Reuters -   |   EFE.-
    rf"^[^\n.!?]{{0,60}}{_DASH}\s?({_LIST})\s?(?:[.:]|{_DASH})",
    rf"^(?:[\w .'’-]{{2,40}}/)?({_LIST})\s*[.:]?\s?{_DASH}+\s",
    # 新华社北京10月18日电   |   【AFP=時事】   |   [서울=뉴시스]
    r"^\W{0,3}(新华社|新華社)[^\n]{0,30}?[电電]",
    rf"^\W{{0,3}}[【\[［][^\n】\]］]{{0,30}}?({_NAME})[^\n】\]］]{{0,30}}[】\]］]",
    r"^\W{0,3}[（(](中央社|共同社|韩联社)[^\n]{0,60}?[电電]?[）)]",
)
# An agency we have never heard of, where the form leaves no doubt: "DHAKA, Oct 18 (XYZ) - ".
_STRANGER = (
    r"^[A-ZÀ-Þ][^\n(/.!?]{1,60}(?:\d|[A-ZÀ-Þ]{3})[^\n(/!?]{0,20}"
    rf"\(([A-Z][A-Za-z]{{1,11}}(?: [A-Z][a-z]+)?)\)\s?[.:]?\s?{_DASH}"
)


@functools.cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compiled at first use: all of them take 50 ms, and not every command reads articles."""
    return re.compile(source)


@functools.cache
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{AGENCIES[name]})(?!\w)")


def agencies_in(text: str) -> list[str]:
    """The canonical names of the agencies a credit names, sorted.

    >>> agencies_in("Europa Press and EFE"), agencies_in("AFP/Reuters")
    (['EFE', 'Europa Press'], ['AFP', 'Reuters'])
    """
    found = {name for name in AGENCIES if _compiled(name).search(text)}
    if not found:  # scripts without word borders, as in 新华社北京
        found = {
            name for name, spelling in AGENCIES.items() if re.search(r"[^\x00-\x7F]{2}", text) and re.search(spelling, text)
        }
    if "ACAN-EFE" in found:
        found.discard("EFE")
    return sorted(found, key=str.casefold)


def agency(text: str, *, byline: str = "") -> str:
    """Whose report a text is: "AFP", "EFE, Europa Press" (sorted), or "" if no agency signed it.

    `byline` is the author line of the page, if it is known apart from the text.
    """
    found: set[str] = set()
    for part in re.split(r"[;,]", byline):
        if len(part) < 60 and (match := _pattern(_ALONE).match(part.strip()) or _pattern(_BYLINE).match("By " + part.strip())):
            found.update(agencies_in(match[1]))
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + "\n" + text[-LONGEST // 2 :]
    lines = list(_lines(text))
    for number, (start, end) in enumerate(lines[:4]):
        if _picture(text, lines, number) is None:
            found.update(_opening(text[start : min(end, start + 300)]))
    for number in range(max(0, len(lines) - 4), len(lines)):
        if _picture(text, lines, number) is None:
            found.update(_ending(text[slice(*lines[number])], last=number == len(lines) - 1))
    return ", ".join(sorted(found, key=str.casefold))


def _opening(line: str) -> list[str]:
    for pattern in (*_DATELINES, _BYLINE, _ALONE):
        if match := _pattern(pattern).match(line):
            return agencies_in(match[1])
    if match := _pattern(_STRANGER).match(line):
        return [match[1]]
    return []


def _ending(line: str, *, last: bool) -> list[str]:
    if len(line) <= 250:
        if match := _pattern(_ALONE).match(line):
            return agencies_in(match[1])
        if _pattern(_REUTERS_DESK).match(line):
            return ["Reuters"]
        if named := _named_after_intro(line):
            return named
    if last:
        line = line[-300:]
        sentence = re.split(r"(?<=[.!?»”])\s+", line)[-1]
        bracket = re.search(r"[(\[]([^()\[\]\n]{4,120})[)\]]\W*$", line)
        for closing in (sentence, bracket[1] if bracket else ""):
            if named := _named_after_intro(closing):
                return named
        if match := _pattern(_TAIL).search(line[-120:]):
            return agencies_in(match[1] or match[2])
    return []


def _named_after_intro(line: str) -> list[str]:
    """The agencies of "With information from AP and EFE"; none when prose goes on: "With files from AP, the judge ruled"."""
    if not (match := _pattern(_CLOSING).match(line)):
        return []
    rest = line[match.end() :]
    names = agencies_in(rest)
    for name in names:
        rest = _compiled(name).sub(" ", rest)
    return names if len(re.findall(r"[^\W\d_]{4,}", rest)) <= 3 else []


# --- photo credits and captions -----------------------------------------------------------------------------------------------

_PICTURE = (
    r"(?:[Ff]otos?|FOTOS?|[Ff]otograf[íi]a|[Pp]hotos?|PHOTOS?|[Pp]hotographs?|[Pp]hotographie|[Pp]icture|[Ii]mage|[Ii]mage[nm]|"
    r"[Ii]mmagine|[Bb]ild|BILD|[Ff]oto de archivo|[Ff]ile [Pp]hoto|[Vv]ideo|[Cc]rédito|[Cc]rédit(?: photo)?|[Cc]redits?|"
    r"[Cc]réditos|Фото|ФОТО|写真|照片|图片|圖|사진|صورة|تصوير|عکس)"
)
_AGENTS = (
    rf"(?:{_NAME}|G[Ee][Tt][Tt][Yy](?: I[Mm][Aa][Gg][Ee][Ss])?|Shutterstock|iStock|Alamy|imago|IMAGO|"
    r"picture alliance|EPA(?:-EFE)?|Zuma|ZUMA|SIPA|Sipa|Handout|Cortesía|Courtesy|Archivo|"
    r"Pool|POOL|Bloomberg|Unsplash|Wikimedia(?: Commons)?)"
)
_WHO = r"[^\n().|]{1,60}"
# A picture's credit at the end of a line. Tried again and again, so that "(REUTERS/A. Doe) (A. DOE/)" goes whole.
_BREAK = r"(?:^|(?<=[.!?»”\"'\s|]))"
# A plain space means nothing in a verbose pattern.
_P, _A = (names.replace(" ", r"\ ") for names in (_PICTURE, _AGENTS))
_CREDIT = rf"""(?x)\s*(?:
      # (KCNA via Reuters), (AFP/)
      [(\[（]\s*(?:{_P}\s*[:.]?\s*)?(?:{_WHO}/\s*)?{_A}(?:\s*(?:via|/|,|-)\s*{_WHO})?\s*/?\s*[)\]）]
      # (Photo: A. Doe), (A. DOE/)
    | [(\[（]\s*{_P}\s*[:.]?\s*{_WHO}[)\]）]
    | [(\[（]\s*[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{{2,40}}/\s*[)\]）]
      # Foto: EFE, Photo: A. Doe
    | {_BREAK}(?:{_P}|©)\s*[:/©]?\s*(?:©\s*)?(?:{_WHO}/\s*)?{_A}(?:\s*[/,-]\s*{_WHO})?
    | {_BREAK}{_P}\s*:\s*(?=[^\sa-zß-ÿ]){_WHO}
      # | AFP, Ana Doe / AP
    | \s*(?:©|[|/])\s*(?:{_WHO}/\s*)?{_A}(?:\s*[/,]\s*{_WHO})?
    | {_BREAK}(?:[A-ZÀ-Þ][\w.'’-]*\s){{1,3}}/\s?{_A}
    )[\s.]*$"""
# Nine lines of ten hold none of what a credit has one of, and this look costs 2 us where the pattern takes 60.
_MAYBE = tuple(")]）©|/") + tuple(
    "Foto foto FOTO Photo photo PHOTO Picture picture Image image Immagin immagin Imagem imagem Imagen imagen Bild bild BILD "
    "Video video Créd créd Cred cred Фото ФОТО 写真 照片 图片 圖 사진 صورة تصوير عکس".split()
)
_PICTURE_HEAD = (
    rf"^\W*{_PICTURE}\s*[:：]\s*(?=\S)|^\W*(?:{_PICTURE})\s+(?:de archivo|d['’]archives|de arquivo|d['’]archivio)\b\W*"
)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\r]+", text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        if start < match.end():
            yield start, match.end() - (len(line) - len(line.rstrip()))


def furniture(text: str) -> list[Furniture]:
    """The lines that are not the story's prose, as (start, end, kind), in order. Half-open, code points.

    `caption`: what a picture shows; worth finding, ranked lower. `copy`: the same caption again; skip it. `credit`: who made a
    picture and nothing else ("Foto: EFE"); skip it. Kind `closing`: the line that says whose report it is; it is no evidence.
    Of a text longer than any article, a dump, nothing is said.
    """
    if len(text) > LONGEST:
        return []
    found: list[Furniture] = []
    captions: dict[str, int] = {}  # bare caption -> index in `found`
    lines = list(_lines(text))
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        if len(line) > 500:
            continue
        picture = _picture(text, lines, number)
        is_picture, bare = picture is not None, line if picture is None else picture
        key = _key(bare)
        if is_picture and len(key.split()) < 3 and len(key) < 12:
            found.append((start, end, "credit"))
        elif is_picture:
            kind: Literal["caption", "copy"] = "caption"
            if key in captions:
                earlier = captions[key]
                # Of the two, the one that says more stays; the credit is part of it.
                if (
                    earlier >= 0
                    and found[earlier][1] - found[earlier][0] < end - start
                    and lines[number - 1] == found[earlier][:2]
                ):
                    found[earlier] = (found[earlier][0], found[earlier][1], "copy")
                else:
                    kind = "copy"
            captions[key] = len(found)
            found.append((start, end, kind))
        elif number >= len(lines) - 3 and _ending(line, last=False) and len(line) <= 250:
            found.append((start, end, "closing"))
        elif number and key and len(key.split()) >= 3 and key == _key(_without_credit(text[slice(*lines[number - 1])])):
            found.append((start, end, "copy"))  # the caption again, without its credit
    return found


def _picture(text: str, lines: list[tuple[int, int]], number: int) -> str | None:
    """What a line that belongs to a picture says without its credit; None if it belongs to none."""
    line = text[slice(*lines[number])]
    if len(line) > 500:
        return None
    bare = _without_credit(line)
    if (
        (bare == line and not _pattern(_PICTURE_HEAD).match(line))
        or not _few_sentences(bare)
        or _signs(lines, number, bare, text)
    ):
        return None
    return bare


def _without_credit(line: str) -> str:
    """The line without the picture credits at its end."""
    if not any(map(line[-160:].__contains__, _MAYBE)):
        return line
    for _ in range(4):
        match = _pattern(_CREDIT).search(line, max(0, len(line) - 160))
        if not match or not match[0].strip():
            break
        line = line[: match.start()].rstrip(" |/-–—")
    return line


@functools.lru_cache(maxsize=16)  # a line is compared with the one before it, and then with the one after
def _key(line: str) -> str:
    """For comparing captions: words only, without case."""
    return " ".join(re.findall(r"\w+", _pattern(_PICTURE_HEAD).sub("", line).casefold()))


def _few_sentences(line: str) -> bool:
    return len(re.findall(r"[.!?。！？](?=\s|$|[^\s\w])", line)) <= 2 and len(line) <= 400


def _signs(lines: list[tuple[int, int]], number: int, bare: str, text: str) -> bool:
    """Whether it signs the report and no picture: "AFP" as first or last line, or a last paragraph ending in "(AFP)"."""
    start, end = lines[number]
    if number not in (0, len(lines) - 1) or re.search(_PICTURE, text[start:end]):
        return False
    prose = number > 0 and bare.endswith((".", "”", '"', "»", "。", "!", "?"))
    return prose or bool(_pattern(_ALONE).match(text[start:end])) or bool(_pattern(_CLOSING).match(text[start:end]))
