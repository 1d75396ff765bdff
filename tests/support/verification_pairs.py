"""Sentences that a model might write, and the passages they cite: what may be shown, and what may not and why. All made up."""

from __future__ import annotations

# Language, date of publication, text.
PASSAGES: dict[str, tuple[str, str, str]] = {
    "harbour": (
        "en", "2024-05-07",
        "The harbour of Norwick reopened on Monday, 6 May 2024, after eleven weeks. The port authority said more than 1,200 "
        "containers were waiting. “We will not rest until the last ship is unloaded,” said its director, Mara Olsen. The dockers' "
        "union may strike again in October, according to the Norwick Herald. Transport minister Jonas Brandt denied that the "
        "cranes were unsafe.",
    ),
    "arrieta": (
        "es", "2023-09-14",
        "El presidente de Sanvara, Tomás Arrieta, se reunió el 13 de septiembre con el canciller alemán en Berlín. Según fuentes "
        "del ministerio, Sanvara habría enviado más de mil contenedores a Corea del Norte. La ministra de Exteriores, Elena "
        "Robledo, no confirmó la cifra. «No hemos firmado ningún acuerdo», dijo Robledo. El Gobierno pagará 1,5 millones de euros "
        "a los afectados.",
    ),
    "hopitaux": (
        "fr", "2025-06-04",
        "La ministre de la Santé, Claire Fontan, a annoncé mardi 3 juin la fermeture de douze hôpitaux. Environ 2 300 emplois "
        "pourraient être supprimés, selon le syndicat. « Personne ne sera licencié », a affirmé Mme Fontan. L’opposant Paul "
        "Garnier accuse le gouvernement de mensonge. Les États-Unis n’ont pas commenté la décision.",
    ),
    "reeder": (
        "de", "2025-05-22",
        "Der Reederverband rechnet mit Kosten von 1,2 Milliarden Kronen bis 2035. Präsidentin Jutta Kessler warnte am 21. Mai vor "
        "langen Wartezeiten. „Ein Film ist besser als zwei Protokolle“, sagte Kessler in Selwyn. Die Vereinigten Staaten sollen "
        "elf Schiffe geliefert haben. Hafenminister Dirk Ohlsen bestritt den Vorwurf der Bestechung.",
    ),
    "vacinas": (
        "pt", "2024-10-15",
        "O governo de Lothmar não vai aumentar as tarifas, disse a ministra Lena Marques na segunda-feira. Em 14 de outubro "
        "chegaram a Lisboa 80.000 doses da vacina. “Não temos pressa”, afirmou Marques. O tribunal poderá libertar dois dos "
        "detidos, segundo o advogado Rui Tavares. A Rússia rejeitou a acusação.",
    ),
    "council": (
        "en", "2024-09-22",
        "Secretary of State Anna Reyes told the UN Security Council on 20 September that a shipment of weapons would violate "
        "several resolutions. She did not accuse Moscow of sending troops. The Russian envoy, Pavel Orlov, said the charge was "
        "“invented from beginning to end”. Reyes could travel to Geneva next month. The two sides have met four times since 2021.",
    ),
}  # fmt: skip

