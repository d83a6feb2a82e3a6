"""Words that tell a story but no topic: they say little about what is asked for, whether the directory has them or not.

A query is mostly such words when a family tells what happened. Written from everyday speech, not from the catalog;
left out on purpose are words that are a topic here (sleep, eat, hit, pay, sick, father, sister). Stems are compared,
so one form of a regular word is enough.
"""

from __future__ import annotations

from search.index.documents import LANGUAGES
from search.index.stop_words import ASKING
from search.index.whoosh_index import analyse
from search.query.spelling import dictionary

_ORDINARY = {
    "en": (
        "able absolutely accept accord across act actual actually add advice afraid afternoon again against age"
        " ago agree ahead allow allowed almost alone along already also although always amazing amount answer"
        " anymore anyway anywhere apart appear apply appreciate area arrive asap ask awful away back bad badly"
        " barely based basic basically became because become becoming before began begin behind believe besides"
        " best better between big bit both boy boys break bring broke brought bunch busy buy call called came car"
        " careful carry case catch caught cause certain chance change cheap cheaper check child children choice"
        " choose clear close closest come common complete completely concern consider constantly continue correct"
        " couple course crazy current currently daily daughter day days deal dear decide decided decision deep"
        " definitely deserve despite detail details different difficult directly discover doesn't done down due"
        " during each earlier early easily easy either email end ended enough entire especially even evening event"
        " eventually everybody everyone everything everywhere exact exactly example except exist expect expensive"
        " experience explain extra extremely face fact fall falls family families far fast feel feels fell felt"
        " few figure figured final finally fine finish first five fix follow following force forget forgot form"
        " forward found four free frequently full fully further future general generally girl girls given giving"
        " glad gone gotten great grow grown guess guy guys half hand handle happen happened happening happens"
        " happy hard hardly hate heart heavy held hello hi hold hope hoping horrible hour hours however huge"
        " hundred idea imagine immediate immediately important impossible include including increase inside"
        " instead interest interested involved issue issues join keep keeps kept kid kids kind knew know known"
        " knows lack lady large last lately later learn least leave leaving led left less letter level life likely"
        " line list listen little live lives living local locate long longer lose losing lost love low lucky main"
        " make makes making man manage mark match matter maybe mean means meant meet men mention met mind minute"
        " minutes miss missing mom moment moms month monthly months morning most mostly mother multiple myself"
        " name nearly necessary never new next nice night nine none nor normal normally nothing notice now number"
        " numbers obtain obvious obviously occur offer offers often ok okay old older once ones online onto open"
        " opinion opportunity option options order ordinary ourselves outside overall owe paper papers parent"
        " parents part particular past people per perfect perhaps person personal pick piece place places plan"
        " plans please pls plus point possible possibly prefer prepare present pretty prevent previous probably"
        " problem problems process produce proper properly provide provides provided purpose put puts putting"
        " quality question questions quick quickly quiet quite rather reach ready real realize reason reasonable"
        " receive recent recently recommend regular regularly relate remain remember remove reply report request"
        " require required rest result results return rich rid round run runs running said save saw say says"
        " second see seeing seem seen send sent serious seriously serve service services set seven several shall"
        " share short show shows side similar simple simply since single sit situation six slow small smart"
        " somehow sometimes son soon sorry sort sound source special specific spend spent staff stand start"
        " started starting starts state step steps still stop stopped stops story strange strong struggle"
        " struggling stuck stuff such suddenly suggest super suppose sure surprise switch take taken takes taking"
        " tell tells ten terrible think thinking third thought thousand three time times tiny today together told"
        " tomorrow tonight took top total totally touch tough toward town treat treated treating trouble true turn"
        " turned turning turns twice two type types understand unfair unless upset usual usually various version"
        " view wait waiting warn wasn't ways week weekend weekends weekly weeks weird welcome well went weren't"
        " whatever whenever wherever whether whole wide woman women won't wonder wondering word words work works"
        " worse worst worth wouldn't wrong yeah year years yell yes yesterday yet young younger yours yourself isn"
        " won doesn didn couldn wouldn shouldn haven hasn hadn wasn weren aren ain"
    ),
    "es": (
        "abajo abre abrir acaba acabar acabo aceptar acerca ademas adentro afuera agarra ahi ahora ahorita alla"
        " alli alto amiga amigas amigo amigos anda andan ando anoche antes aparte apenas aprende aquel aquella"
        " ares aunque ayer bajo barata baratas barato baratos bastante bien buen buena buenas bueno buenos"
        " caballero cada cae cambia cambiar cambio cantidad cara caro casi caso causa cerca chica chico chiquita"
        " chiquito cierta cierto cinco claro clase comenzar comienza completo comun conmigo conoce conocer consejo"
        " conseguir consigo contar contesta correcto cosa cosas costo creo cree cual cuales cualquier cualquiera"
        " cuatro cuenta cuesta dan dar darle dado de debajo debe deben debo decidir decir deja dejan dejar dejo"
        " demas demasiado dentro desean deseo despues detalle detras dia dias dice dicen dicho diez diferente"
        " dificil digo dije dijeron dijo directo dos duda durante echa echar ejemplo empezar empieza empezo encima"
        " encontrar encuentra encuentro ensena ensenar entender entendi entiende entiendo entonces entrar enviar"
        " error escribir escuchar espera esperar espero estaba estaban estamos estuvo exacto existe explicar facil"
        " falta familia familias favor feliz final forma fue fuera fueron fuerte funciona ganas gente gracias gran"
        " grande grandes gratis gratuita gratuito grave guste gusta gustaria haber habia habra hacen haciendo"
        " hacia hecho hija hijas hijo hijos hizo hola hora horas hoy hubo idea igual importa importante"
        " informacion ir junto juntos lado larga largo lejos lenta lento libre limpio linda lindo lista listo"
        " llama llamar llame llamo llega llegan llegar llego lleva llevan llevar llevo local luego lugar lugares"
        " mal mala malas malo malos mama mamas manda mandan mandar mandaron manera manana mayor media medio mejor"
        " mejores menor menos mes meses mejorar mientras minutos mio mia mira mirar misma mismo mismos modo"
        " momento mucha muchacha muchacho muchas muchachos mujer mujeres mundo nadie necesario necesidad nena nene"
        " nina ninas ningun ninguna ninguno nino ninos noche noches nombre nuestra nuestro nueva nuevo nuevos"
        " numero nunca ocupa ocupo ocho ocurre ofrece ofrecen oir ojala olvidar opcion orden otras otros pa pais"
        " palabra palabras parece parecer parte pasa pasado pasan pasar paso pedir peor pequena pequeno pequenos"
        " perder perdi perdio perdon permite persona personas pidio pido piden pienso piensa poca poco pocos poder"
        " podemos podria pone ponen poner pongo posible preferir pregunta preguntar primera primero probar"
        " problema problemas pronto propio proxima proximo pueda pudo puse quedamos queda quedan quedar quedarse"
        " quedo queremos quieren quise quisiera quita quitar rapido razon real realmente recibe recibir recibo"
        " recomienda regresar reciente repente resto resultado rico sabe saben saber saca sacan sacar saco sale"
        " salen salga salir salgo seguir segun segunda segundo seis semana semanas senor senora senal sentir ser"
        " seria servicio servicios siempre siento siente siete sigue simple sirve sirven sistema situacion"
        " solamente solicitar solos suelo suena suficiente suya suyo tal tampoco tarda tarde tardes temprano tener"
        " tenemos tenga tenia tercera termina terminar tiempo tipo tipos tomar toma todas todavia todos totalmente"
        " trae traer trata tratan tratar tres tuve tuvo ultima ultimo usar uso util vamos varias varios veces ven"
        " venir veo ver verdad vez vida viene vienen viejo vista vive viven vivimos vivo volver vuelve"
    ),
}


_STEMS = tuple(frozenset(analyse(_ORDINARY[language], language)) for language in LANGUAGES)


def is_ordinary(forms: tuple[str, ...]) -> bool:
    """Whether a word, given by its form in each of LANGUAGES, is an ordinary one in either."""
    return any(form in stems for form, stems in zip(forms, _STEMS, strict=True))


def is_everyday(word: str) -> bool:
    """Whether a folded word is one that people use every day in English or Spanish, for asking or telling.

    Of the words of asking and of telling, and of the commonest of a dictionary: names that are also such words
    ("can", "match", "chip") are mostly not meant.
    """
    return word in _EVERYDAY or word in dictionary()


_EVERYDAY = frozenset(word for words in (*ASKING.values(), *_ORDINARY.values()) for word in words.split())
