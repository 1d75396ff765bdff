"""Null fields, BOM, CRLF, blank lines, U+2028 and U+0085 raw inside a text, NUL escape, a lone surrogate, NaN."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    lines = [
        '{"id":"a","title":null,"text":"A capitã Inês Falcão disse que o porto de Norby fica fechado até sexta-feira.","date":null,"lang":null,"url":null,"outlet":null}',
        "",
        '{"id":"b","title":"Ponte","text":"O presidente Rui Leão disse:\u2028«A ponte reabre no outono.»\u2029Ninguém respondeu.\u0085Fim.","date":"2025-06-12"}',
        '{"id":"c","title":"Nulo \\u0000 aqui","text":"A escola \\u0000 de Lírio recebe um telhado novo, disse Rosa Tenreiro.","date":"2025-06-12"}',
        '{"id":"d","title":"Meio \\ud83d","text":"O barco \\ud83d voltou ao porto de Selwyn na terça-feira, disse Ana Brito.","date":"2025-06-12"}',
        '{"id":"e","title":NaN,"text":"O mercado de Lírio abre na terça-feira, disse Olavo Brandão.","date":NaN,"score":Infinity}',
        '{"id":"f","text":"Rascunho antigo, não publicar.","title":"Duplo","text":"A feira começa no sábado, disse Marta Gil.","date":"2025-06-12"}',
        '{"id":"g","title":"Sem texto","text":null,"date":"2025-06-12"}',
        '{"id":"h","title":"Virgula","text":"O farol de Norby apaga às dez horas, disse Luís Falco.","date":"2025-06-12",}',
        '{"id":"i","title":"Metade","text":"Esta linha acaba no mei',
    ]
    write(folder, "input/rows.jsonl", b"\xef\xbb\xbf" + "\r\n".join(lines).encode("utf-8"))
    write(folder, "draft.txt", 'Rui Leão disse: "A ponte reabre no outono."\n')