# Cited, language of the sentence, sentence. Each may be shown.
GOOD: list[tuple[str, str, str]] = [
    # in the language of the passage
    ("harbour", "en", "Norwick's harbour reopened on Monday, 6 May 2024."),
    ("harbour", "en", "The harbour of Norwick was closed for eleven weeks before it reopened on Monday."),
    ("harbour", "en", "More than 1,200 containers were waiting, the port authority said."),
    ("harbour", "en", "According to the port authority, more than twelve hundred containers were waiting."),
    ("harbour", "en", "“We will not rest until the last ship is unloaded”, director Mara Olsen said."),
    ("harbour", "en", "The Norwick Herald reports that the dockers' union may strike again in October."),
    ("harbour", "en", "Jonas Brandt, the transport minister, denied that the cranes were unsafe."),
    ("harbour", "en", "Transport minister Brandt denied the cranes were unsafe."),
    ("arrieta", "es", "Tomás Arrieta se reunió con el canciller alemán en Berlín el 13 de septiembre."),
    ("arrieta", "es", "Sanvara habría enviado más de 1.000 contenedores a Corea del Norte, según fuentes del ministerio."),
    ("arrieta", "es", "Elena Robledo no confirmó la cifra."),
    ("arrieta", "es", "Robledo dijo: «No hemos firmado ningún acuerdo»."),
    ("arrieta", "es", "El Gobierno de Sanvara pagará 1.500.000 euros a los afectados."),
    ("hopitaux", "fr", "Claire Fontan, ministre de la Santé, a annoncé le 3 juin la fermeture de 12 hôpitaux."),
    ("hopitaux", "fr", "Selon le syndicat, environ 2300 emplois pourraient être supprimés."),
    ("hopitaux", "fr", "« Personne ne sera licencié », a affirmé Claire Fontan."),
    ("hopitaux", "fr", "Paul Garnier accuse le gouvernement de mensonge."),
    ("hopitaux", "fr", "Les États-Unis n’ont pas commenté la décision."),
    ("reeder", "de", "Der Reederverband rechnet bis 2035 mit Kosten von 1.200.000.000 Kronen."),
    ("reeder", "de", "Jutta Kessler warnte am 21. Mai vor langen Wartezeiten."),
    ("reeder", "de", "„Ein Film ist besser als zwei Protokolle“, sagte Jutta Kessler in Selwyn."),
    ("reeder", "de", "Die Vereinigten Staaten sollen 11 Schiffe geliefert haben."),
    ("reeder", "de", "Hafenminister Dirk Ohlsen bestritt den Vorwurf der Bestechung."),
    ("vacinas", "pt", "Lena Marques disse na segunda-feira que o governo de Lothmar não vai aumentar as tarifas."),
    ("vacinas", "pt", "Chegaram a Lisboa 80 mil doses da vacina em 14 de outubro."),
    ("vacinas", "pt", "“Não temos pressa”, afirmou a ministra Lena Marques."),
    ("vacinas", "pt", "Segundo o advogado Rui Tavares, o tribunal poderá libertar dois dos detidos."),
    ("council", "en", "Anna Reyes told the Security Council on 20 September that a shipment of weapons would violate several resolutions."),
    ("council", "en", "Reyes did not accuse Moscow of sending troops."),
    ("council", "en", "Pavel Orlov, the Russian envoy, said the charge was “invented from beginning to end”."),
    ("council", "en", "Reyes could travel to Geneva next month."),
    ("council", "en", "The two sides have met 4 times since 2021."),
    # in another
    ("arrieta", "en", "The president of Sanvara, Tomás Arrieta, met the German chancellor in Berlin on September 13."),
    ("arrieta", "en", "According to ministry sources, Sanvara would have sent more than 1,000 containers to North Korea."),
    ("arrieta", "en", "Foreign minister Elena Robledo did not confirm the figure."),
    ("arrieta", "en", "Robledo said: «No hemos firmado ningún acuerdo»."),
    ("arrieta", "en", "The government will pay 1.5 million euros to those affected."),
    ("hopitaux", "en", "Health minister Claire Fontan announced on Tuesday, June 3, that twelve hospitals will close."),
    ("hopitaux", "en", "About 2,300 jobs could be cut, according to the union."),
    ("hopitaux", "en", "The opposition politician Paul Garnier accuses the government of lying."),
    ("hopitaux", "en", "The United States did not comment on the decision."),
    ("reeder", "en", "The shipowners' association expects costs of 1.2 billion crowns by 2035."),
    ("reeder", "en", "Jutta Kessler warned of long waiting times on 21 May."),
    ("reeder", "en", "The United States is said to have delivered eleven ships."),
    ("reeder", "en", "Port minister Dirk Ohlsen denied the accusation of bribery."),
    ("vacinas", "en", "The government of Lothmar will not raise the tariffs, minister Lena Marques said on Monday."),
    ("vacinas", "en", "80,000 doses of the vaccine arrived in Lisbon on October 14."),
    ("vacinas", "en", "The court may release two of the detainees, according to the lawyer Rui Tavares."),
    ("vacinas", "en", "Russia rejected the accusation."),
    ("harbour", "es", "El puerto de Norwick reabrió el lunes 6 de mayo de 2024 tras once semanas."),
    ("harbour", "es", "La autoridad portuaria dijo que esperaban más de 1.200 contenedores."),
    ("harbour", "es", "El sindicato podría volver a la huelga en octubre, según el Norwick Herald."),
    ("harbour", "es", "El ministro Jonas Brandt negó que las grúas fueran inseguras."),
    ("council", "es", "Anna Reyes dijo el 20 de septiembre ante el Consejo de Seguridad de la ONU que un envío de armas violaría varias resoluciones."),
    ("council", "es", "Reyes no acusó a Moscú de enviar tropas."),
    ("council", "es", "Reyes podría viajar a Ginebra el próximo mes."),
    ("council", "fr", "Anna Reyes n’a pas accusé Moscou d’envoyer des troupes."),
    ("council", "fr", "Les deux parties se sont rencontrées quatre fois depuis 2021."),
    ("harbour", "fr", "Le port de Norwick a rouvert lundi 6 mai 2024 après onze semaines."),
    ("harbour", "fr", "Plus de 1 200 conteneurs attendaient, selon l’autorité portuaire."),
    ("arrieta", "fr", "Sanvara aurait envoyé plus de mille conteneurs en Corée du Nord, selon des sources du ministère."),
    ("harbour", "de", "Der Hafen von Norwick wurde am Montag, dem 6. Mai 2024, nach elf Wochen wieder geöffnet."),
    ("council", "de", "Reyes könnte im nächsten Monat nach Genf reisen."),
    ("arrieta", "de", "Tomás Arrieta traf am 13. September in Berlin den deutschen Kanzler."),
    ("harbour", "pt", "O porto de Norwick reabriu na segunda-feira, 6 de maio de 2024, após onze semanas."),
    ("arrieta", "pt", "A ministra Elena Robledo não confirmou o número."),
    ("council", "pt", "Reyes não acusou Moscou de enviar tropas."),
]  # fmt: skip

