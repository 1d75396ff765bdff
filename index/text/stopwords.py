"""Words that say nothing about the subject, by language: data."""

from __future__ import annotations

# Words that say nothing about the subject, folded; the question words of each language are among them.
STOP: dict[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": (
            "a about after against all also am an and any are as at be because been before being between but by can could did "
            "do does during each few for from further had has have having he her here hers him his how i if in into is it its "
            "just me more most my no nor not of off on once only or other our out over own s same she should so some such t "
            "than that the their them then there these they this those through to too under until up very was we were what "
            "when where which while who whom whose why will with would you your"
        ),
        "es": (
            "a al algo algun alguna algunos ante antes aquel aquella asi aun aunque bajo bien cada como con contra cual "
            "cuales cuando cuanta cuantas cuanto cuantos cuya cuyo de del desde donde dos durante e el ella ellas ellos en "
            "entre era eran es esa esas ese eso esos esta estaba estan estas este esto estos fue fueron ha han hasta hay hizo "
            "la las le les lo los mas me mi mientras muy ni no nos o os otra otro otros para pero por porque que quien "
            "quienes se segun ser si sin sobre son su sus tambien tan tanto te tiene todo todos tras tu un una uno unos y ya "
            "yo"
        ),
        "fr": (
            "a afin ai alors apres au aucun aussi autre autres aux avant avec avoir c ce cela celle celui ces cet cette ceux "
            "chez comme comment contre d dans de depuis des deux dont du elle elles en encore entre est et etaient etait ete "
            "etre eu fait il ils j je l la le les leur leurs lors lui m ma mais me meme mes moi mon n ne ni nos notre nous on "
            "ont ou par pas pendant peu plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se selon "
            "sera ses si son sont sous sur t ta tant te toi ton tous tout toute toutes tres tu un une vers vos votre vous y"
        ),
        "de": (
            "ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da damit "
            "dann das dass dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine "
            "einem einen einer eines er es etwas fur gegen gegenuber hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem "
            "ihren ihrer im in ins ist jede jedem jeden jeder kann kein keine konnen konnte man mehr mit nach nicht nichts "
            "noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so solche soll sollte sowie "
            "uber um und uns unter vom von vor war waren warum was wegen weil welche welchem welchen welcher welches wenn wer "
            "werde werden wie wieder wir wird wo wurde wurden zu zum zur zwischen"
        ),
        "pt": (
            "a ao aos apos aquela aquele aquilo as ate com como contra cuja cujo da das de dela dele deles depois desde do "
            "dos durante e ela elas ele eles em entre era eram essa essas esse esses esta estao estas estava este estes eu "
            "foi foram ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas nem no nos nossa nosso num numa o "
            "onde os ou para pela pelas pelo pelos perante por porque quais qual quando quanto quantos que quem sao se "
            "segundo sem ser seu seus sim so sob sobre sua suas tambem te tem tendo ter teu tudo um uma voce"
        ),
        "it": (
            "a ad agli ai al alla alle allo anche c che chi ci come con contro cui d da dagli dai dal dalla dalle dallo degli "
            "dei del della delle dello di dopo dove due durante e ed era erano essere fra fu gli ha hanno i il in io l la le "
            "lei li lo loro lui ma mentre mi mio ne nei nel nella nelle nello no noi non nostro o ogni per perche piu poi "
            "prima pro quale quali quando quanti quanto quella quelle quelli quello questa queste questi questo se secondo "
            "sei si sia solo sono sopra sotto sta su sua sue sugli sui sul sulla sulle suo suoi te tra tu tutti tutto un una "
            "uno vi voi"
        ),
        "nl": (
            "aan al alle als bij dan dat de der deze die dit doch doen door dus een eens en er had heb hebben heeft hem het "
            "hier hij hoe hoeveel hun ik in is ja je kan kon kunnen maar me meer men met mij mijn na naar niet nog nu of om "
            "omdat onder ons ook op over reeds sinds te tegen tijdens toch toen tot tussen u uit van veel voor waar waarom "
            "wanneer waren was wat welk welke werd werden wie wij wil worden wordt ze zei zich zij zijn zo zonder zou"
        ),
        "sv": (
            "alla allt an att av blev bli blir da dar de dem den denna deras dess dessa det detta dig din dina du efter ej "
            "eller en er ett for fran ha hade han hans har hen henne hennes hon honom hos hur i icke in inom inte jag ju kan "
            "kunde man med mellan men mig min mina mot mycket nagon nagot nar ni nu och om oss over pa sa sadan sedan sig sin "
            "sina sitt ska skulle som till under upp ut utan vad var vara varfor vart vem vi vid vilka vilken vilket vore"
        ),
        "no": (
            "alle at av ble bli blir da de deg dem den denne der deres det dette din disse du eller en er et etter for fordi "
            "fra ha hadde han hans har hun hva hvem hvilke hvilken hvor hvorfor i ikke ingen inn jeg kan med mellom men mot "
            "nar ned noe noen og om oss over pa sa seg selv sin sine skal skulle som til under ut var vart ved vi vil ville"
        ),
        "da": (
            "af alle at blev bliver da de den denne der deres det dette dig din disse du efter eller en er et for fordi fra "
            "ham han hans har havde hun hvad hvem hvilke hvilken hvor hvorfor hvornar i ikke jeg kan man med mellem men mod "
            "nar ned noget nogle nu og om op os over pa sa selv sig sin skal som til ud under var ved vi vil ville"
        ),
        "fi": (
            "ei eivat ennen etta ettei han hanen ilman ja jo joka jos jotka jotta kanssa kuin kuinka kuka kun kuten me mika "
            "mikali milloin minka missa mista mita mutta myos ne niiden niin nyt oli olivat olla on ovat paljon se seka sen "
            "sina sita taas tai tama taman tata te vai varten voi"
        ),
        "pl": (
            "a aby albo ale az bardzo bez bo by byc byl byla bylo byly co czy dla dlaczego do gdy gdzie i ich ile im innych "
            "ja jak jaka jaki jakie jako je jego jej jest jeszcze juz kiedy kto ktora ktore ktorego ktory ktorych ktorym "
            "ktorzy lub ma maja mi miedzy na nad nie niz o od on ona oni oraz po pod podczas poniewaz przed przez przy sa sie "
            "sobie sposrod swoj ta tak takze tam te tego tej ten to tu tych tylko tym u w we wedlug wraz z za ze zostal"
        ),
        "cs": (
            "a aby ale ani az bez bude by byl byla bylo byly co do i ja jak jako je jeho jej jeji jejich jen jeste ji jiz "
            "jsem jsou k kde kdo kdy kdyz ktera ktere kteri ktery ma mezi mi na nad nebo nez o od on ona pak po pod podle "
            "pokud pred pri pro proc proti s se si sve ta tak take tato te ten tento to tom tu ty u uz v ve vsak z za ze"
        ),
        "ro": (
            "a acea aceasta acest acesta aceste acestei acestui ai al ale am ar are as asa au ca cand care cat ce cei cel "
            "cele cu cum da dar de decat deci despre din dintre doar dupa ei el ele era este eu fi fie fost in inainte intre "
            "la le lor lui mai ne ni nici nu o or pe pentru prin printre sa sale sau se si sub sunt te un una unde unei unor "
            "unui va vor"
        ),
        "hu": (
            "a abban ahhoz ahogy aki akik amely amelyek ami ani az azon azt azzal be csak de e ebben egy egyik el es ez ezek "
            "ezt fel ha hanem hogy hol igen is itt ki kik kinek kozott le lenne lett mar meg mely mert mi miert mig mikor "
            "milyen mint mit mivel most nagyon ne nem nincs o ok oket olyan ott s sem szamara szerint tobb utan vagy van "
            "vannak volt voltak"
        ),
        "tr": (
            "acaba ama ancak artik asla bana bazi ben beri bile bir biraz biz bu buna bunu bunun cok cunku da daha de degil "
            "diye eger en gibi gore hangi hem hep her hic icin ile ise itibaren kac kadar karsi ki kim kime kimin mi mu nasil "
            "ne neden nerede niye o olan olarak oldu olduğu onlar onu onun sadece sey siz sonra su tarafindan uzere var ve "
            "veya ya yani yok zaman"
        ),
        "id": (
            "ada adalah agar akan antara apa apakah atas atau bagaimana bagi bahwa banyak beberapa belum berapa bisa dalam "
            "dan dapat dari dengan di dia hanya hari harus ia ini itu jika juga kami kapan karena ke kepada ketika kita lagi "
            "lebih maka mana masih mengapa menjadi mereka namun oleh pada para pernah saat saja sangat saya sebagai sebelum "
            "sebuah secara sedang sejak selama sementara seorang seperti serta setelah siapa sudah tahun tapi telah tentang "
            "terhadap tersebut tetapi tidak untuk yaitu yang"
        ),
        "vi": (
            "ai anh ba bao bi boi ca cac cach cai can chi cho chua co con cua cung da dang de den di do du duoc duoi gi giua "
            "hay hoac hon khi khong la lai lam len luc ma mot nao nay neu ngay nguoi nhieu nhu nhung noi o qua ra rang rat "
            "sau se tai the theo thi trong truoc tu va van vao ve vi voi"
        ),
        "el": (
            "αν απο αυτα αυτες αυτη αυτο αυτοι αυτος αυτου για γιατι δε δεν εαν ειναι ειχε εκει ενα ενας επι εχει εχουν η "
            "ηταν θα και κατα με μετα μη μην μια ο οι ομως οπου οπως οσο οτι ποια ποιο ποιοι ποιος ποσα ποσο ποτε που προς "
            "πως σαν σε στα στη στην στις στο στον στους τα τη την της τι τις το τοι τον του τους των ως"
        ),
        "ru": (
            "а без более был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее ей если "
            "есть еще же за здесь и из или им их к как какая какие каких какой ко когда которая которое которые который кто "
            "ли либо между меня мне много может мы на над надо наш не него нее нет ни них но ну о об однако он она они оно от "
            "по под почему при про с сам свое своих свой свою себя сколько со так также такой там те тем то того тоже той "
            "только том ты у уже хотя чего чей чем что чтобы эта эти это этого этой этом этот я"
        ),
        "uk": (
            "а або але б без був була були було бути в вже ви вона вони воно все всі від він де для до з за зі й його кого "
            "коли кому котрий ли ми між на над не немає ну ні о об один однак ось по при про проти під після свій себе "
            "скільки та так також там те тих то того тоді той тому у усі хто це цей цих цього цьому чи чим чому що щоб як яка "
            "який яких якою якщо які є і із інших їх її"
        ),
        "bg": (
            "а ако без беше би бил били бъде в вече все във г да до е един за защо и из или им има как какво като кога което "
            "които кой която към ли между ми на над не него нея но обаче от по под през при с са само се след според ст става "
            "също т така то това този той тя у че ще я"
        ),
        "sr": (
            "а али без би била били био бити већ да до док за због и из између или када како као ко кога код која које који "
            "кроз на над не него ни о од он она они по под после пре при са само се си су та тако то у уз шта што је јер још"
        ),
        "ar": (
            "ا اذا الا التي الذي الذين الى ام اما ان انه انها او اي ايضا اين بان بعد بعض به بها بين تحت تم ثم جدا حتي حول حيث "
            "خلال دون ذلك سوف عام علي عليه عليها عما عن عند عنه غير فان في فيه فيها قال قبل قد كان كانت كل كم كما كيف لا لان "
            "لدي لقد لكن لم لماذا لن له لها ليس ما ماذا متي مثل مع من منذ منه منها نحو هذا هذه هل هم هنا هو هي و وفي وقد ولا "
            "وما ومن وهو وهي يكون"
        ),
        "fa": (
            "از است اما ان اند او اي اين اگر با بايد بر براي به بود بين تا تر جهت حتي خواهد خود در دو را زير سپس شد شده شود "
            "طي كجا كدام كرد كرده كسي كند كه كي ما مي ميان نه نيز نيست هاي هر هم همان همه هيچ و وي يا يك يكي پس پيش چرا چند "
            "چه چون چيست"
        ),
        "he": (
            "אבל או אולי אותה אותו אחר אחרי אחת איך אין איפה אך אל אם אנחנו אני אף את אתה ב בין בכל בלי גם ד ה הוא היא היה "
            "היו היתה הם הן ו זאת זה זו יש כ כאשר כבר כי כך כל כמה כמו כן ל לא לאחר לה להיות להם לו לפי לפיכך לפני לתוך מ "
            "מאוד מאז מה מול מי מתוך מתי נגד ע עד עוד על עם של שלא שלה שלהם שלו תחת"
        ),
        "hi": (
            "अपना अपनी अपने अब आदि इन इस इसका इसकी इसके इसे उन उनका उनकी उनके उस उसका उसकी उसके एक एवं और कब कर करता करते "
            "करना करने कहा कहां का काफी कि कितने किया किस किसने किसी की कुछ के को कोई कौन क्या क्यों गई गए गया जब जहां जा जिस "
            "जो तक तथा तब तो था थी थे दिया दो द्वारा न नहीं ने पर पहले फिर बहुत बाद भी में यदि यह यहां या ये रहा रही रहे लिए "
            "लेकिन वह वहां वाले वे सकता सकते सबसे सभी साथ से हम ही हुआ हुई हुए है हैं हो होता होती होते होना"
        ),
    }.items()
}
STOP |= {"nb": STOP["no"], "nn": STOP["no"]}
