"""Pure: offices and professions, by which a text means somebody it has named: "the minister", "la mandataria"."""

from __future__ import annotations

from index.text.person_names import WORD

FILLERS = frozenset(
    "the his her their former then current new own also del los las una como sus die der das dem den les une".split()
)
OFFICES = frozenset(
    """minister president senator secretary leader chancellor spokesman spokeswoman spokesperson director mayor governor
    candidate lawmaker congressman congresswoman representative ambassador premier pope pontiff king queen prince princess
    chairman chairwoman chief commissioner general attorney judge justice lawyer professor economist analyst author actor
    actress singer player coach owner founder executive officer republican democrat businessman businesswoman mogul
    billionaire nominee frontrunner speaker dictator diplomat envoy scientist doctor researcher expert strategist adviser
    advisor manager commander historian ministro ministra presidente presidenta senador senadora secretario secretaria líder
    canciller portavoz directora alcalde alcaldesa gobernador gobernadora candidato candidata diputado diputada embajador
    embajadora papa pontífice rey reina príncipe comisario fiscal juez jueza abogado abogada profesor profesora economista
    analista autor autora actriz cantante jugador jugadora entrenador dueño fundador fundadora empresario empresaria
    mandatario mandataria dirigente titular jefe jefa consejero consejera vicepresidente vicepresidenta exministro
    expresidente periodista comentarista científico científica médico médica experto experta investigador investigadora
    dictador diplomático político política legislador legisladora ministre président présidente député députée sénateur
    sénatrice préfet préfète maire porte-parole directeur directrice ambassadeur ambassadrice juge général governador
    governadora deputado deputada prefeito prefeita treinador delegado juiz juíza porta-voz ministerin präsident präsidentin
    kanzler kanzlerin bundeskanzler bürgermeister bürgermeisterin sprecher sprecherin trainer richter richterin
    außenminister außenministerin finanzminister finanzministerin sindaco allenatore portavoce generale giudice ministri
    ricercatrice precandidato precandidata presidenciable aspirante funcionario funcionaria vocero vocera magistrado
    magistrada rector rectora edil concejal concejala regidor regidora arzobispo obispo cardenal sacerdote comandante
    coronel capitán sargento activista conductor conductora docente catedrático catedrática sociólogo socióloga politólogo
    politóloga historiador historiadora psicólogo psicóloga psiquiatra epidemiólogo epidemióloga virólogo viróloga biólogo
    bióloga especialista técnico estratega timonel delantero portero boxeador boxeadora piloto tenista futbolista atleta
    artista músico escritor escritora novelista poeta filósofo filósofa cineasta realizador realizadora productor productora
    guionista emprendedor emprendedora secretario-general presentador presentadora eurodiputado eurodiputada parlamentario
    parlamentaria chercheur chercheuse avocat avocate entraîneur écrivain historien historienne sociologue pesquisador
    pesquisadora advogado advogada vereador vereadora ricercatore avvocato avvocata scrittore scrittrice senatore senatrice
    deputato deputata vescovo procuratore министр президент премьер мэр губернатор директор тренер депутат посол глава
    представитель судья""".split()
)  # fmt: skip
SAME_OFFICE = {
    word: line.split()[0]
    for line in """presidente presidenta mandatario mandataria
ministro ministra
senador senadora
diputado diputada
gobernador gobernadora
alcalde alcaldesa
embajador embajadora
director directora
secretario secretaria
entrenador entrenadora técnico estratega timonel
papa pontífice
juez jueza magistrado magistrada
pope pontiff
actor actriz
jefe jefa
profesor profesora docente
médico médica doctor
portavoz vocero vocera
abogado abogada
candidato candidata
président présidente
governador governadora
deputado deputada
prefeito prefeita
kanzler bundeskanzler kanzlerin bundeskanzlerin
präsident präsidentin
sprecher sprecherin""".splitlines()
    for word in line.split()
}
HEADS = {  # descriptions of an office without its name
    frozenset(words.split()): frozenset(office.split())
    for words, office in (
        ("jefe ejecutivo", "presidente"), ("jefe estado", "presidente"), ("jefa estado", "presidente"),
        ("chef état", "président"),
        ("chef gouvernement", "premier ministre"), ("cheffe gouvernement", "premier ministre"), ("capo stato", "presidente"),
    )
}  # fmt: skip
KIN = frozenset("esposa esposo madre padre hermano hermana viuda mujer marido familia abogado abogada amigo amiga".split())
DOMAINS = frozenset(
    """defensa exteriores interior hacienda justicia economía sanidad salud educación trabajo cultura gobernación energía
    transporte turismo ambiente agricultura industria seguridad comercio relaciones fazenda saúde educação defesa justiça
    economia interno esteri difesa giustizia salute intérieur défense santé justice économie culture""".split()
)
OF = frozenset("de del do da di du des dell' dell’ d' d’ la".split())


def is_office_of(before: str) -> bool:
    """Whether the words before a name are an office and "of": "el ministro de", "presidente del"."""
    words = before.lower().split()
    return len(words) > 1 and words[-1] in OF and any(word in OFFICES for word in words[-4:-1])


def describes(words: frozenset[str], role: frozenset[str]) -> bool:
    """Whether each word is one of the role's, or the end of one: "Ministerin" of "Finanzministerin"."""
    return words <= role or all(any(of == word or (len(word) > 7 and of.endswith(word)) for of in role) for word in words)


def role_words(phrase: str) -> frozenset[str]:
    """The words of a description that tell whom it means: offices, and what follows "of". Empty without an office."""
    words = frozenset(word for word in WORD.findall(phrase.lower()) if len(word) > 2 and word not in FILLERS)
    if not words & OFFICES and words not in HEADS:
        return frozenset()
    return HEADS.get(words) or frozenset(SAME_OFFICE.get(word, word) for word in words)