# Cited, language, sentence, what is wrong with it. None may be shown.
BAD: list[tuple[str, str, str, str]] = [
    ("harbour", "en", "The harbour of Sarvella reopened on Monday after eleven weeks.", "name"),
    ("harbour", "en", "Its director, Anna Petrov, said the port would not rest.", "name"),
    ("harbour", "en", "Defence minister Jonas Brandt and Lena Marwick denied that the cranes were unsafe.", "name"),
    ("arrieta", "en", "The president of Sanvara met the French chancellor in Berlin on September 13.", "name"),
    ("arrieta", "en", "Tomás Arrieta met the German chancellor in Vienna on September 13.", "name"),
    ("arrieta", "en", "According to ministry sources, Sanvara would have sent more than 1,000 containers to South Korea.", "name"),
    ("hopitaux", "en", "The United Kingdom did not comment on the decision.", "name"),
    ("hopitaux", "fr", "Le Royaume-Uni n’a pas commenté la décision.", "name"),
    ("reeder", "de", "Großbritannien soll elf Schiffe geliefert haben.", "name"),
    ("vacinas", "en", "80,000 doses of the vaccine arrived in Madrid on October 14.", "name"),
    ("vacinas", "pt", "Chegaram ao Porto 80.000 doses da vacina em 14 de outubro.", "name"),
    ("council", "es", "Reyes podría viajar a Bruselas el próximo mes.", "name"),
    ("council", "en", "Reyes told the NATO council on 20 September that a shipment of weapons would violate several resolutions.", "name"),
    ("harbour", "en", "More than 1,300 containers were waiting, the port authority said.", "number"),
    ("harbour", "en", "More than 12,000 containers were waiting, the port authority said.", "number"),
    ("harbour", "en", "The harbour of Norwick reopened on Monday after twelve weeks.", "number"),
    ("harbour", "es", "El puerto de Norwick reabrió el lunes tras doce semanas.", "number"),
    ("harbour", "es", "La autoridad portuaria dijo que esperaban más de dos mil contenedores.", "number"),
    ("arrieta", "en", "Sanvara would have sent more than 10,000 containers to North Korea, according to ministry sources.", "number"),
    ("arrieta", "en", "The government will pay 15 million euros to those affected.", "number"),
    ("arrieta", "es", "El Gobierno pagará 1,5 mil millones de euros a los afectados.", "number"),
    ("hopitaux", "en", "About 23,000 jobs could be cut, according to the union.", "number"),
    ("hopitaux", "fr", "La ministre Claire Fontan a annoncé la fermeture de vingt hôpitaux.", "number"),
    ("hopitaux", "de", "Ministerin Claire Fontan kündigte die Schließung von zwanzig Krankenhäusern an.", "number"),
    ("reeder", "de", "Der Reederverband rechnet mit Kosten von 1,2 Millionen Kronen bis 2035.", "number"),
    ("reeder", "en", "The shipowners' association expects costs of 1.2 million crowns by 2035.", "number"),
    ("vacinas", "pt", "Chegaram a Lisboa 8.000 doses da vacina em 14 de outubro.", "number"),
    ("council", "en", "The two sides have met five times since 2021.", "number"),
    ("council", "fr", "Les deux parties se sont rencontrées cinq fois depuis 2021.", "number"),
    ("harbour", "en", "The harbour of Norwick reopened on Monday, 16 May 2024.", "date"),
    ("harbour", "en", "The harbour of Norwick reopened on Tuesday after eleven weeks.", "date"),
    ("harbour", "en", "The dockers' union may strike again in November, according to the Norwick Herald.", "date"),
    ("harbour", "en", "The harbour of Norwick reopened on Monday, 6 May 2023.", "date"),
    ("harbour", "es", "El puerto de Norwick reabrió el martes tras once semanas.", "date"),
    ("arrieta", "en", "The president of Sanvara met the German chancellor in Berlin on October 13.", "date"),
    ("arrieta", "es", "Tomás Arrieta se reunió el 30 de septiembre con el canciller alemán en Berlín.", "date"),
    ("hopitaux", "en", "Health minister Claire Fontan announced on Friday that twelve hospitals will close.", "date"),
    ("reeder", "en", "Jutta Kessler warned of long waiting times on 21 June.", "date"),
    ("reeder", "de", "Jutta Kessler warnte am 12. Mai vor langen Wartezeiten.", "date"),
    ("vacinas", "en", "The vaccine arrived in Lisbon on October 24.", "date"),
    ("council", "en", "The two sides have met four times since 2020.", "date"),
    ("harbour", "en", "Transport minister Jonas Brandt said that the cranes were unsafe.", "negation"),
    ("harbour", "en", "The harbour of Norwick has not reopened after eleven weeks.", "negation"),
    ("harbour", "es", "El ministro Jonas Brandt dijo que las grúas eran inseguras.", "negation"),
    ("arrieta", "en", "Foreign minister Elena Robledo confirmed the figure.", "negation"),
    ("arrieta", "es", "La ministra Elena Robledo confirmó la cifra.", "negation"),
    ("hopitaux", "en", "The United States commented on the decision.", "negation"),
    ("hopitaux", "fr", "Les États-Unis ont commenté la décision.", "negation"),
    ("reeder", "de", "Hafenminister Dirk Ohlsen bestätigte den Vorwurf der Bestechung.", "negation"),
    ("reeder", "en", "Port minister Dirk Ohlsen admitted the accusation of bribery.", "negation"),
    ("vacinas", "en", "The government of Lothmar will raise the tariffs, minister Lena Marques said on Monday.", "negation"),
    ("vacinas", "pt", "O governo de Lothmar vai aumentar as tarifas, disse a ministra Lena Marques na segunda-feira.", "negation"),
    ("vacinas", "en", "Russia accepted the accusation.", "negation"),
    ("council", "en", "Reyes accused Moscow of sending troops.", "negation"),
    ("council", "es", "Reyes acusó a Moscú de enviar tropas.", "negation"),
    ("council", "fr", "Anna Reyes a accusé Moscou d’envoyer des troupes.", "negation"),
    ("harbour", "en", "The dockers' union strikes again in October.", "modality"),
    ("harbour", "en", "The dockers' union will strike again in October.", "modality"),
    ("harbour", "es", "El sindicato volverá a la huelga en octubre.", "modality"),
    ("arrieta", "en", "Sanvara sent more than 1,000 containers to North Korea.", "modality"),
    ("arrieta", "es", "Sanvara envió más de mil contenedores a Corea del Norte.", "modality"),
    ("hopitaux", "en", "About 2,300 jobs will be cut.", "modality"),
    ("hopitaux", "fr", "Environ 2 300 emplois seront supprimés.", "modality"),
    ("reeder", "de", "Die Vereinigten Staaten haben elf Schiffe geliefert.", "modality"),
    ("reeder", "en", "The United States delivered eleven ships.", "modality"),
    ("vacinas", "pt", "O tribunal libertou dois dos detidos.", "modality"),
    ("vacinas", "en", "The court released two of the detainees.", "modality"),
    ("council", "en", "Reyes travels to Geneva next month.", "modality"),
    ("council", "es", "Reyes viajará a Ginebra el próximo mes.", "modality"),
    ("arrieta", "en", "Tomás Arrieta said: «No hemos firmado ningún acuerdo».", "speaker"),
    ("arrieta", "es", "«No hemos firmado ningún acuerdo», dijo Arrieta.", "speaker"),
    ("harbour", "en", "“We will not rest until the last ship is unloaded”, said Jonas Brandt.", "speaker"),
    ("reeder", "de", "„Ein Film ist besser als zwei Protokolle“, sagte Dirk Ohlsen.", "speaker"),
    ("hopitaux", "fr", "« Personne ne sera licencié », a affirmé Paul Garnier.", "speaker"),
    ("vacinas", "pt", "“Não temos pressa”, afirmou Rui Tavares.", "speaker"),
    ("council", "en", "Reyes said the charge was “invented from beginning to end”.", "speaker"),
    ("council", "en", "Pavel Orlov told the UN Security Council that a shipment of weapons would violate several resolutions.", "speaker"),
    ("hopitaux", "en", "Claire Fontan accuses the government of lying.", "speaker"),
    ("harbour", "en", "The harbour of Norwick reopened on Monday, see https://norwick.example/live.", "link"),
    ("harbour", "en", "Write to desk@norwick.example about the harbour of Norwick, which reopened on Monday.", "link"),
    ("council", "es", "Anna Reyes habló ante el Consejo de Seguridad, más en www.onu-noticias.example.", "link"),
    ("vacinas", "pt", "Chegaram a Lisboa 80.000 doses da vacina; ver vacinas-ja.com.", "link"),
    ("harbour", "en", "The director said “we shall never rest”.", "quotation"),
    ("harbour", "en", "“We will rest until the last ship is unloaded”, said Mara Olsen.", "quotation"),
    ("arrieta", "en", "Robledo said: “We have not signed any agreement”.", "quotation"),
    ("hopitaux", "en", "“Nobody will be dismissed”, said Claire Fontan.", "quotation"),
    ("council", "es", "Orlov dijo que la acusación era «inventada de principio a fin».", "quotation"),
    ("harbour", "en", "The director said “invented from beginning to end”.", "quotation"),
    ("council", "en", "Fishing quotas in the northern sea were cut by ministers.", "unsupported"),
    ("harbour", "en", "The harbour of Norwick is the largest in the country.", "unsupported"),
    ("arrieta", "en", "Tomás Arrieta was born in Berlin.", "unsupported"),
    ("reeder", "en", "Jutta Kessler resigned as president on 21 May.", "unsupported"),
    ("vacinas", "en", "Lena Marques bought the vaccine in Lisbon.", "unsupported"),
    ("hopitaux", "es", "La ministra Claire Fontan dimitió el martes 3 de junio.", "unsupported"),
]  # fmt: skip

