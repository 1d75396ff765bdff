"""The same file names in many folders, also composed and decomposed, plain and with spaces"""

import unicodedata
from pathlib import Path

from tests.support.wild import article, save

TEXTS = {
    "2025/jan/rapport.txt": "Pont fermé\n\nLe pont de Corvanne restera fermé jusqu'au 14 février, a dit l'ingénieur Luc Bresson.\n",
    "2025/fév/rapport.txt": "Pont rouvert\n\nLe pont de Corvanne a rouvert un jour plus tôt que prévu, a dit la préfecture.\n",
    "2024/fév/rapport.txt": "Crue\n\nLa Vanne a débordé à Corvanne dans la nuit de samedi, quarante caves sont inondées.\n",
    "a b/rapport.txt": "Marché\n\nLe marché aux fleurs de Corvanne déménage place des Tanneurs.\n",
    "a%20b/rapport.txt": "Théâtre\n\nLe théâtre de Corvanne annule sa saison faute de toit sûr.\n",
    "Rapport.txt": "Piscine\n\nLa piscine de Corvanne ouvrira la nuit en août.\n",
    "rapport.txt": "Gare\n\nLa gare de Corvanne perd son guichet en octobre.\n",
    "一月/index.html": None,
    "二月/index.html": None,
}


def make(folder: Path) -> None:
    """Nine files of two names in many folders; two CSV files of one name; one folder name written in both Unicode forms."""
    for name, text in TEXTS.items():
        if text:
            save(folder, "in/" + unicodedata.normalize("NFC", name), text)
    save(
        folder,
        "in/一月/index.html",
        article(
            "青松动物园闭馆",
            "青松动物园因整修从一月八日起闭馆两个月，园长梁可安说。",
            "门票可以退款，动物将留在园内。",
            lang="zh",
        ),
    )
    save(
        folder,
        "in/二月/index.html",
        article(
            "青松灯会取消", "青松市元宵灯会因大风取消，市政府说明年再办。", "已经买票的市民可以在三月底以前退票。", lang="zh"
        ),
    )
    other = unicodedata.normalize("NFD", "2025/fév/rapport.txt")
    save(folder, "in/" + other, "Grève\n\nLes éboueurs de Corvanne sont en grève depuis lundi, les sacs s'entassent.\n")
    save(
        folder,
        "in/x/export.csv",
        "title,text\nŚnieg,W Brzezinowie spadło w nocy czterdzieści centymetrów śniegu.\nKolej,Pociąg do Brzezinowa spóźnił się trzy godziny.\n",
    )
    save(folder, "in/y/export.csv", "title,text\nWybory,Brzezinów wybierze burmistrza dwudziestego marca.\n")
