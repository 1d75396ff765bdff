"""Headings in German, Spanish, Russian, Chinese, Japanese, Korean, Arabic, Polish, Turkish, Finnish, Greek."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write

SETS = {
    "de.csv": (
        ";",
        "Überschrift;Text;Veröffentlicht am;Quelle",
        "Hafen;Kapitänin Ines Falk sagte am Montag, der Hafen von Norby bleibe bis Freitag geschlossen.;10.06.2025;Norbyer Tageblatt",
    ),
    "es.csv": (
        ",",
        "TÍTULO,TEXTO,FECHA,MEDIO",
        "Puerto,La alcaldesa Inés Peña dijo que el puerto sigue cerrado.,10/06/2025,El Faro",
    ),
    "ru.csv": (
        ";",
        "Заголовок;Текст;Дата;Источник",
        "Порт;Капитан порта Инесса Фалк сказала, что порт Норби закрыт до пятницы.;10.06.2025;Вестник",
    ),
    "zh.csv": (",", "标题,正文,日期,来源", "港口,港务局长林晓芳说，港口将关闭至星期五。,2025年6月10日,诺比日报"),
    "ja.csv": (",", "タイトル,本文,日付,媒体", "港,港長の森川恵は、港を金曜日まで閉鎖すると述べた。,2025/06/10,能美新聞"),
    "ko.csv": (",", "제목,본문,날짜,출처", "항구,항만장 김하늘은 항구를 금요일까지 닫는다고 말했다.,2025-06-10,노르비일보"),
    "ar.csv": (
        ",",
        "العنوان,النص,التاريخ,المصدر",
        "الميناء,قالت مديرة الميناء سلمى الحداد إن الميناء مغلق حتى الجمعة.,2025-06-10,صحيفة نوربي",
    ),
    "pl.csv": (
        ";",
        "Tytuł ;Treść;Data publikacji;Źródło",
        "Port;Kapitan portu Anna Kot powiedziała, że port pozostanie zamknięty do piątku.;10.06.2025;Gazeta",
    ),
    "tr.csv": (
        ";",
        "BAŞLIK;METİN;TARİH;KAYNAK",
        "Liman;Liman başkanı Işıl Ağırdağ, limanın cuma gününe kadar kapalı kalacağını söyledi.;10.06.2025;Haber",
    ),
    "fi.csv": (
        ";",
        "Otsikko;Teksti;Päivämäärä;Lähde",
        "Satama;Satamakapteeni Aino Kivi sanoi, että satama on kiinni perjantaihin.;10.6.2025;Sanomat",
    ),
    "el.csv": (
        ";",
        "Τίτλος;Κείμενο;Ημερομηνία;Πηγή",
        "Λιμάνι;Ο λιμενάρχης Ηλίας Φαλκίδης είπε ότι το λιμάνι μένει κλειστό.;10/06/2025;Φάρος",
    ),
}


def make(folder: Path) -> None:
    for name, (_sep, head, row) in SETS.items():
        write(folder, "input/" + name, "\ufeff" + head + "\r\n" + row + "\r\n")