# Written after the rules, and not used to change them: what they are measured by.
UNSEEN_PASSAGES: dict[str, tuple[str, str, str]] = {
    "verdict": (
        "en", "2025-02-11",
        "Judge Oona Fry ordered the release of three engineers on Tuesday. Prosecutor Karl Weiss had asked for nine years in prison, "
        "saying they “sold the plans for the price of a car”. Their lawyer, Ines Prado, rejected the charge and said she would appeal to "
        "the European Commission. About 350 people gathered outside the court in Brussels.",
    ),
    "sequia": (
        "es", "2025-08-19",
        "La sequía ha destruido dos tercios de la cosecha de trigo en el valle de Aruma, informó el lunes la ministra Sol Beltrán. El "
        "sindicato calcula pérdidas de 240 millones de dólares. «Faltan camiones, no agua», replicó el alcalde Iker Lanz. Italia podría "
        "enviar cuarenta camiones cisterna antes del 1 de septiembre.",
    ),
    "greve": (
        "fr", "2025-11-03",
        "Les contrôleurs aériens cesseront le travail jeudi à Genève et à Londres, a confirmé leur porte-parole, Luc Meyran. Près de 1 800 "
        "vols seraient annulés. La direction dément avoir refusé une hausse de 4,5 %. Le Premier ministre Hugo Faure n’exclut pas une "
        "réquisition.",
    ),
    "bruecke": (
        "de", "2025-03-28",
        "Die Brücke über die Elster bleibt bis Ende April gesperrt. Ingenieurin Petra Lohm fand am Dienstag siebzehn Risse im Beton. "
        "Bürgermeister Ralf Timm sagte, niemand sei in Gefahr gewesen. Die Reparatur könnte 3,4 Millionen Euro kosten. Japan hatte 2019 "
        "ein ähnliches Problem.",
    ),
    "eleicao": (
        "pt", "2025-06-30",
        "A candidata Rita Sales venceu a segunda volta com 52,3 % dos votos, anunciou a comissão eleitoral no domingo. O adversário, Davi "
        "Cunha, não reconheceu o resultado e fala em fraude. “Vou governar para todos”, prometeu Sales em Praga. A União Europeia enviou "
        "doze observadores.",
    ),
}  # fmt: skip

UNSEEN_GOOD: list[tuple[str, str, str]] = [
    ("verdict", "en", "Oona Fry, the judge, ordered the release of three engineers."),
    ("verdict", "en", "Karl Weiss said they “sold the plans for the price of a car”."),
    ("verdict", "en", "About 350 people gathered outside the court in Brussels."),
    ("verdict", "en", "The prosecutor had asked for 9 years in prison."),
    ("verdict", "es", "Unas 350 personas se reunieron ante el tribunal en Bruselas."),
    ("verdict", "fr", "L’avocate Ines Prado a rejeté l’accusation."),
    ("verdict", "de", "Richterin Oona Fry ordnete am Dienstag die Freilassung von drei Ingenieuren an."),
    ("sequia", "es", "El sindicato calcula pérdidas de 240.000.000 de dólares."),
    ("sequia", "es", "Según la ministra Sol Beltrán, la sequía ha destruido dos tercios de la cosecha de trigo."),
    ("sequia", "en", "Italy could send forty tanker trucks before September 1."),
    ("sequia", "en", "The union estimates losses of 240 million dollars."),
    ("sequia", "pt", "A Itália poderia enviar quarenta camiões-cisterna antes de 1 de setembro."),
    ("greve", "fr", "Luc Meyran a confirmé que les contrôleurs aériens cesseront le travail jeudi."),
    ("greve", "en", "Nearly 1,800 flights would be cancelled."),
    ("greve", "en", "The management denies having refused a rise of 4.5 %."),
    ("greve", "es", "Los controladores aéreos dejarán de trabajar el jueves en Ginebra y Londres, confirmó su portavoz, Luc Meyran."),
    ("bruecke", "de", "Ingenieurin Petra Lohm fand 17 Risse im Beton."),
    ("bruecke", "en", "Engineer Petra Lohm found seventeen cracks in the concrete on Tuesday."),
    ("bruecke", "en", "The repair could cost 3.4 million euros."),
    ("bruecke", "fr", "Le pont reste fermé jusqu’à fin avril."),
    ("eleicao", "pt", "Rita Sales venceu a segunda volta com 52,3 % dos votos."),
    ("eleicao", "en", "Davi Cunha did not recognise the result and speaks of fraud."),
    ("eleicao", "en", "The European Union sent twelve observers."),
    ("eleicao", "es", "«Vou governar para todos», prometió Rita Sales en Praga."),
]  # fmt: skip

