"""UTF-8 labelled iso-8859-1 / windows-1251 / utf-16, and UTF-16 without a byte order mark."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    vi = "Chủ tịch cảng Nguyễn Thị Ánh Tuyết cho biết cảng Norby sẽ đóng cửa đến thứ Sáu vì bão lớn."
    write(
        folder,
        "input/vi.html",
        f'<html lang="vi"><head><meta charset="iso-8859-1"><title>Cảng đóng cửa</title></head><body><article><p>{vi}</p></article></body></html>',
    )
    write(
        folder,
        "input/mk.xml",
        '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>Вести</title><item><title>Пристаниште</title>'
        "<link>https://vesti.example/1</link><description>Капетанката Ѓурѓица Ќосева рече дека пристаништето останува затворено до петок.</description>"
        "<pubDate>Thu, 12 Jun 2025 08:00:00 +0200</pubDate></item></channel></rss>",
    )
    el = "Η δήμαρχος Ουρανία Ψαρρά είπε ότι η γέφυρα θα μείνει κλειστή έως την Παρασκευή λόγω των ανέμων."
    write(
        folder,
        "input/el.html",
        f'<html lang="el"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-16"><title>Γέφυρα</title></head><body><article><p>{el}</p></article></body></html>',
    )
    write(
        folder,
        "input/dotnet.xml",
        '<?xml version="1.0" encoding="utf-16"?><rss version="2.0"><channel><title>Zprávy</title><item><title>Most</title><link>https://zpravy.example/1</link>'
        "<description>Starosta Řehoř Žďárský řekl, že most přes Labe zůstane uzavřen do pátku.</description></item></channel></rss>",
    )
    zh = "港务局长欧阳若兰宣布港口关闭至星期五\n因为风暴仍在持续，渡轮公司也停止了全部航班，市政府要求居民留在家中，学校停课一天。\n"
    write(folder, "input/zh-utf16le-nobom.txt", zh.encode("utf-16-le"))
    write(
        folder,
        "input/hu-utf16be-nobom.csv",
        "title;text;date\r\nKikötő;A kikötő vezetője, Őszi Tünde közölte, hogy a kikötő péntekig zárva marad a vihar miatt.;2025-06-12\r\n".encode(
            "utf-16-be"
        ),
    )