UNSEEN_BAD: list[tuple[str, str, str, str]] = [
    ("verdict", "en", "Judge Oona Fry ordered the release of four engineers.", "number"),
    ("verdict", "en", "Karl Weiss, their lawyer, rejected the charge.", "speaker"),
    ("verdict", "en", "Ines Prado said they “sold the plans for the price of a car”.", "speaker"),
    ("verdict", "en", "About 350 people gathered outside the court in Berlin.", "name"),
    ("verdict", "en", "The lawyer appealed to the European Commission.", "modality"),
    ("verdict", "es", "Unas 3.500 personas se reunieron ante el tribunal en Bruselas.", "number"),
    ("verdict", "fr", "L’avocate Ines Prado a accepté l’accusation.", "negation"),
    ("verdict", "de", "Richterin Oona Fry ordnete am Freitag die Freilassung von drei Ingenieuren an.", "date"),
    ("verdict", "en", "Oona Fry asked for nine years in prison.", "speaker"),
    ("sequia", "es", "El sindicato calcula pérdidas de 240 millones de euros.", "unit"),
    ("sequia", "es", "«Faltan camiones, no agua», replicó la ministra Sol Beltrán.", "speaker"),
    ("sequia", "en", "Italy sent forty tanker trucks before September 1.", "modality"),
    ("sequia", "en", "Spain could send forty tanker trucks before September 1.", "name"),
    ("sequia", "en", "The union estimates losses of 240 billion dollars.", "number"),
    ("sequia", "fr", "L’Italie pourrait envoyer quarante camions avant le 10 septembre.", "date"),
    ("greve", "fr", "Luc Meyran a confirmé que les contrôleurs aériens cesseront le travail vendredi.", "date"),
    ("greve", "fr", "Près de 1 800 vols sont annulés.", "modality"),
    ("greve", "en", "The management refused a rise of 4.5 %.", "negation"),
    ("greve", "en", "Prime minister Hugo Faure excludes a requisition.", "negation"),
    ("greve", "es", "Hugo Faure confirmó que los controladores aéreos dejarán de trabajar el jueves.", "speaker"),
    ("bruecke", "de", "Bürgermeister Ralf Timm fand siebzehn Risse im Beton.", "speaker"),
    ("bruecke", "de", "Die Reparatur kostet 3,4 Millionen Euro.", "modality"),
    ("bruecke", "en", "China had a similar problem in 2019.", "name"),
    ("bruecke", "en", "Engineer Petra Lohm found seventy cracks in the concrete on Tuesday.", "number"),
    ("bruecke", "en", "Mayor Ralf Timm said that people had been in danger.", "negation"),
    ("eleicao", "pt", "Rita Sales venceu a segunda volta com 53,2 % dos votos.", "number"),
    ("eleicao", "pt", "Davi Cunha reconheceu o resultado.", "negation"),
    ("eleicao", "en", "Davi Cunha won the second round with 52.3 % of the votes.", "speaker"),
    ("eleicao", "en", "NATO sent twelve observers.", "name"),
    ("eleicao", "es", "Rita Sales prometió “gobernar para todos” en Praga.", "quotation"),
    ("eleicao", "en", "The European Union sent twelve observers and paid for the election.", "unsupported"),
    ("eleicao", "fr", "Rita Sales a remporté le second tour samedi.", "date"),
]  # fmt: skip

# Written by somebody who had not seen what the rules do with them; numbers of the first run in scripts/LOG.md.
FRESH_PASSAGES: dict[str, tuple[str, str, str]] = {
    "ivory": (
        "en", "2025-02-11",
        "Customs officers in the port of Dolsk seized 2.4 tonnes of ivory on Sunday, hidden under frozen fish in three containers. "
        "Two sailors were arrested and a third escaped. The cargo came from Kisora and was bound for Belin, said inspector Hanna "
        "Krall. She called it the largest seizure since 2019. The shipping company, Orsa Lines, said it had known nothing of the "
        "ivory. Prices have fallen by a fifth in two years, according to the conservation group Tusk Watch.",
    ),
    "sequia": (
        "es", "2025-08-20",
        "El embalse de Valdoro está al 18 % de su capacidad, frente al 43 % de hace un año. La alcaldesa, Irene Salas, anunció el "
        "martes cortes de agua nocturnos en cinco barrios debido a la sequía. «Si no llueve en septiembre, tendremos que traer agua "
        "en camiones», advirtió. Los regantes, que consumen el 70 % del agua, rechazan las restricciones. El ministro de "
        "Agricultura, Tomás Leiva, podría visitar la comarca la próxima semana.",
    ),
    "usine": (
        "fr", "2025-03-06",
        "L'usine de batteries de Lessay, inaugurée en 2022, supprimera 340 de ses 1 100 postes d'ici juin. La direction invoque la "
        "baisse de la demande en Allemagne. « Nous n'avons pas été prévenus », déplore la déléguée syndicale, Nadia Ferrec. Selon "
        "le journal Ouest-Matin, qui cite un document interne, la production serait transférée à Kovar. Le préfet, Luc Amiel, a "
        "démenti toute fermeture du site.",
    ),
    "zug": (
        "de", "2025-11-18",
        "Ein Güterzug ist am Montagabend bei Harsefeld entgleist, weil eine Weiche falsch gestellt war. Verletzt wurde niemand. Die "
        "Strecke zwischen Rhenau und Kelheim bleibt bis Freitag gesperrt, teilte die Bahn mit. Der Schaden beläuft sich nach ersten "
        "Schätzungen auf mindestens 3,5 Millionen Euro. Verkehrsministerin Ute Lang forderte mehr Geld für die Wartung; "
        "Finanzminister Jan Petersen lehnte das ab.",
    ),
    "eleicao": (
        "pt", "2025-10-06",
        "A candidata Lídia Moura venceu a primeira volta das eleições em Alva com 41,3 % dos votos, à frente de Paulo Pires, que "
        "obteve 38 %. A segunda volta será no dia 19 de outubro. A participação foi mais baixa do que em 2021. Pires acusou a "
        "televisão pública de favorecer a adversária. “Não vou comentar insultos”, respondeu Moura. Os observadores da União "
        "Europeia não encontraram irregularidades graves.",
    ),
    "talks": (
        "en", "2025-05-28",
        "Kovar and Tervo will resume talks on the Amber river dam in June, two diplomats told the Meridian agency on condition of "
        "anonymity. Tervo's foreign minister, Oskar Lind, ruled out any payment before the dam is inspected. “We want engineers, not "
        "speeches,” he said in Belin on Tuesday. His counterpart in Kovar, Adela Marek, had warned on Monday that the offer would "
        "expire at the end of the month. The last round collapsed in November after less than an hour.",
    ),
    "hospital": (
        "es", "2025-01-15",
        "El hospital de Pradal atendió en 2024 a 12.600 pacientes, casi el doble que el año anterior. Según la directora, Marta "
        "Quiroga, faltan 45 enfermeras. La consejera de Sanidad, Julia Peral, prometió en diciembre contratar a 20 antes del verano, "
        "pero el sindicato asegura que solo han llegado seis. El hospital no cerrará sus urgencias, insistió Quiroga.",
    ),
    "bank": (
        "en", "2025-09-04",
        "The central bank of Sanvara raised its main rate from 3 to 3.5 per cent on Thursday, the first increase in four years. "
        "Governor Ilse Brandt said that higher food prices had forced the bank to act. Most economists had expected no change. The "
        "crown rose against the euro but fell against the dollar. The finance ministry, which had asked the bank to wait, declined "
        "to comment.",
    ),
}  # fmt: skip
FRESH_GOOD: list[tuple[str, str, str]] = [
    ("ivory", "en", "Customs officers in Dolsk found 2.4 tonnes of ivory beneath frozen fish."),
    ("ivory", "en", "Two sailors were detained, while a third got away."),
    ("ivory", "es", "La naviera Orsa Lines dijo que no sabía nada del marfil."),
    ("ivory", "de", "Laut der Inspektorin Hanna Krall kam die Ladung aus Kisora und sollte nach Belin gehen."),
    ("ivory", "fr", "Les douaniers de Dolsk ont saisi dimanche 2,4 tonnes d'ivoire cachées sous du poisson congelé."),
    ("sequia", "es", "El embalse de Valdoro se encuentra al 18 % de su capacidad; hace un año estaba al 43 %."),
    ("sequia", "en", "Mayor Irene Salas announced water cuts at night in five neighbourhoods because of the drought."),
    ("sequia", "en", "Farmers, who use 70 per cent of the water, reject the restrictions."),
    ("sequia", "pt", "O ministro da Agricultura, Tomás Leiva, poderá visitar a região na próxima semana."),
    ("sequia", "de", "Der Stausee von Valdoro ist nur noch zu 18 Prozent gefüllt."),
    ("usine", "fr", "L'usine de Lessay va supprimer 340 postes sur 1 100 d'ici juin."),
    ("usine", "en", "Management blames falling demand in Germany."),
    ("usine", "en", "Union representative Nadia Ferrec said they had not been warned."),
    ("usine", "es", "Según Ouest-Matin, que cita un documento interno, la producción se trasladaría a Kovar."),
    ("usine", "de", "Präfekt Luc Amiel bestritt, dass das Werk geschlossen wird."),
    ("zug", "de", "Bei Harsefeld entgleiste am Montagabend ein Güterzug; eine Weiche war falsch gestellt."),
    ("zug", "en", "Nobody was injured when a freight train derailed near Harsefeld on Monday evening."),
    ("zug", "en", "The line between Rhenau and Kelheim stays closed until Friday, the railway said."),
    ("zug", "es", "Los daños ascienden al menos a 3,5 millones de euros, según las primeras estimaciones."),
    ("zug", "fr", "La ministre des Transports, Ute Lang, a demandé plus d'argent pour l'entretien."),
    ("eleicao", "pt", "Lídia Moura ganhou a primeira volta em Alva com 41,3 % dos votos."),
    ("eleicao", "en", "Paulo Pires came second with 38 per cent."),
    ("eleicao", "en", "The runoff will be held on 19 October."),
    ("eleicao", "es", "Los observadores de la Unión Europea no hallaron irregularidades graves."),
    ("eleicao", "fr", "Pires a accusé la télévision publique de favoriser son adversaire."),
    ("talks", "en", "Talks between Kovar and Tervo on the Amber river dam will resume in June, according to two diplomats."),
    ("talks", "en", "Oskar Lind ruled out payments before the dam has been inspected."),
    ("talks", "es", "Adela Marek había advertido el lunes de que la oferta vencería a finales de mes."),
    ("talks", "de", "Die letzte Runde scheiterte im November nach weniger als einer Stunde."),
    ("talks", "fr", "« We want engineers, not speeches », a déclaré M. Lind à Belin mardi."),
    ("hospital", "es", "En 2024 el hospital de Pradal atendió a 12.600 pacientes."),
    ("hospital", "en", "The hospital in Pradal lacks 45 nurses, according to its director, Marta Quiroga."),
    ("hospital", "en", "Julia Peral promised in December to hire 20 nurses before the summer."),
    ("hospital", "fr", "Le syndicat affirme que seulement six infirmières sont arrivées."),
    ("hospital", "de", "Die Notaufnahme des Krankenhauses wird nicht geschlossen, betonte Quiroga."),
    ("bank", "en", "Sanvara's central bank lifted its main rate to 3.5 per cent from 3 per cent."),
    ("bank", "es", "Es la primera subida en cuatro años."),
    ("bank", "de", "Die meisten Ökonomen hatten keine Änderung erwartet."),
    ("bank", "fr", "La couronne a progressé face à l'euro mais reculé face au dollar."),
    ("bank", "pt", "O ministério das Finanças, que tinha pedido ao banco que esperasse, não quis comentar."),
]  # fmt: skip
FRESH_BAD: list[tuple[str, str, str, str]] = [
    ("ivory", "en", "Customs officers in Dolsk seized 4.2 tonnes of ivory on Sunday.", "number"),
    ("ivory", "en", "Three sailors were arrested.", "number of people"),
    ("ivory", "es", "La carga procedía de Belin y se dirigía a Kisora.", "places exchanged"),
    ("ivory", "en", "Orsa Lines said it had known of the ivory.", "negation"),
    ("ivory", "de", "Die Preise sind in zwei Jahren um ein Fünftel gestiegen.", "direction"),
    ("sequia", "es", "El embalse de Valdoro está al 43 % de su capacidad.", "old figure"),
    ("sequia", "en", "Mayor Irene Salas announced water cuts in fifteen neighbourhoods.", "number"),
    ("sequia", "en", "Farmers accept the restrictions.", "opposite"),
    ("sequia", "es", "El ministro Tomás Leiva visitará la comarca la próxima semana.", "modality"),
    ("sequia", "fr", "Tomás Leiva a averti qu'il faudrait apporter de l'eau par camions.", "who speaks"),
    ("usine", "fr", "L'usine de Lessay supprimera 1 100 postes d'ici juin.", "number"),
    ("usine", "en", "Management blames falling demand in France.", "place"),
    ("usine", "en", "Production will be moved to Kovar.", "attribution and modality"),
    ("usine", "es", "El prefecto Luc Amiel anunció el cierre de la fábrica.", "denial dropped"),
    ("usine", "de", "Das Werk in Lessay wurde 2012 eröffnet.", "year"),
    ("zug", "de", "Bei Harsefeld ist am Montagabend ein Personenzug entgleist.", "freight train"),
    ("zug", "en", "Several people were injured in the derailment near Harsefeld.", "negation"),
    ("zug", "en", "Finance minister Jan Petersen called for more money for maintenance.", "who speaks"),
    ("zug", "es", "Los daños ascienden como máximo a 3,5 millones de euros.", "quantity word"),
    ("zug", "fr", "La ligne entre Rhenau et Kelheim est fermée jusqu'à mercredi.", "weekday"),
    ("eleicao", "pt", "Paulo Pires venceu a primeira volta com 41,3 % dos votos.", "name"),
    ("eleicao", "en", "Turnout was higher than in 2021.", "direction"),
    ("eleicao", "en", "The runoff will be held on 29 October.", "date"),
    ("eleicao", "es", "Los observadores de la Unión Europea hallaron irregularidades graves.", "negation"),
    ("eleicao", "fr", "Moura a accusé la télévision publique de favoriser son adversaire.", "who speaks"),
    ("talks", "en", "Kovar and Tervo resumed talks on the Amber river dam in June.", "plan as fact"),
    ("talks", "en", "Oskar Lind offered a payment before the dam is inspected.", "opposite"),
    ("talks", "es", "Adela Marek declaró en Belin que la oferta vencería a finales de mes.", "place"),
    ("talks", "de", "Die letzte Runde scheiterte im November nach mehr als einer Stunde.", "quantity word"),
    ("talks", "fr", "La ministre de Tervo, Adela Marek, a lancé un avertissement lundi.", "country of office"),
    ("hospital", "es", "En 2024 el hospital de Pradal atendió a 12.600 pacientes, casi la mitad que el año anterior.", "quantity"),
    ("hospital", "en", "The hospital in Pradal lacks 45 doctors.", "thing counted"),
    ("hospital", "en", "Julia Peral hired 20 nurses before the summer.", "promise as fact"),
    ("hospital", "fr", "L'hôpital fermera ses urgences, a insisté Mme Quiroga.", "negation"),
    ("hospital", "de", "Marta Quiroga versprach im Dezember, 20 Pflegekräfte einzustellen.", "who speaks"),
    ("bank", "en", "The central bank of Sanvara cut its main rate to 3.5 per cent.", "direction"),
    ("bank", "es", "Es la primera subida en catorce años.", "number"),
    ("bank", "en", "Higher rates forced food prices up, governor Ilse Brandt said.", "cause and effect"),
    ("bank", "fr", "La couronne a reculé face à l'euro mais progressé face au dollar.", "exchanged"),
    ("bank", "pt", "O ministério das Finanças pediu ao banco que subisse a taxa.", "opposite"),
]  # fmt: skip

# Likewise, after the rules had been mended on those: run once, for the figures in scripts/LOG.md.
FINAL_PASSAGES: dict[str, tuple[str, str, str]] = {
    "bridge": (
        "en", "2025-07-22",
        "Tervo's parliament will vote on 3 September on a bill to toll the Garrick bridge, transport minister Paula Venn said on "
        "Monday. Lorries would pay 12 crowns, cars four. The bridge carries 30,000 vehicles a day, a third more than a decade ago. "
        "Hauliers threatened to block it. The opposition leader, Karel Holub, accused Venn of breaking a promise she made in 2023. "
        "The minister insisted that buses would not be charged.",
    ),
    "vacuna": (
        "es", "2025-02-03",
        "Kisora recibió el domingo 250.000 dosis de la vacuna contra el cólera, menos de la mitad de las que había pedido. El brote "
        "ha causado 61 muertes desde noviembre, según la doctora Amara Deng, que dirige la campaña. «No podemos esperar otro barco», "
        "dijo Deng. Las dosis llegaron desde Rhenau. El Gobierno negó que hubiera retrasado la compra. La campaña empezará el jueves "
        "en los barrios del puerto.",
    ),
    "theatre": (
        "fr", "2025-12-09",
        "Le théâtre municipal de Marlonne rouvrira en mars 2026, deux ans après l'incendie qui avait détruit sa scène. Les travaux "
        "ont coûté 9 millions d'euros, contre 6 prévus au départ. La metteuse en scène Lise Aubrac dirigera la première saison. "
        "« Nous n'avons renoncé à rien », assure-t-elle. L'architecte, Jonas Peel, reproche à la mairie d'avoir ignoré ses "
        "avertissements. La mairie n'a pas répondu.",
    ),
    "miete": (
        "de", "2025-06-17",
        "Die Mieten in Kelheim sind im vergangenen Jahr um 7 Prozent gestiegen, stärker als in jeder anderen Stadt des Landes. "
        "Oberbürgermeisterin Sofie Kranz kündigte am Dienstag an, 800 Wohnungen zu bauen. Der Mieterbund hält das für zu wenig. "
        "Nach Angaben der Stadt stehen höchstens 150 Wohnungen leer. Der Investor Rolf Hagen kaufte im Mai zwölf Häuser in der "
        "Altstadt, weil dort Studenten fehlen.",
    ),
}  # fmt: skip
FINAL_GOOD: list[tuple[str, str, str]] = [
    ("bridge", "en", "Parliament in Tervo is to vote on a toll for the Garrick bridge on 3 September, according to Paula Venn."),
    ("bridge", "en", "Under the bill, lorries would pay 12 crowns and cars four."),
    ("bridge", "es", "El puente Garrick soporta 30.000 vehículos al día, un tercio más que hace una década."),
    ("bridge", "de", "Oppositionsführer Karel Holub warf Venn vor, ein Versprechen von 2023 gebrochen zu haben."),
    ("bridge", "fr", "La ministre a insisté sur le fait que les bus ne paieraient pas."),
    ("vacuna", "es", "El domingo llegaron a Kisora 250.000 dosis de la vacuna contra el cólera."),
    ("vacuna", "en", "The outbreak has killed 61 people since November, according to Dr Amara Deng."),
    ("vacuna", "en", "The government denied having delayed the purchase."),
    ("vacuna", "pt", "A campanha começará na quinta-feira nos bairros do porto."),
    ("vacuna", "de", "Kisora erhielt weniger als die Hälfte der bestellten Dosen."),
    ("theatre", "fr", "Le théâtre de Marlonne doit rouvrir en mars 2026."),
    ("theatre", "en", "The works cost 9 million euros instead of the 6 million planned."),
    ("theatre", "en", "Lise Aubrac will direct the first season."),
    ("theatre", "es", "El arquitecto, Jonas Peel, reprocha al ayuntamiento que ignorara sus advertencias."),
    ("theatre", "pt", "A câmara municipal não respondeu."),
    ("miete", "de", "In Kelheim stiegen die Mieten im vergangenen Jahr um sieben Prozent."),
    ("miete", "en", "Mayor Sofie Kranz announced on Tuesday that 800 flats would be built."),
    ("miete", "en", "The tenants' association considers this too little."),
    ("miete", "fr", "Selon la ville, 150 logements au plus sont vides."),
    ("miete", "es", "El inversor Rolf Hagen compró en mayo doce casas en el casco antiguo."),
]  # fmt: skip
FINAL_BAD: list[tuple[str, str, str, str]] = [
    ("bridge", "en", "Tervo's parliament voted for a toll on the Garrick bridge.", "plan as fact"),
    ("bridge", "en", "Cars would pay 12 crowns.", "whose number"),
    ("bridge", "es", "El puente Garrick soporta 30.000 vehículos al día, un tercio menos que hace una década.", "direction"),
    ("bridge", "de", "Paula Venn warf Karel Holub vor, ein Versprechen gebrochen zu haben.", "who accuses"),
    ("bridge", "fr", "La ministre a insisté sur le fait que les bus paieraient.", "negation"),
    ("vacuna", "es", "Kisora recibió el domingo más de la mitad de las dosis que había pedido.", "quantity word"),
    ("vacuna", "en", "The outbreak has killed 61 people since December.", "month"),
    ("vacuna", "en", "The government had delayed the purchase.", "denial dropped"),
    ("vacuna", "pt", "A campanha começou na quinta-feira nos bairros do porto.", "plan as fact"),
    ("vacuna", "de", "Die Dosen wurden von Kisora nach Rhenau gebracht.", "places exchanged"),
    ("theatre", "fr", "Le théâtre de Marlonne a rouvert en mars 2026.", "plan as fact"),
    ("theatre", "en", "The works cost 6 million euros.", "planned figure"),
    ("theatre", "en", "Jonas Peel will direct the first season.", "name"),
    ("theatre", "es", "El ayuntamiento reprocha al arquitecto que ignorara sus advertencias.", "roles exchanged"),
    ("theatre", "pt", "O teatro foi destruído por uma inundação.", "cause"),
    ("miete", "de", "Die Mieten in Kelheim sind im vergangenen Jahr um 7 Prozent gesunken.", "direction"),
    ("miete", "en", "Mayor Sofie Kranz announced that 800 flats had been built.", "plan as fact"),
    ("miete", "en", "According to the city, at least 150 flats are empty.", "quantity word"),
    ("miete", "fr", "Le maire Rolf Hagen a annoncé la construction de logements.", "name"),
    ("miete", "es", "Rolf Hagen vendió en mayo doce casas en el casco antiguo.", "opposite"),
]  # fmt: skip
